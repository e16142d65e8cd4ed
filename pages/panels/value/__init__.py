"""Panels of the Value page."""
