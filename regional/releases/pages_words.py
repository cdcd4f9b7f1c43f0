"""What a wish and a row of the ledger say to people. Pure: what stands there in, sentences out.

A row may be older than this program: what it does not say is left out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shared.codes.periods import label, parse
from shared.codes.phone_calls import PHONE
from varde.ui.numbers import whole

LEVELS = {"all": "alle svar", "groups": "grupper", "few": "få grupper", "none": "ikke vist"}
STATES = {
    "waiting": ("Under arbeid", "info"),
    "ready": ("Venter på en til", "warning"),
    "approved": ("Godkjent, blir gjort", "info"),
    "done": ("Gjort", "success"),
    "dropped": ("Forkastet", "neutral"),
    "failed": ("Ble ikke gjort", "danger"),
}
KINDS = {
    "closed": "Halvår lukket",
    "drafted": "Utkast laget",
    "release": "Tall gitt ut",
    "withdrawn": "Trukket tilbake",
    "outside": "Kjent fra andre",
    "rule": "Ny regel",
    "settled": "Tatt til etterretning",
}

RULE_FIELDS = {
    "threshold": "Minste tall som kan vises",
    "coalition": "Hvor mange kommuner som kan slå seg sammen",
    "min_contributors": "Minste antall kommuner i en tabell",
}

AREA = "Nr. {}. Den får nytt nummer når kommuner kommer til, går ut eller slås sammen."
_VERSIONS = [
    (re.compile(r"bufdir_(\d{4})"), "Registreringsskjema {}"),
    (re.compile(r"varde_(\d{4})"), "Registreringsskjema {}"),
    (re.compile(r"release_plan_(\d+)"), "Utgave {}"),
    (re.compile(r"highspy (.+)"), "HiGHS {}"),
]


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what stands there; `url` leads to what is meant."""

    label: str
    value: str
    url: str = ""


def period(text: str) -> str:
    """«1. halvår 2025»; what cannot be read stands as it is."""
    try:
        if text.startswith("start.."):
            return f"Siden start, til og med {label(parse(text.removeprefix('start..')))}"
        return label(parse(text))
    except ValueError:
        return text


def wanted(kind: str, about: Any) -> str:
    """What somebody has asked for, as a title."""
    if kind == "closed":
        return f"Lukke {period(about['period'])}" + (" uten alle kommunene" if about.get("without") else "")
    if kind == "release":
        return f"Gi ut tall for {period(about['period'])}"
    if kind == "withdrawn":
        return f"Trekke tilbake utgivelse nr. {about['release']}"
    return {
        "outside": "Føre inn et tall som er kjent fra andre",
        "rule": "Ny regel for skjerming",
        "settled": "Ta til etterretning det som ikke er trygt lenger",
    }.get(kind, kind)


def rule(content: Any) -> str:
    """The rule as a sentence."""
    others = content["coalition"]
    alone = "heller ikke av en kommune som kjenner sine egne tall"
    several = f"heller ikke av {others} kommuner som kjenner sine egne tall og slår seg sammen"
    known = alone if others == 1 else several
    return (
        f"Ingen tall under {content['threshold']} kan regnes ut av det som vises"
        + (f", {known}" if others else "")
        + f". Minst {content['min_contributors']} kommuner må være med."
    )


def title(kind: str, content: Any) -> str:
    """A row of the ledger in one line."""
    if kind in ("closed", "drafted", "release") and "period" in content:
        return f"{KINDS[kind]}: {period(content['period'])}"
    if kind == "withdrawn":
        return f"Trukket tilbake: utgivelse nr. {content['release']}"
    return KINDS.get(kind, kind)


def facts(kind: str, content: Any) -> list[Fact]:
    """What a row says, point by point; figures stand on the release's own page alone."""
    return [*_who(content), *(_SAYS[kind](content) if kind in _SAYS else [])]


def _who(content: Any) -> list[Fact]:
    found = [Fact("Bedt om av", content.get("asked_by", "")), Fact("Godkjent av", content.get("approved_by", ""))]
    return [each for each in found if each.value]


def _closed(content: Any) -> list[Fact]:
    given = {each["kommune"] for each in content["contributors"]}
    names = [each["name"] for each in content["members"] if each["id"] in given]
    found = [
        Fact("Med i halvåret", ", ".join(names) or "Ingen. Det som er sendt, blir med i neste halvår."),
        Fact("Manglet da det ble lukket", ", ".join(content["missing"]) or "Ingen"),
        Fact("Sammensetning av regionen", AREA.format(content["area"])),
        Fact("Fingeravtrykk av det frosne", _frozen(content["contributors"])),
    ]
    if content.get("population"):
        found.append(Fact("Innbyggere", whole(content["population"])))
    if content.get("late"):
        found.append(Fact("Meldt inn for sent eller rettet", "Noe fra tidligere halvår er med. Hva det er, sies ikke."))
    if content.get("waits"):
        found.append(Fact("Venter til neste halvår", "Noe. Hos hvem og hvorfor sies ikke: det kunne vist et tall."))
    return found


