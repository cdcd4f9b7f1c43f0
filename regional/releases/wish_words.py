"""What was asked for, point by point, for the second person. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from regional.releases.figure_words import bounds, spoken_of
from regional.releases.pages_words import RULE_FIELDS, Fact, rule


def asked_for(kind: str, about: Any, written: str, names: Mapping[str, str]) -> list[Fact]:
    """`written`: what the one who asked wrote for it (a reason, a source). `names`: of kommuner by id."""
    if kind == "withdrawn":
        number = about["release"]
        return [Fact("Utgivelse", f"nr. {number}", f"/statistikk/utgivelser/{number}"), Fact("Grunn", written)]
    if kind == "rule":
        return [Fact("Ny regel", rule(about))]
    if kind == "settled":
        return [Fact("Begrunnelse", written)]
    if kind == "outside":
        said = Fact("Det som er sagt", bounds(about["low"], about["high"]))
        return [*spoken_of(about, about.get("kommuner"), names), said, Fact("Kilde", written)]
    return []


def loosened(before: Mapping[str, int], after: Mapping[str, int], names: Iterable[str]) -> list[str]:
    """What of a new rule protects less than before, as sentences. `names`: of the rule's fields."""
    return [f"{RULE_FIELDS.get(name, name)}: {before[name]} før, {after[name]} nå." for name in names]
