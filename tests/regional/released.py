"""A region whose kommuner have sent, people who may give out, and engines; needs `house`."""

import json
import uuid
from collections.abc import Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from regional.releases import actions
from regional.releases.engines import Engines, engines
from regional.releases.ledger import Ledger
from regional.releases.models import Wish
from regional.releases.queries import read_ledger
from regional.releases.worker import work_off
from regional.statistics.models import PooledReturn
from shared.codes.forms import REPORTED
from shared.codes.periods import parse
from shared.contracts import Counts, SinceStart
from shared.contracts.fields import to_json
from tenants.returns.counts import RegisteredCase, count_cases
from tests.cast import TEST, ref
from varde.access.reader import Reader
from varde.access.roles import Role
from varde.access.ticket import presented
from varde.audit.trail import trail
from varde.clock import now
from varde.identity.actions import invite
from varde.tenancy.door import office
from varde.tenancy.work import work

REGION = "gjovikregionen"
KOMMUNER = ("gjovik", "ostre-toten", "vestre-toten")
H1, H2 = "2025H1", "2025H2"
PEOPLE = {"stine": Role.STATISTICS_OFFICER, "sara": Role.SECRETARY, "liv": Role.LEADER_TEAM}


def cases_of(number: int, period: str, **answers: str) -> list[RegisteredCase]:
    """So many cases alike, in the first quarter of a period."""
    given = {key: (code,) for key, code in answers.items()}
    return [RegisteredCase(parse(period)[0], given, REPORTED)] * number


def send(kommune: str, cases: Sequence[RegisteredCase], *quarters: str) -> None:
    """The kommune's returns of these quarters have come in, as the cases stand now."""
    with work(ref(REGION), TEST):
        for text in quarters:
            comes_in(ref(kommune), text, count_cases(cases, parse(text)))


def comes_in(sender: Any, quarter: str, counts: Counts) -> None:
    """A kommune's return lies in the region, as the post leaves it. `sender`: what has the kommune's id and number."""
    since = SinceStart(from_date=parse(quarter)[0].first_day, counts=counts)
    content = {"counts": to_json(Counts, counts, "counts"), "since_start": to_json(SinceStart, since, "since_start")}
    PooledReturn(
        kommune=sender.id, kommune_number=sender.number, period=quarter, form=REPORTED, content=content,
        sent_at=now(), letter_id=uuid.uuid4(),
    ).save()  # fmt: skip


def everybody_sends(*halves: str, number: int = 12) -> None:
    """Three kommuner with as many cases each in every half-year."""
    for half in halves:
        for kommune in KOMMUNER:
            send(kommune, cases_of(number, half, kjonn="woman", kategori="ma"), *map(str, parse(half)))


def told() -> Ledger:
    """What the ledger says, as the worker reads it."""
    with work(ref(REGION), "returns"):
        return read_ledger()


@contextmanager
def person(name: str) -> Any:
    """Somebody of the region at work, in a transaction that is committed."""
    role = PEOPLE[name]
    user_id = uuid.uuid5(uuid.NAMESPACE_DNS, name)
    by = Reader(office=ref(REGION), user_id=user_id, name=name.title(), roles=frozenset({role}))
    from django.db import transaction

    from varde.identity.models import User

    with office(ref(REGION)), transaction.atomic(), trail() as rows:
        with presented(Reader.for_purpose(TEST, by.office)):
            if not User.objects.filter(id=user_id).exists():
                setup = Reader.for_purpose("setup", by.office)
                invite(email=f"{name}@region.example", name=name.title(), roles=[role], by=setup, user_id=user_id)
        with presented(by):
            yield by
            rows.flush()


def asks(kind: Any, about: dict[str, Any], name: str = "stine") -> UUID:
    """Somebody asks for it, by the way of its kind; `about` is what that way takes."""
    ways: dict[str, Any] = {
        "closed": actions.ask_close, "release": actions.ask_release, "withdrawn": actions.ask_withdraw,
        "outside": actions.ask_outside, "rule": actions.ask_rule, "settled": actions.ask_settle,
    }  # fmt: skip
    with person(name) as by:
        found: UUID = ways[kind](**about, by=by).id
        return found


def looks(wish: UUID, name: str = "sara") -> str:
    """Somebody opens what lies ready; its digest."""
    with person(name) as by:
        return str(actions.preview(wish=wish, by=by).made_digest)


def says_yes(wish: UUID, name: str = "sara") -> None:
    """Somebody looks at what is ready, and approves it on the page after."""
    seen = looks(wish, name)
    with person(name) as by:
        actions.approve(wish=wish, seen=seen, by=by)


def by_two(kind: Any, about: dict[str, Any], make: Any = None) -> Wish:
    """One asks, another says yes, and the worker does it."""
    wish = asks(kind, about)
    works(make or totals_only)
    assert wish_of(wish).state == "ready", wish_of(wish).said
    says_yes(wish)
    works(make or totals_only)
    return wish_of(wish)


def wish_of(wish: UUID) -> Wish:
    """As it stands."""
    with work(ref(REGION), TEST):
        return Wish.objects.get(pk=wish)


def totals_only(_key: bytes = b"") -> Engines:
    """Shows the number of cases and nothing else; finds everything safe."""

    def protect(problem: Any) -> Any:
        ids = [cell["id"] for cell in problem["cells"] if cell["state"] == "open"]
        shown = [one for one in ids if "|saker|" in one]
        hidden = [one for one in ids if one not in shown]
        return {"method": "suppress", "show": shown, "hide": hidden, "optimal": False, "witnesses": [], "cost": 1.0}

    return Engines(protect, lambda problem, release: {"safe": True, "checked": {}, "findings": []}, {"protect": "test"})


def best(key: bytes = b"") -> Engines:
    """The installed engines."""
    return engines(key) if find_spec("varde.protect") else totals_only(key)


def claims(low: int, high: int | None = None, periods: tuple[str, ...] = (H1,), **about: Any) -> dict[str, Any]:
    """Somebody has published how many cases Gjøvik had."""
    said = {"question": "saker", "kind": "codes", "codes": ("1", "2"), "periods": periods, "low": low, "high": high}
    return {**said, "kommuner": (str(ref("gjovik").id),), "source": "En årsmelding.", **about}


def works(make: Any = totals_only) -> int:
    """The worker does what waits."""
    return work_off(ref(REGION), make)


def closed(*halves: str) -> None:
    """These half-years are closed, one after the other."""
    for half in halves:
        wish = asks("closed", {"period": half, "without": False})
        works()
        assert wish_of(wish).state == "done", wish_of(wish).said


def given_out(period: str, make: Any = totals_only) -> UUID:
    """All that the period offers is drafted, approved and given out."""
    row = by_two("release", {"period": period}, make)
    assert row.state == "done", row.said
    return row.id


def copies() -> list[Any]:
    """Every frozen copy, the oldest first."""
    from regional.releases.models import FrozenCopy

    with work(ref(REGION), TEST):
        return [json.loads(row.content) for row in FrozenCopy.objects.order_by("entry__number")]


def finds(cell: str) -> Engines:
    """An auditor that finds this cell unsafe while it is a target."""

    def audit(problem, release):
        found = [{"cell": cell, "earlier": True} for one in problem["cells"] if one["id"] == cell]
        return {"safe": not found, "checked": {"cells": 1}, "findings": found}

    return Engines(totals_only().protect, audit, {})


def never(*_):
    """An engine that must not be asked."""
    raise AssertionError
