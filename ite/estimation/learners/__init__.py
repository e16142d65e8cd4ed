"""Learners of conditional effects, one file each; all are cross-fitted by the same code and none of them judges."""
