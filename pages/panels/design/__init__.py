"""Panels of the Trial design page: one question each."""
