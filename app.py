"""Stratagem's map: the pages in their order and the frame around them."""

from pages.ui import nav

page = nav.navigation()
nav.run_in_frame(page)
