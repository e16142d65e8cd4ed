"""Designs with looks at the data on the way: boundaries, spending, futility and their operating characteristics."""
