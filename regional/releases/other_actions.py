"""What else is said in the ledger: taken back, known from elsewhere, a new rule, and what has to be lived with."""

from typing import Any
from uuid import UUID

from django.db import transaction

from regional.releases import keeping, losing
from regional.releases.cells import Cell
from regional.releases.claims import MOST, SPAN, TOO_MANY, claim
from regional.releases.drafting import checked, named
from regional.releases.engines import Engines
from regional.releases.entering import enter, in_turn
from regional.releases.ledger import Ledger, cell_json, fact_json
from regional.releases.making import all_earlier
from regional.releases.models import EntryKind, KeptKind, LedgerEntry, Wish, WishState
from regional.releases.problem import Fact, Json, Rule
from regional.releases.release_actions import Stand
from regional.releases.stops import OUTSIDE, Unsettled
from regional.releases.wants import NewRule, Outside, read
from regional.releases.wish_actions import done, held, who_of
from varde.access import Reader
from varde.clock import now
from varde.refusal import Refused

ALREADY = "Utgivelsen er ikke der, eller den er alt trukket tilbake."
NOTHING = "Kontrollen fant ikke noe som må tas til etterretning."
NOT_SETTLED = f"{OUTSIDE} Regelen kan ikke endres før to personer har tatt det til etterretning."
THRESHOLD, LEAST = range(5, 21), 3
BAD_THRESHOLD = "Terskelen er et helt tall fra 5 til 20."
BAD_COALITION = "Hvor mange kommuner som kan slå seg sammen, er fra 1 til {most} i denne regionen."
BAD_LEAST = "Hvor mange kommuner som må være med, er fra 3 til {most} i denne regionen."


@transaction.atomic
def withdraw(*, wish: UUID, by: Reader) -> LedgerEntry:
    """A release is shown no more. What it said is still known, and counts in everything after. Raises Refused."""
    told = in_turn(by)
    row = held(wish, WishState.APPROVED)
    number = read(row.kind, row.about).release
    if not stands(told, number):
        raise Refused(ALREADY)
    return _enter(row, {"release": number}, by)


def stands(told: Ledger, number: int) -> bool:
    """Is there a release with this number that has not been withdrawn?"""
    return any(one.number == number and not one.withdrawn for one in told.releases)


@transaction.atomic
def outside(*, wish: UUID, by: Reader) -> LedgerEntry:
    """Something that others have published, as it is claimed. Whether it is so is asked nowhere here: the answer would
    be a figure. Nothing new is given out until two have settled it. Raises Refused for one too many."""
    told = in_turn(by)
    row = held(wish, WishState.APPROVED)
    fact = claimed(told, read(row.kind, row.about))
    if LedgerEntry.objects.filter(kind=EntryKind.OUTSIDE, at__gt=now() - SPAN).count() >= MOST:
        raise Refused(TOO_MANY)
    return _enter(row, fact_json(fact), by)


def claimed(told: Ledger, want: Outside) -> Fact:
    """The claim as a fact. Raises Refused."""
    cell = Cell(want.question, want.kind, want.codes, want.periods)  # type: ignore[arg-type]
    return claim(told, cell, want.low, want.high, want.kommuner)


@transaction.atomic
def new_rule(*, wish: UUID, seen: Stand, verdict: Json, by: Reader) -> LedgerEntry:
    """Another rule from now on; what has been given out was audited by it (`verdict`). Raises Refused and Moved."""
    told = seen.check(by)
    row = held(wish, WishState.APPROVED)
    want: NewRule = read(row.kind, row.about)
    check_rule(want, kommuner(told))
    content: Json = {**row.about, "loosens": loosens(told.rule, want), "audit": _short(verdict)}
    return _enter(row, content, by)


def check_settled(told: Ledger) -> None:
    """Raises Unsettled while a claim from outside is not settled: the audit that a new rule is entered with would
    answer whether it is so."""
    if told.unsettled:
        raise Unsettled(NOT_SETTLED)


def kommuner(told: Ledger) -> int:
    """How many were in the region in the newest closed period; the rule's bounds follow from it."""
    return len(told.closed[-1].members) if told.closed else LEAST


def check_rule(want: NewRule, number: int) -> None:
    """Raises Refused for a rule that protects nothing, or that nothing can meet."""
    if want.threshold not in THRESHOLD:
        raise Refused(BAD_THRESHOLD)
    most = max(number - 2, 1)
    if not 1 <= want.coalition <= most:
        raise Refused(BAD_COALITION.format(most=most))
    if not LEAST <= want.min_contributors <= max(number, LEAST):
        raise Refused(BAD_LEAST.format(most=max(number, LEAST)))


def loosens(before: Rule, want: NewRule) -> list[str]:
    """What protects less than before, by name; said in the row and to whoever approves."""
    now_ = {name: getattr(want, name) for name in ("threshold", "coalition", "min_contributors")}
    return [name for name, value in now_.items() if value < getattr(before, name)]


def rule_of(want: NewRule) -> Rule:
    """As problems have it."""
    return Rule(want.threshold, want.coalition, want.min_contributors)


@transaction.atomic
def settle(*, wish: UUID, seen: Stand, cells: dict[Cell, bool], by: Reader) -> LedgerEntry:
    """Two people have seen that something said is no longer safe, and cannot be: from now on it is a known fact.

    `cells`: exactly what the audit found, each with whether outsiders are still kept from it. Which they are is kept
    for the worker alone. Raises Refused and Moved.
    """
    told = seen.check(by)
    row = held(wish, WishState.APPROVED)
    if not cells and not told.unsettled:
        raise Refused(NOTHING)
    listed = [{"cell": cell_json(cell), "guarded": still} for cell, still in sorted(cells.items())]
    mark = keeping.keep(KeptKind.SETTLED, {"cells": listed, "wish": str(wish)}, wish)
    return _enter(row, {"kept": mark}, by)


def _enter(row: Wish, content: Json, by: Reader) -> LedgerEntry:
    kind: Any = row.kind
    entry = enter(kind, content | who_of(row), name=row.approved_by_name, by=by)
    done(row, by)
    return entry


def unsafe_cells(seen: Stand, engines: Engines) -> dict[Cell, bool]:
    """Cells that somebody can find out, each with whether outsiders are still kept from it. Raises Refused."""
    return losing.unsafe_cells(seen.world, seen.history, seen.told.rule, engines.audit)


def verdict_of(seen: Stand, rule: Rule, engines: Engines) -> Json:
    """The first verdict that is not safe, or the first."""
    verdicts = [losing.audited(problem, engines.audit) for problem in all_earlier(seen.world, seen.history, rule)]
    return next((each for each in verdicts if each.get("safe") is not True), verdicts[0])


def _short(verdict: Json) -> Json:
    """What the ledger keeps of a verdict: no interval, for that would tell."""
    return checked(verdict) | {"periods": named(verdict) if verdict.get("findings") else ""}
