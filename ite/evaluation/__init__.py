"""Can we believe it: tests, calibration and ranking evidence."""