def _frozen(contributors: Any) -> str:
    calls = sum(each["form"] == PHONE for each in contributors)
    found = [f"{whole(len(contributors) - calls)} av det kommunene har sendt"]
    return " og ".join(found + ([f"{whole(calls)} av samtalene til vakttelefonen"] if calls else []))


def _drafted(content: Any) -> list[Fact]:
    found = [
        Fact("Tabeller", ", ".join(period(each) for each in content.get("tables", ()))),
        Fact("Hva det betyr", "Utkastet regnes som sagt fra nå, også om det forkastes. Tallene vises ikke her."),
    ]
    return [each for each in found if each.value] + _made(content)


def _made(content: Any) -> list[Fact]:
    engine = content.get("engine") or {}
    found = [
        Fact("Regel", rule(content["rule"]) if "rule" in content else ""),
        Fact("Skjema", version(content.get("form", ""))),
        Fact("Plan for tabellene", version(content.get("plan", ""))),
        Fact("Laget med", f"Varde {engine['program']}" if engine.get("program") else ""),
        Fact("Regnet ut med", version(engine.get("solver", ""))),
        Fact("Uavhengig kontroll", audit(content["audit"]) if "audit" in content else ""),
        Fact("Fingeravtrykk av bevisene", content.get("proof", "")),
        Fact("Fingeravtrykk av tallene", content.get("copy", "")),
    ]
    return [each for each in found if each.value]


def version(name: str) -> str:
    """What a version of a form, a plan or a program is called among people; any other name stands as it is."""
    for pattern, said in _VERSIONS:
        if found := pattern.fullmatch(name):
            return said.format(found[1])
    return name


def audit(content: Any) -> str:
    """What came of the independent check."""
    said = content.get("checked", {})
    result = "Bestått" if content.get("safe") is True else "Ikke bestått"
    if "cells" in said and "attackers" in said:
        tried = f"{whole(said['cells'])} tall er prøvd mot {whole(said['attackers'])} lesere"
        return f"{result}. {tried}: den som ikke vet noe fra før, og kommuner som kjenner sine egne tall."
    return result


def _release(content: Any) -> list[Fact]:
    return [*_drafted_from(content), *_made(content)]


def _drafted_from(content: Any) -> list[Fact]:
    number = content.get("drafted")
    return [Fact("Utkastet", f"rad {number}", f"/statistikk/hovedbok/{number}")] if number else []


def _withdrawn(content: Any) -> list[Fact]:
    number = content["release"]
    found = [Fact("Utgivelse", f"nr. {number}", f"/statistikk/utgivelser/{number}")]
    return found + _text(content, "reason", "Grunn") + [Fact("Hva det betyr", "Vises ikke mer, men regnes som kjent.")]


def _outside(content: Any) -> list[Fact]:
    return [
        *_text(content, "source", "Kilde"),
        Fact("Hva det betyr", "Det som er ført inn, regnes som noe alle kan vite, enten det stemmer eller ikke."),
        *([Fact("Uavhengig kontroll", audit(content["audit"]))] if "audit" in content else []),
    ]


def _rule(content: Any) -> list[Fact]:
    found = [Fact("Regel", rule(content))]
    if weaker := [RULE_FIELDS.get(name, name) for name in content.get("loosens", ())]:
        found.append(Fact("Svakere enn før", ", ".join(weaker)))
    return found + ([Fact("Uavhengig kontroll", audit(content["audit"]))] if "audit" in content else [])


def _settled(content: Any) -> list[Fact]:
    meant = "To personer har sett at noe som er gitt ut, ikke er trygt lenger. Det kan ikke tas tilbake."
    return [*_text(content, "because", "Begrunnelse"), Fact("Hva det betyr", meant)]


def _text(content: Any, name: str, said: str) -> list[Fact]:
    return [Fact(said, str(content[name]))] if content.get(name) else []


_SAYS: dict[str, Callable[[Any], list[Fact]]] = {
    "closed": _closed, "drafted": _drafted, "release": _release, "withdrawn": _withdrawn, "outside": _outside,
    "rule": _rule, "settled": _settled,
}  # fmt: skip
