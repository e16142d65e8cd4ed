"""Panels of the Subgroups page, one question each."""
