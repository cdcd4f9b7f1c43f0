"""Choosing among the rows of a list, as it stands in the address. What is chosen by is a form; its fields' names are
those of the address. Choices are fixed lists or people and services of the office, never made from rows of matters.

    PARTS = Parts()                                 a list that later rooms may let be chosen by more
    PARTS.add(Part("hastegrad", field, narrow))     field(data) -> a form field; narrow(value, now) -> Q on its rows
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q

from varde.ui.seen import in_words

DUE = [("", "Alle frister"), ("over", "Over fristen"), ("snart", "Frist innen en uke")]
SOON = timedelta(days=7)


def until(typed: str, now: datetime) -> datetime:
    """What is due before this is meant by a choice of `DUE`."""
    return now if typed == "over" else now + SOON


@dataclass(frozen=True, slots=True)
class Part:
    """One more thing to choose by, from a later room."""

    name: str
    field: Callable[[Mapping[str, Any]], forms.Field]
    narrow: Callable[[Any, datetime], Q]


@dataclass(slots=True)
class Parts:
    """What later rooms let one list be chosen by."""

    rows: list[Part] = field(default_factory=list)

    def add(self, part: Part) -> None:
        """Once per part, in AppConfig.ready()."""
        if part.name not in {row.name for row in self.rows}:
            self.rows.append(part)

    def narrowed(self, chosen: Mapping[str, Any], now: datetime) -> Q:
        """What of the list is left by them."""
        wanted = Q()
        for row in self.rows:
            if chosen.get(row.name):
                wanted &= row.narrow(chosen[row.name], now)
        return wanted


class FilterForm(forms.Form):
    """Read from the address. What is wrong there is said, and chooses nothing."""

    # What says which heap of rows it is, or their order, and narrows nothing.
    heaps: tuple[str, ...] = ("vis", "sorter")
    parts = Parts()

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        for part in self.parts.rows:
            self.fields[part.name] = part.field(data)

    def choices(self, name: str, rows: Iterable[tuple[str, str]], everything: str = "Alle") -> None:
        """What can be chosen in a field, and the word for no choice."""
        found: Any = self.fields[name]
        found.choices = [("", everything), *rows]

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        data = super().clean() or self.cleaned_data
        if data.get("fra") and data.get("til") and data["til"] < data["fra"]:
            self.add_error("til", "Siste dag kommer før første dag. Velg en senere dag.")
        return data

    @property
    def chosen(self) -> dict[str, Any]:
        """What could be read, without what chooses all."""
        self.is_valid()
        return {name: self.cleaned_data[name] for name in self.fields if self.cleaned_data.get(name)}

    @property
    def said(self) -> str:
        """The choice as a query string; the same choice is always the same string."""
        pairs: list[tuple[str, str]] = []
        for name, value in self.chosen.items():
            pairs += [(name, each) for each in (sorted(value) if isinstance(value, list) else [str(value)])]
        return urlencode(pairs)

    @property
    def narrows(self) -> bool:
        """Is anything chosen beyond which heap it is?"""
        return any(name not in self.heaps for name in self.chosen)

    @property
    def told(self) -> list[tuple[str, str]]:
        """What narrows, in words: («Frist», «Over fristen»)."""
        rows = [(name, value) for name, value in self.chosen.items() if name not in self.heaps]
        return [(str(self.fields[name].label), in_words(self.fields[name], value)) for name, value in rows]
