"""The questions about who should get a treatment."""

from pages.ui.question import Question

QUESTIONS = tuple(
    Question(words, f"{__package__}.{panel}")
    for words, panel in (
        ("From this trial", "fitted"),
        ("Groups typed in", "typed"),
        ("Prevention", "prevention"),
        ("Inequality", "inequality"),
    )
)
