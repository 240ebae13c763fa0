"""What is wrong with a design: where, what, and what would be right. Knows nothing of the grammar."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

SHOWN = 60  # characters of a foreign text that a message repeats


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong; `statement` counts from 1, `line` from 1, 0 means unknown.

    field: where in the statement, or in the head of the design, as in `aim.million_nok`; empty: the whole of it.
    """

    wrong: str
    remedy: str = ""
    file: str = ""
    statement: int = 0
    line: int = 0
    field: str = ""

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, f"statement {self.statement}" if self.statement else "") if part)
        what = "; ".join(part for part in (self.wrong, self.remedy) if part)
        return f"{where}: {what}" * bool(where) + what * (not where) + f" (line {self.line})" * bool(self.line)

    def within(self, file: str, statement: int = 0, line: int = 0) -> "Fault":
        """The same fault with the places it lacks filled in."""
        return replace(self, file=self.file or file, statement=self.statement or statement, line=self.line or line)


class DesignError(ValueError):
    """A design that cannot be used; `faults` holds everything found, the attributes speak of the first.

    Raised for every unusable name, file, statement, condition or value of `model.institutions`.
    """

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)

    @property
    def file(self) -> str:
        return self.faults[0].file

    @property
    def statement(self) -> int:
        return self.faults[0].statement

    @property
    def line(self) -> int:
        return self.faults[0].line

    @property
    def wrong(self) -> str:
        return self.faults[0].wrong

    @property
    def remedy(self) -> str:
        return self.faults[0].remedy


def quoted(text: object) -> str:
    """`text` in single quotes, cut and without control characters, safe to print."""
    shown = str(text)
    return printable(f"'{shown[:SHOWN]}…'" if len(shown) > SHOWN else f"'{shown}'")


def printable(text: str) -> str:
    """`text` with everything that cannot be printed replaced by a question mark."""
    return "".join(c if c.isprintable() else "?" for c in text)


def nearest(word: object, options: Iterable[str]) -> str:
    """A remedy: the closest of `options`, or all of them when none is close.

    >>> nearest("popultion", ["population", "year"])
    "did you mean 'population'?"
    """
    listed = sorted(options)
    close = get_close_matches(str(word)[:SHOWN], listed, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    return "use one of: " + ", ".join(listed)
