"""How to read what comes of enlarging a trial at its look."""

SIZE = """\
At the look the trial may be enlarged, so that the second stage shows the effect seen so far with the wanted power. \
Each line is one rule: never; wherever more patients are needed, the stages combined with the weights of the plan; and \
only in the promising zone (shaded), tested as if nothing had changed.

Poor results ask for the largest second stage and promise the least. The usual practice leaves them as planned.

Who sees the new size can work out the interim estimate: keep the rule with the people who keep the data."""
POWER = """\
Each line is the probability to show the benefit at the end if the effect seen at the look is true, by the same three \
rules. The effect seen is one noisy number, so it promises more than it holds where the look comes early.

Where two lines lie on each other the rules do the same. In the promising zone the usual statistic is a little behind \
the weighted combination for the same patients, and both reach the wanted power only where the largest trial allows."""
LEVEL = """\
The level is the probability to show a benefit where there is none, over the look and the end together.

An ordinary test after an enlargement that followed the data finds too many benefits that are not there, unless only \
promising results were enlarged: there a chance finding becomes less likely to last.

The weighted combination keeps the level under any rule, also one that nobody wrote down. It counts the patients of an \
enlarged second stage for less than the others."""
