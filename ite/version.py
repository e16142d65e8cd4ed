"""Which release this is, and which generation of numbers it gives."""

__version__ = "0.1.0"

RESULTS_VERSION = 2
"""Goes up by one whenever the same data, settings and seed give other numbers than before."""
