"""Designs set against each other: strategies, their error under every truth, and what the assumptions are worth."""
