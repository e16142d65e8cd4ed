"""Studies that measure error rates, coverage, accuracy and speed; their tables are in results/."""
