"""Whether a SAS transport file is whole: the format states no number of rows, so a cut passes unnoticed by readers.

Layout: SAS Technical Support TS-140, records of 80 bytes; after the record "OBS HEADER" come the rows one after the
other, and blanks fill up the last record. A file cut exactly between two rows and two records cannot be told from a
shorter one.
"""

import re

from ite.errors import ReadError
from ite.trial.labels import shown

_RECORD = 80
_MEMBER = re.compile(rb"HEADER RECORD\*{7}(?:MEMBER  |MEMBV8  )HEADER RECORD!{7}")
_ROWS_BEGIN = re.compile(rb"HEADER RECORD\*{7}(?:OBS     |OBSV8   )HEADER RECORD!{7}")


def check_transport(data: bytes, rows: int, row_bytes: int, name: str) -> None:
    """Refuse a transport file that was cut off inside a row, or that holds several data sets.

    Parameters
    ----------
    data, name
        The file.
    rows, row_bytes
        How many rows a reader found in it, and how long each is.

    Raises
    ------
    ReadError
        Saying which of the two it is.
    """
    members = len(_MEMBER.findall(data))
    if members > 1:
        raise ReadError(
            f"The SAS transport file {shown(name)} should hold one data set, but holds {members}; export the one "
            "with the patients on its own."
        )
    begin = _ROWS_BEGIN.search(data)
    rest = b"" if begin is None else data[begin.start() + _RECORD + rows * row_bytes :]
    if begin is None or len(data) % _RECORD or len(rest) >= _RECORD or rest.strip(b" "):
        raise ReadError(
            f"The SAS transport file {shown(name)} should end with a whole row in a whole record of {_RECORD} bytes, "
            "but does not; it was cut off or changed on the way. Export or download it again."
        )
