"""Panels of the Effects page, one question each."""
