"""Trials in a full population and its subgroups that may drop a population at an interim look."""
