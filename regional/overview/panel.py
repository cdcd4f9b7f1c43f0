"""What a part of the overview holds. Pure. A number cannot stand in one without where it is from and as of when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

HIDDEN = ":"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the numbers of a part are from, as of when, and what else must be known of them.

    `url` leads there, "" where the reader has no page for it.
    """

    where: str
    as_of: datetime | date
    url: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is to be seen first, or a short text; None is a number that is hidden. `color` goes with `warn`."""

    label: str
    value: int | str | None
    warn: bool = False

    @property
    def shown(self) -> str:
        """As text; a hidden one as statistics offices write it."""
        if self.value is None:
            return HIDDEN
        return f"{self.value:,}".replace(",", "\u00a0") if isinstance(self.value, int) else self.value


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; with a link when `url` is there."""

    text: str
    url: str = ""
    color: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; the first cell heads its row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars with their figures in one table (`ui/components/bars.html`): rows {label, count, share, hidden}.

    `of`: what all are counted of, and what fills the line; None: the longest does.
    """

    caption: str
    first_column: str
    rows: Sequence[Mapping[str, Any]]
    no_share: bool = False
    note: str = ""
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """Bars in parts, one a goal, as the action plan draws them, with the table under them."""

    picture: Sequence[Any]
    in_words: str
    tallies: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the overview. `silent`: why it says nothing; then no number stands in it. `broken`: it cannot be shown.

    ValueError for numbers without a source, and for numbers in a part that is silent.
    """

    code: str
    title: str
    source: Source | None = None
    figures: tuple[Figure, ...] = ()
    bars: tuple[Bars, ...] = ()
    tables: tuple[Table, ...] = ()
    parts: Parts | None = None
    notes: tuple[str, ...] = ()
    silent: str = ""
    broken: bool = False

    def __post_init__(self) -> None:
        if self.says_numbers and (self.silent or self.broken):
            raise ValueError(f"{self.code}: numbers in a part that is silent")
        if self.says_numbers and (self.source is None or not self.source.where):
            raise ValueError(f"{self.code}: a number without where it is from")

    @property
    def says_numbers(self) -> bool:
        """Does anything in it need a source?"""
        return bool(self.figures or self.bars or self.tables or self.parts)
