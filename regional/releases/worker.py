"""Working off what people want: each step in a transaction of its own, the long sums outside of any.

Killed anywhere, a wish is as it was and is taken again; a row of the ledger, its copy and the wish's end are one
transaction.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import OperationalError

from regional.releases.closing_actions import close_period
from regional.releases.drafting import solve
from regional.releases.engines import Engines, engines
from regional.releases.giving import last_look
from regional.releases.ledger import Broken
from regional.releases.letters import send_letters
from regional.releases.marks import tie_key
from regional.releases.models import Stop, Wish, WishState
from regional.releases.other_actions import (
    check_settled,
    new_rule,
    outside,
    rule_of,
    settle,
    unsafe_cells,
    verdict_of,
    withdraw,
)
from regional.releases.queries import not_cut
from regional.releases.readying import set_ready
from regional.releases.release_actions import Moved, Stand, keep, prepare, publish, stand, to_publish
from regional.releases.stops import Unsettled
from regional.releases.wants import needs_two, read
from regional.releases.wish_actions import come_to, done, fail, held, leave, take, to_do, who_of
from varde.refusal import Refused
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

UNFORESEEN = "Noe gikk galt mens dette ble laget. Ingenting er gitt ut. Driften kan se hva i loggen."

type Make = Callable[[bytes], Engines]


def work_off(ref: OfficeRef, make: Make = engines) -> int:
    """Everything that waits for the worker, the oldest first; how many steps were taken.

    What is unforeseen ends one wish, never the others: the first is raised when all have been seen to.
    """
    with work(ref, "returns"):
        found = [(row.id, row.state) for row in to_do()]
    errors: list[Exception] = []
    for wish, state in found:
        try:
            one(ref, wish, state, make)
        except Exception as error:  # told to the operation below
            errors.append(error)
    send_letters(ref)
    if errors:
        raise errors[0]
    return len(found)


def one(ref: OfficeRef, wish: UUID, state: str, make: Make = engines) -> None:
    """One wish one step on. Raises what was unforeseen, after the wish has been ended."""
    with work(ref, "returns") as by:
        taken = take(wish=wish, state=state, by=by)
    if not taken:
        return
    try:
        with work(ref, "verify"):
            not_cut()
        _step(ref, wish, state, make)
    except Moved:
        with work(ref, "returns") as by:
            leave(wish=wish, by=by)
    except Unsettled as error:
        _failed(ref, wish, str(error), state, Stop.UNSETTLED)
    except (Refused, Broken) as error:
        _failed(ref, wish, str(error), state)
    except (OSError, MemoryError, OperationalError):  # the disk or the line: tried again
        with work(ref, "returns") as by:
            leave(wish=wish, by=by)
        raise
    except Exception:
        _failed(ref, wish, UNFORESEEN, state)
        raise


def _step(ref: OfficeRef, wish: UUID, state: str, make: Make) -> None:
    with work(ref, "returns") as by:
        row = Wish.objects.get(pk=wish)
        want = read(row.kind, row.about)
    if state == WishState.APPROVED:
        _APPROVED[row.kind](ref, wish, want, make)
    elif row.kind == "release":
        draft(ref, wish, make)
    elif needs_two(row.kind, row.about):
        with work(ref, "returns") as by:
            set_ready(wish=wish, by=by)
    else:
        _close(ref, wish, want, make, WishState.WAITING)


def draft(ref: OfficeRef, wish: UUID, make: Make = engines) -> None:
    """Make a release ready to be looked at. Raises Refused and Broken."""

    def tell(stage: int, said: str) -> None:
        with work(ref, "returns") as by:
            come_to(wish=wish, stage=stage, said=said, by=by)

    with work(ref, "returns") as by:
        found = prepare(wish=wish, by=by)
    if found is None:
        return
    job, key = found
    made = solve(job, make(key), tell)
    with work(ref, "returns") as by:
        keep(wish=wish, job=job, draft=made, by=by)


def _stand(ref: OfficeRef) -> tuple[Stand, bytes]:
    with work(ref, "returns") as by:
        return stand(by), tie_key()


def _publish(ref: OfficeRef, wish: UUID, want: Any, make: Make) -> None:
    """Audited once more, with whoever holds the figures today: kommuner may have become one since it was made."""
    seen, key = _stand(ref)
    with work(ref, "returns"):
        said = to_publish(seen.told, Wish.objects.get(pk=wish))
    last_look(seen, said, make(key))
    with work(ref, "returns") as by:
        publish(wish=wish, seen=seen, by=by)


def _close(ref: OfficeRef, wish: UUID, want: Any, make: Make, state: str = WishState.APPROVED) -> None:
    with work(ref, "returns") as by:
        row = held(wish, state)
        name = row.approved_by_name or row.asked_by_name
        missing = (row.made or {}).get("missing") if row.made else None
        close_period(period=want.period, without=want.without, name=name, by=by, who=who_of(row), seen=missing)
        done(row, by)


def _withdraw(ref: OfficeRef, wish: UUID, want: Any, make: Make) -> None:
    with work(ref, "returns") as by:
        withdraw(wish=wish, by=by)


def _outside(ref: OfficeRef, wish: UUID, want: Any, make: Make) -> None:
    with work(ref, "returns") as by:
        outside(wish=wish, by=by)


def _rule(ref: OfficeRef, wish: UUID, want: Any, make: Make) -> None:
    seen, key = _stand(ref)
    check_settled(seen.told)
    verdict = verdict_of(seen, rule_of(want), make(key))
    with work(ref, "returns") as by:
        new_rule(wish=wish, seen=seen, verdict=verdict, by=by)


def _settle(ref: OfficeRef, wish: UUID, want: Any, make: Make) -> None:
    seen, key = _stand(ref)
    cells = unsafe_cells(seen, make(key))
    with work(ref, "returns") as by:
        settle(wish=wish, seen=seen, cells=cells, by=by)


_APPROVED: dict[str, Callable[[OfficeRef, UUID, Any, Make], None]] = {
    "release": _publish, "closed": _close, "withdrawn": _withdraw, "outside": _outside, "rule": _rule,
    "settled": _settle,
}  # fmt: skip


def _failed(ref: OfficeRef, wish: UUID, said: str, was: str, stop: str = "") -> None:
    with work(ref, "returns") as by:
        fail(wish=wish, said=said, was=was, by=by, stop=stop)
