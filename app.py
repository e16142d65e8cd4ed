"""Stratagem's map: the pages in their order and the frame around them."""

from pages.ui import jobs

jobs.service()  # before the rest is imported: the first worker loads its libraries meanwhile

from pages.ui import nav  # noqa: E402 - see above

page = nav.navigation()
nav.run_in_frame(page)
