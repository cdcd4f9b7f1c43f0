"""The safety plan as a paper to take home, in two looks. Data only: how it is drawn is `varde.documents.paper`'s."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shared.codes.emergency import emergency_numbers
from tenants.measures.safety import NEUTRAL, SECTIONS
from varde.documents.paper import Facts, Heading, Note, Paper, Piece, Text
from varde.ui.dates import long_date

_CALLS = ("112", "113", "116117", "116006")
STEMS = {NEUTRAL: "notater"}


@dataclass(frozen=True, slots=True)
class Ours:
    """What the normal look says of the team."""

    name: str
    phone: str
    hours: str


def paper(parts: Mapping[str, str], *, look: str, ours: Ours, agreed_on: date | None, made_at: datetime) -> Paper:
    """The neutral look names nobody and nothing: no office, no numbers, no word of what it is for."""
    if look == NEUTRAL:
        said = [(section.neutral, parts.get(section.code, "")) for section in SECTIONS]
        return Paper(title="Notater", office="", made_at=made_at, pieces=_pieces(said), mark="", foot="", large=True)
    return Paper(
        title="Min trygghetsplan",
        office=f"TryggEst i {ours.name}",
        made_at=made_at,
        pieces=(
            Note("Er du i fare nå? Ring 112."),
            Facts(_numbers(ours)),
            *_pieces([(section.heading, parts.get(section.code, "")) for section in SECTIONS]),
            Text(_agreed(agreed_on)),
        ),
        mark="Din egen plan",
        large=True,
    )


def stem(look: str) -> str:
    """The name of the file; the neutral one tells nothing."""
    return STEMS.get(look, "trygghetsplan")


def _pieces(said: list[tuple[str, str]]) -> tuple[Piece, ...]:
    return tuple(piece for heading, text in said if text for piece in (Heading(heading), Text(text)))


def _numbers(ours: Ours) -> tuple[tuple[str, str], ...]:
    numbers = [each for each in emergency_numbers() if each.number in _CALLS]
    calls = [(each.label, f"{each.display}: {each.when[0].lower()}{each.when[1:]}") for each in numbers]
    team = [("TryggEst-teamet", ": ".join(part for part in (ours.phone, ours.hours) if part))] if ours.phone else []
    return tuple(calls + team)


def _agreed(day: date | None) -> str:
    if day is None:
        return "Vi er ikke ferdige med å snakke om planen."
    return f"Vi ble enige om planen {long_date(day)}. Du kan endre den når du vil."
