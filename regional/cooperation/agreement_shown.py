"""The agreement as its pages show it."""

from dataclasses import dataclass
from typing import Any

from regional.cooperation.agreement_queries import Version, in_order
from regional.cooperation.notice import lends
from regional.cooperation.rhythm import REPORTING
from regional.cooperation.terms import PHONES, Party, Terms, warnings
from shared.codes.cooperation import DUTIES, forms, models, source
from varde.ui.dates import short_date
from varde.ui.numbers import whole

COLORS = {"R": "success", "C": "info", "I": "neutral"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a party has to do with a task, in a word with its colour."""

    party: str
    word: str
    color: str


def shown(version: Version) -> dict[str, Any]:
    """For `_version.html`."""
    terms = version.terms
    return {
        "version": version,
        "facts": _facts(version),
        "parties": [_party(terms, party) for party in in_order(terms.parties)],
        "lends": lends(terms),
        "warnings": warnings(terms),
        "source": source(),
        **matrix(terms),
    }


def matrix(terms: Terms) -> dict[str, Any]:
    """Tasks by party, for a table."""
    parties = in_order(terms.parties)
    rows = [
        {"title": task.title, "text": task.text, "cells": [_cell(each, task.who.get(each.id, "")) for each in parties]}
        for task in terms.tasks
    ]
    return {"heads": [party.name for party in parties], "tasks": rows}


def _cell(party: Party, duty: str) -> Cell:
    return Cell(party.name, DUTIES.get(duty, ""), COLORS.get(duty, ""))


def _facts(version: Version) -> list[dict[str, str]]:
    terms = version.terms
    deadlines = ", ".join(f"{day:02}.{month:02}." for month, day in terms.settings.deadlines)
    rows = {
        "Modell": models()[terms.model].title,
        "Rettslig form": forms()[terms.form].label,
        "Vertskommune": terms.host.name if terms.host else "Ingen ennå",
        "Avtalen begynner": short_date(terms.starts_on) if terms.starts_on else "",
        "Varer til og med": short_date(terms.ends_on) if terms.ends_on else "Til den sies opp",
        "Lederteamet møtes": f"{terms.settings.meetings_per_year} ganger i året",
        "Rapport": f"{REPORTING[terms.settings.reporting]}. Frister: {deadlines}",
    }
    return [{"label": label, "value": value} for label, value in rows.items()]


def _party(terms: Terms, party: Party) -> dict[str, Any]:
    return {
        "party": party,
        "role": "Vertskommune" if party.host else "Samarbeidskommune",
        "share": terms.share(party),
        "grant": f"{whole(party.grant)} kr i året" if party.grant is not None else "",
        "phone": PHONES[party.phone],
    }
