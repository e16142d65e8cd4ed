"""Who should get a treatment that is not enough for all: efficiency, equity, and what one costs the other."""
