"""The errors a user can cause, in one voice: what went wrong, where, and how to mend it."""

from __future__ import annotations


class YishiError(Exception):
    """A mistake in the input or the call that one clear line can explain.

    `what` says what is wrong, `where` names the file, option or offset, `mend` says what to do about it.
    `str()` gives the one line that the command prints.
    """

    def __init__(self, what: str, where: str = "", mend: str = "") -> None:
        super().__init__(what, where, mend)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        line = f"{self.where}: {self.what}" if self.where else self.what
        line = f"{line} ({self.mend})" if self.mend else line
        return " ".join(line.split())


class InputError(YishiError):
    """A source that cannot be read: missing, empty, binary, too large, not in Chinese."""


class UsageError(YishiError):
    """A call that makes no sense: an unknown option value, a missing argument."""


class QueryError(YishiError):
    """A SPARQL query that does not parse or does not fit; `where` points at the place."""


class OutOfTime(YishiError):
    """A query that took longer than it was given."""


class LexiconError(YishiError):
    """A word table that breaks its form; `where` names the table and the line."""
