"""What was asked for, point by point, for the second person. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from regional.releases.cells import QUARTERS
from regional.releases.pages_words import RULE_FIELDS, Fact, period, rule
from shared.codes.forms import REPORTED, form


def asked_for(kind: str, about: Any, written: str) -> list[Fact]:
    """`written`: what the one who asked wrote for it (a reason, a source)."""
    if kind == "withdrawn":
        number = about["release"]
        return [Fact("Utgivelse", f"nr. {number}", f"/statistikk/utgivelser/{number}"), Fact("Grunn", written)]
    if kind == "rule":
        return [Fact("Ny regel", rule(about))]
    if kind == "settled":
        return [Fact("Begrunnelse", written)]
    if kind == "outside":
        return _outside(about, written)
    return []


def loosened(before: Mapping[str, int], after: Mapping[str, int], names: Iterable[str]) -> list[str]:
    """What of a new rule protects less than before, as sentences. `names`: of the rule's fields."""
    return [f"{RULE_FIELDS.get(name, name)}: {before[name]} før, {after[name]} nå." for name in names]


def _outside(about: Any, written: str) -> list[Fact]:
    low, high = about["low"], about["high"]
    said = str(low) if low == high else f"minst {low}" if high is None else f"fra {low} til {high}"
    ends = about["periods"]
    periods = period(ends[0]) if len(ends) == 1 else f"{period(ends[0])} til og med {period(ends[-1])}"
    kommuner = about.get("kommuner")
    return [
        Fact("Tallet", _figure(about)),
        Fact("Periode", periods),
        Fact("Gjelder", f"{len(kommuner)} av kommunene" if kommuner else "Hele regionen"),
        Fact("Det som er sagt", said),
        Fact("Kilde", written),
    ]


def _figure(about: Mapping[str, Any]) -> str:
    if about["question"] == QUARTERS:
        return "Antall saker"
    try:
        question = form(REPORTED).question(about["question"])
        return f"{question.label}: {' eller '.join(question.answer(code).label for code in about['codes'])}"
    except ValueError:
        return str(about["question"])
