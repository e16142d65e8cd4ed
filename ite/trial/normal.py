"""The one quantile of the normal distribution behind every 95 % interval."""

#: The 97.5 % quantile, written out so that nobody loads scipy.stats for it.
NORMAL_975 = 1.959963984540054
