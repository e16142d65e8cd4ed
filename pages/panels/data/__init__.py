"""Panels of the Data page, one question each."""
