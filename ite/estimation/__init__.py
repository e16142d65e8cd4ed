"""Scores, cross-fitting, learners and shrinkage: effects and their uncertainty."""
