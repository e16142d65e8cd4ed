"""The next trial: its size, its looks, whom it enrols and what it may change on the way."""
