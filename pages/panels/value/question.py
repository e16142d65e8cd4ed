"""The questions about what a treatment is worth."""

from pages.ui.question import Question

QUESTIONS = tuple(
    Question(words, f"{__package__}.{panel}")
    for words, panel in (
        ("Patients to treat", "patients"),
        ("Life and quality", "life"),
        ("Marker test", "marker"),
        ("Decision desk", "desk"),
        ("Cost-effectiveness", "cost"),
        ("Value of knowing more", "information"),
    )
)
