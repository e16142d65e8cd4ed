"""Results in, Altair charts out; the only package that imports altair."""
