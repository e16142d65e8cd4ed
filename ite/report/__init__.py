"""One result leaves the screen: image, table, code, slide, page."""
