"""Benefit by biomarker, forests and slices."""
