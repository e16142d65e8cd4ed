"""Errors that a user can cause; anything else that is raised is a bug."""


class IteError(Exception):
    """Something in the data or the settings stops the analysis.

    The message is one or two plain sentences: what was expected, what was found (column, rows, value) and what to do.
    Pages show it as it stands, so it never holds markup.
    """


class ReadError(IteError):
    """A file cannot be read as a table of patients."""


class RoleError(IteError):
    """The columns do not fit the roles they were given."""


class CheckError(IteError):
    """The trial was read, but a red check of the intake report blocks fitting."""


class EstimateError(IteError):
    """An effect cannot be estimated from this trial with these settings."""


class SubgroupError(IteError):
    """A subgroup, slice or cut is not defined on this trial."""


class ComputeError(IteError):
    """A computation cannot run where it was told to."""


class DesignError(IteError):
    """A design is not possible as asked; the message names the nearest value that is."""


class AllocationError(IteError):
    """A treatment cannot be allocated as asked; the message names the nearest value that is possible."""


class ValuationError(IteError):
    """Benefit cannot be counted in patients, life or money as asked; the message says what would be possible."""


class Cancelled(Exception):  # noqa: N818 - a request of the user, not an error
    """The user asked a running computation to stop."""
