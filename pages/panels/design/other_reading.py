"""How the results of other designs are read: the text, and what it assumes."""


def reading(text: str, assumptions: tuple[str, ...]) -> str:
    """Return how to read a result, with what it assumes as the last paragraph."""
    return f"{text}\n\nAssumed: {' '.join(assumptions)}"
