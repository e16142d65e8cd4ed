"""Designs with one analysis: size, power and the calendar of means, rates and event times."""
