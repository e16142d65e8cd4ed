"""The questions about who benefits, and how sure we are."""

from pages.ui.question import Question

QUESTIONS = tuple(
    Question(words, f"{__package__}.{panel}")
    for words, panel in (
        ("Who benefits", "who_benefits"),
        ("Does the ranking hold up?", "ranking"),
        ("What kind of covariates?", "covariates"),
        ("Benefit and harm", "harm"),
        ("Credibility", "credibility"),
        ("Sensitivity", "sensitivity"),
    )
)
