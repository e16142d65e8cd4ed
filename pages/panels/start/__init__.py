"""Panels of the Start page, one question each."""
