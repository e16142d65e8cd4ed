"""Other ways to design the trial: prognostic enrichment, cut-points, platforms, response-adaptive and sequences."""
