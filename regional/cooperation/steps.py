"""The guided steps: how far one has come, and what can be done next. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

type Kind = Literal["join", "leave", "end", "host"]
type Mark = Literal[
    "invited", "sent", "yes", "no", "out", "in", "region_yes", "region_out", "done", "cancelled", "version", "told",
    "taken_back",
]  # fmt: skip

KINDS: dict[Kind, str] = {
    "join": "En kommune blir med",
    "leave": "En kommune går ut",
    "end": "Avtalen avsluttes for alle",
    "host": "En annen kommune blir vert",
}
MARKS: dict[Mark, str] = {
    "invited": "Steget er begynt",
    "sent": "Vilkårene er sendt",
    "yes": "Kommunen har sagt ja",
    "no": "Kommunen har sagt nei",
    "out": "Kommunen har sagt at den går ut",
    "in": "Kommunen har trukket at den går ut",
    "region_yes": "Regionen har sagt ja",
    "region_out": "Regionen har sagt at samarbeidet med kommunen slutter",
    "version": "Ny utgave av avtalen er laget",
    "told": "Kommunene er varslet",
    "done": "Ferdig",
    "cancelled": "Avbrutt",
    "taken_back": "Regionen har trukket at samarbeidet slutter",
}
OVER: frozenset[str] = frozenset({"done", "cancelled"})

type Act = Literal["send", "region_yes", "finish", "cancel", "take_back"]
ACTS: Mapping[Act, str] = MappingProxyType(
    {
        "send": "Send vilkårene til kommunen",
        "region_yes": "Si ja for regionen",
        "finish": "Gjennomfør",
        "cancel": "Avbryt steget",
        "take_back": "Trekk det tilbake",
    }
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A line of the way: what, and whether it is behind us, now, or to come."""

    label: str
    state: Literal["done", "now", "coming"]


def may(kind: str, marks: Sequence[str], *, ahead: bool = False) -> list[Act]:
    """What the region can do now, the main thing first; nothing when the step is over. `ahead`: counts later."""
    if ahead and kind in ("leave", "end") and "done" in marks and "taken_back" not in marks:
        return ["take_back"]
    if OVER.intersection(marks):
        return []
    if kind != "join":
        return ["finish", "cancel"]
    answer = _answer(marks)
    if answer == "yes":
        return ["region_yes", "send", "cancel"]
    if "sent" in marks and answer == "":
        return ["cancel"]
    return ["send", "cancel"]


def _answer(marks: Sequence[str]) -> str:
    """What the kommune has said since the terms were sent last; "" for nothing."""
    said = ""
    for mark in marks:
        if mark in ("yes", "no", "out"):
            said = mark
        elif mark == "sent":
            said = ""
    return said


def waits_for_region(kind: str, marks: Sequence[str]) -> str:
    """What the kommune has said that the region has not done anything about, in words; "" for nothing."""
    said = _answer(marks)
    if OVER.intersection(marks) or not said:
        return ""
    return "Kommunen har trukket svaret" if (kind, said) == ("join", "out") else MARKS[said]  # type: ignore[index]


_WAYS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "join": (
            ("invited", "Begynt"),
            ("sent", "Vilkår sendt"),
            ("yes", "Kommunens ja"),
            ("region_yes", "Regionens ja"),
        ),
        "leave": (("invited", "Begynt"), ("done", "Gjennomfør")),
        "end": (("invited", "Begynt"), ("done", "Gjennomfør")),
        "host": (("invited", "Begynt"), ("done", "Gjennomfør")),
    }
)


def stages(kind: str, marks: Sequence[str]) -> list[Stage]:
    """The way of a step, with where it stands."""
    had = set(marks)
    if "sent" in had and _answer(marks) != "yes":
        had.discard("yes")
    found: list[Stage] = []
    for code, label in _WAYS[kind]:
        waits = not any(stage.state == "now" for stage in found) and not OVER.intersection(marks)
        found.append(Stage(label, "done" if code in had else "now" if waits else "coming"))
    return found


def state(marks: Sequence[str], kind: str = "join") -> tuple[str, str]:
    """Where it stands in a word, and its colour."""
    if "taken_back" in marks:
        return "Trukket tilbake", "neutral"
    if "cancelled" in marks:
        return "Avbrutt", "neutral"
    if "done" in marks:
        return "Gjennomført", "success"
    if _answer(marks) == "no":
        return "Kommunen har sagt nei", "warning"
    if _answer(marks) == "out":
        return "Kommunen har trukket svaret" if kind == "join" else MARKS["out"], "warning"
    if _answer(marks) == "yes":
        return "Venter på regionens ja", "info"
    if "sent" in marks:
        return "Venter på kommunens svar", "info"
    return "Begynt", "info"
