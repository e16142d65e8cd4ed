"""The questions about the next trial."""

from pages.ui.question import Question

QUESTIONS = tuple(
    Question(words, f"{__package__}.{panel}")
    for words, panel in (
        ("How many patients?", "size"),
        ("Looks on the way", "looks"),
        ("Adaptive enrichment", "enrichment"),
        ("Strategies", "strategies"),
        ("From this trial", "fitted"),
        ("Other designs", "other"),
    )
)
