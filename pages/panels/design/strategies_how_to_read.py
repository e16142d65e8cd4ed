"""How to read the results of strategies set side by side."""

STRATEGIES = """\
All-comers enrols everybody and makes one test. Stratified enrols everybody and tests the full population and the \
subgroup together. Enriched enrols only the subgroup. Adaptive enrichment starts with everybody and may narrow. The \
marker strategy randomises between treating by the marker and treating nobody.

All strategies meet the same simulated patients, so differences between them are surer than the figures themselves: \
their own error is in the data. Power alone is not the whole answer, since an enriched trial says nothing about the \
other patients: "mean benefit of all candidates" in the data is what they gain if those in rejected populations are \
treated then."""
NEEDS = """\
Averages over the simulated trials, early stops included, each with its Monte-Carlo standard error; without one it is \
the same in every trial. All-comers needs no marker test. An enriched trial, and a narrowed stage, tests candidates \
and sends those without the marker home.

Nothing is assumed for a rate or price that was not entered: what depends on it is a dash."""
REGRET = """\
Nobody knows the effect outside the subgroup. Each point takes one truth: that effect as a share of the effect inside. \
Regret is the benefit lost against the strategy that would have been best under that truth. A strategy whose line \
stays low is a safe choice; one that is best somewhere and bad elsewhere is a bet.

The thin bars are 95 % Monte-Carlo intervals of the difference to the best strategy, on the same simulated patients. \
The best is the one that did best in the simulation, so that a regret is too large by less than one standard error \
where several strategies are about as good: a bar that reaches zero says that this loss may be none."""
TORNADO = """\
Each bar changes one assumption, down and up by 20 % of itself, and leaves the others alone. The vertical line is the \
power as assumed. Long bars on top are the assumptions worth checking before the trial starts. A marker test is \
without error as assumed, so it can only get worse. The error of each change is in the data; it is that of a paired \
difference, since all variants meet the same simulated patients."""
