"""What else is said in the ledger: taken back, known from elsewhere, a new rule, and what has to be lived with."""

from collections.abc import Sequence

from django.db import transaction

from regional.releases.cells import Cell
from regional.releases.drafting import checked, named
from regional.releases.engines import Engines
from regional.releases.entering import enter, in_turn
from regional.releases.ledger import Ledger, fact_json
from regional.releases.making import History, earlier
from regional.releases.models import LedgerEntry
from regional.releases.problem import Fact, Json, Rule, World
from regional.releases.queries import world
from regional.releases.statements import Statement
from varde.access import Reader
from varde.refusal import Refused

ALREADY = "Utgivelsen er ikke der, eller den er alt trukket tilbake."
NO_FACT = "Opplysningen stemmer ikke med det som er frosset. Se over tallet, perioden og kommunene."


@transaction.atomic
def withdraw(*, release: int, reason: str, name: str, by: Reader) -> LedgerEntry:
    """A release is shown no more. What it said is still known, and counts in everything after. Raises Refused."""
    told = in_turn(by)
    if not any(one.number == release and not one.withdrawn for one in told.releases):
        raise Refused(ALREADY)
    return enter("withdrawn", {"release": release, "reason": reason[:300]}, name=name, by=by)


@transaction.atomic
def outside(*, fact: Fact, source: str, name: str, engines: Engines, by: Reader) -> tuple[LedgerEntry, Json]:
    """Something that others have published. It is entered whatever it does, and everything is audited anew.

    Returns the row and the verdict: when it is not safe somebody must be told. Raises Refused for what cannot be true.
    """
    told = in_turn(by)
    found = world(told)
    verdict = _audit(found, told, told.rule, engines, facts=[fact])
    content = fact_json(fact) | {"source": source[:200], "audit": _short(verdict)}
    return enter("outside", content, name=name, by=by), verdict


@transaction.atomic
def new_rule(*, rule: Rule, name: str, engines: Engines, by: Reader) -> tuple[LedgerEntry, Json]:
    """Another threshold or coalition from now on; what has been given out is audited by it. Raises Refused."""
    told = in_turn(by)
    if rule.threshold < 5 or rule.coalition < 0 or rule.min_contributors < 3:
        raise Refused("Terskelen kan ikke være under 5, og minst 3 kommuner må være med.")
    verdict = _audit(world(told), told, rule, engines)
    content = {
        "threshold": rule.threshold,
        "coalition": rule.coalition,
        "min_contributors": rule.min_contributors,
        "audit": _short(verdict),
    }
    return enter("rule", content, name=name, by=by), verdict


@transaction.atomic
def settle(*, names: Sequence[str], because: str, engines: Engines, by: Reader) -> LedgerEntry:
    """Two people have seen that something given out is no longer safe, and cannot be: from now on it is a known fact.

    What is settled is exactly what the audit finds, found again each time until nothing is found. Raises Refused.
    """
    told = in_turn(by)
    if len(set(names)) != 2:
        raise Refused("To personer må ta det til etterretning.")
    gone = _unsafe_cells(told, world(told), engines)
    if not gone:
        raise Refused("Kontrollen fant ikke noe som må tas til etterretning.")
    cells = [Statement(cell, None).as_json() for cell in sorted(gone)]
    return enter("settled", {"cells": cells, "because": because[:300]}, name=" og ".join(names), by=by)


def _unsafe_cells(told: Ledger, found: World, engines: Engines) -> set[Cell]:
    """Cells of findings; taking some away as targets may leave others, never make new ones."""
    history = told.history
    gone: set[Cell] = set()
    while True:
        verdict = _verdict(found, history, told.rule, engines)
        names = {each["cell"] for each in verdict.get("findings", ())}
        new = {one.cell for one in history.statements if one.cell.id in names} - history.settled
        if verdict.get("safe") is True:
            return gone
        if not new:
            raise Refused("Kontrollen ble ikke ferdig. Prøv på nytt.")
        gone |= new
        history = History(history.statements, history.facts, history.settled | new)


def _audit(found: World, told: Ledger, rule: Rule, engines: Engines, facts: Sequence[Fact] = ()) -> Json:
    history = told.history
    try:
        return _verdict(found, History(history.statements, (*history.facts, *facts), history.settled), rule, engines)
    except ValueError as error:  # what cannot be read or cannot be true; Refused is one too
        raise Refused(NO_FACT) from error


def _verdict(found: World, history: History, rule: Rule, engines: Engines) -> Json:
    problem = earlier(found, history, rule)
    if not problem["cells"]:
        return {"safe": True, "checked": {"cells": 0}, "findings": []}
    return engines.audit(problem, {"method": "suppress", "show": [], "hide": []})


def _short(verdict: Json) -> Json:
    """What the ledger keeps of a verdict: no interval, for that would tell."""
    return checked(verdict) | {"periods": named(verdict) if verdict.get("findings") else ""}
