"""An agreement's terms as plain data for a column, and back. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from regional.cooperation.rhythm import DEADLINES, Reporting, Settings
from regional.cooperation.terms import Lend, Party, Task, Terms


def to_json(terms: Terms) -> dict[str, Any]:
    """Plain data that `from_json` reads again."""
    settings = terms.settings
    return {
        "title": terms.title,
        "model": terms.model,
        "form": terms.form,
        "sharing": terms.sharing,
        "starts_on": _day(terms.starts_on),
        "ends_on": _day(terms.ends_on),
        "text": terms.text,
        "parties": [_party(party) for party in terms.parties],
        "tasks": [
            {"code": t.code, "title": t.title, "text": t.text, "who": {str(k): v for k, v in t.who.items()}}
            for t in terms.tasks
        ],
        "lends": [_lend(one) for one in terms.lends],
        "settings": {
            "meetings_per_year": settings.meetings_per_year,
            "reporting": settings.reporting,
            "deadlines": [list(each) for each in settings.deadlines],
        },
    }


def from_json(data: Mapping[str, Any]) -> Terms:
    """The terms of what was stored."""
    return Terms(
        title=data["title"],
        model=data["model"],
        form=data["form"],
        sharing=data["sharing"],
        starts_on=_read_day(data["starts_on"]),
        ends_on=_read_day(data["ends_on"]),
        text=data["text"],
        parties=tuple(_read_party(row) for row in data["parties"]),
        tasks=tuple(
            Task(row["code"], row["title"], row["text"], {UUID(k): v for k, v in row["who"].items()})
            for row in data["tasks"]
        ),
        lends=tuple(_read_lend(row) for row in data["lends"]),
        settings=_read_settings(data["settings"]),
    )


def _party(party: Party) -> dict[str, Any]:
    return {
        "id": str(party.id),
        "name": party.name,
        "organisation": party.organisation,
        "number": party.number,
        "host": party.host,
        "on_platform": party.on_platform,
        "weight": party.weight,
        "phone": party.phone,
        "phone_number": party.phone_number,
        "grant": party.grant,
        "starts_on": _day(party.starts_on),
    }


def _lend(lend: Lend) -> dict[str, Any]:
    return {
        "lender": str(lend.lender),
        "borrower": str(lend.borrower) if lend.borrower else None,
        "roles": list(lend.roles),
        "starts_on": _day(lend.starts_on),
        "ends_on": _day(lend.ends_on),
    }


def _read_lend(row: Mapping[str, Any]) -> Lend:
    borrower = UUID(row["borrower"]) if row["borrower"] else None
    return Lend(
        UUID(row["lender"]), borrower, tuple(row["roles"]), _read_day(row["starts_on"]), _read_day(row["ends_on"])
    )


def _read_party(row: Mapping[str, Any]) -> Party:
    return Party(**{**row, "id": UUID(row["id"]), "starts_on": _read_day(row["starts_on"])})


def _read_settings(row: Mapping[str, Any]) -> Settings:
    reporting: Reporting = row["reporting"]
    deadlines = tuple((int(month), int(day)) for month, day in row["deadlines"])
    return Settings(int(row["meetings_per_year"]), reporting, deadlines or DEADLINES[reporting])


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
