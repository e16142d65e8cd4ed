"""How to read the results of an adaptive enrichment design."""

POWER = """\
Each bar is the share of simulated trials that reject the hypothesis of no benefit in that population, at the look or \
at the end. The figure after ± is the Monte-Carlo standard error: another seed gives a figure about that far away. The \
thin line is the 95 % interval that follows from it.

"At least one of them" is the usual power of such a trial. Under the assumptions typed here it counts true benefits \
only where every population has one: the family-wise error is in the data."""
COURSE = """\
The trial starts in everybody. At each look it may stop, go on as it is, or go on in a part of the patients. The \
percentages are shares of all trials (joint probabilities), so they add up to 100 % at each look.

A wide line is a likely way. Sizes are those planned; a trial that stops early needs fewer."""
FIGURES = """\
Every figure is simulated, and its Monte-Carlo standard error stands beside it. The family-wise error is the chance to \
reject a population in which no benefit is assumed; where every population holds patients who benefit there is none \
to measure, and a dash stands instead. The error map below measures it at every other truth.

Candidates are all who are tested for the marker until the stages are full: while everybody enrols as many as there \
are patients, and once only the subgroup enrols more, because the others are sent home. The prevalence is taken as \
typed, after the marker test.

A pinned design keeps the settings and the trials it was pinned with. The code computes this design; for the pinned \
one take the code that was shown with it. The difference to it in the sentence above has the error of two separate \
simulations; with the same seed it is usually smaller."""
SELECTION = """\
"Joint" counts among all simulated trials: the trial reaches the stage and this population is under study. \
"Conditional" counts only trials that reach the stage. Programs differ in which of the two they print under the same \
name, so compare like with like. Both stand beside their Monte-Carlo standard errors."""
ESTIMATES = """\
A population that was chosen because it looked good looks better than it is. The naive estimate pools all stages and \
carries that bias. The estimate from the final stage alone, in trials that reached it, is free of it but uses fewer \
patients. The shrunken estimate pulls the populations towards each other: less bias, and no interval.

Bias is the mean difference to the truth, the error is the root of the mean squared difference (RMSE), and coverage is \
how often a 95 % interval contains the truth. All are in the unit of the effect (for rates percentage points, for \
event times minus the log hazard ratio) and stand beside their Monte-Carlo standard errors. Only trials that studied \
the population to their end count."""
