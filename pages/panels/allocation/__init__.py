"""Panels of the Allocation page."""
