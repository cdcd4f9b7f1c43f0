"""Working off what people want: each step in a transaction of its own, the long sums outside of any."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from regional.releases.closing_actions import close_period
from regional.releases.drafting import solve
from regional.releases.engines import Engines, engines
from regional.releases.ledger import Broken, fact_of
from regional.releases.marks import tie_key
from regional.releases.models import Wish, WishState
from regional.releases.other_actions import new_rule, outside, settle, withdraw
from regional.releases.problem import Rule
from regional.releases.queries import not_cut
from regional.releases.release_actions import fail, finish, keep, prepare, publish, set_ready, stopped
from varde.access import Reader
from varde.refusal import Refused
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

TWO = ("release", "rule", "settled")
UNFORESEEN = "Noe gikk galt mens dette ble laget. Ingenting er gitt ut. Driften kan se hva i loggen."

type Make = Callable[[bytes], Engines]


def work_off(ref: OfficeRef, make: Make = engines) -> int:
    """Everything that waits for the worker, the oldest first; how many steps were taken."""
    with work(ref, "returns"):
        rows = Wish.objects.filter(state__in=[WishState.WAITING, WishState.APPROVED]).order_by("asked_at", "id")
        found = [(row.id, row.kind, row.state) for row in rows]
    for wish, kind, state in found:
        try:
            _step(ref, wish, kind, state, make)
        except (Refused, Broken) as error:
            _failed(ref, wish, str(error), state)
        except Exception:
            _failed(ref, wish, UNFORESEEN, state)
            raise
    return len(found)


def _step(ref: OfficeRef, wish: UUID, kind: str, state: str, make: Make) -> None:
    with work(ref, "verify"):
        not_cut()
    if state == WishState.WAITING and kind == "release":
        draft(ref, wish, make)
    elif state == WishState.WAITING and kind in TWO:
        with work(ref, "returns") as by:
            set_ready(wish=wish, by=by)
    elif kind == "release":
        with work(ref, "returns") as by:
            publish(wish=wish, by=by)
    else:
        with work(ref, "returns") as by:
            row = Wish.objects.get(pk=wish)
            _DO[row.kind](row, make, by)
            finish(wish=wish, by=by)


def draft(ref: OfficeRef, wish: UUID, make: Make = engines) -> None:
    """Make a release ready to be looked at. Raises Refused and Broken."""
    with work(ref, "returns") as by:
        job, key = prepare(wish=wish, by=by)

    def tell(said: str) -> None:
        with work(ref, "returns") as by:
            stopped(wish=wish, said=said, by=by)

    made = solve(job, make(key), tell)
    with work(ref, "returns") as by:
        keep(wish=wish, draft=made, by=by)


def _failed(ref: OfficeRef, wish: UUID, said: str, was: str) -> None:
    with work(ref, "returns") as by:
        fail(wish=wish, said=said, was=was, by=by)


def _close(row: Wish, make: Make, by: Reader) -> None:
    about: Any = row.about
    close_period(period=about["period"], without=bool(about.get("without")), name=row.asked_by_name, by=by)


def _withdraw(row: Wish, make: Make, by: Reader) -> None:
    about: Any = row.about
    withdraw(release=about["release"], reason=about["reason"], name=row.asked_by_name, by=by)


def _outside(row: Wish, make: Make, by: Reader) -> None:
    about: Any = row.about
    fact = fact_of(about)
    outside(fact=fact, source=about["source"], name=row.asked_by_name, engines=make(tie_key()), by=by)


def _rule(row: Wish, make: Make, by: Reader) -> None:
    about: Any = row.about
    rule = Rule(about["threshold"], about["coalition"], about["min_contributors"])
    new_rule(rule=rule, name=f"{row.asked_by_name} og {row.approved_by_name}", engines=make(tie_key()), by=by)


def _settle(row: Wish, make: Make, by: Reader) -> None:
    about: Any = row.about
    names = (row.asked_by_name, row.approved_by_name)
    settle(names=names, because=about["because"], engines=make(tie_key()), by=by)


_DO: dict[str, Callable[[Wish, Make, Reader], None]] = {
    "closed": _close, "withdrawn": _withdraw, "outside": _outside, "rule": _rule, "settled": _settle,
}  # fmt: skip
