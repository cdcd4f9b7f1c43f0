"""Saying yes or no to lending people. What follows is worked out; nobody opens or closes an account for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from shared.registry.lends import Lend
from shared.registry.lends_models import LendSaid
from varde.access.reader import Reader
from varde.access.roles import ROLES, Role
from varde.audit.actions import Action, record
from varde.clock import wall
from varde.refusal import Refused

# How long somebody may have sat with the page on which the time was chosen.
SLACK = timedelta(minutes=2)
_TICK = timedelta(microseconds=1)
_WHY = {
    "registry_lend_in_order": "Noen andre svarte samtidig. Se over utlånet og prøv igjen.",
    "registry_lend_sides": "Bare kontorene som utlånet gjelder, kan svare på det.",
}


@transaction.atomic
def say(*, lend: Lend, story: Sequence[tuple[datetime, bool]], by: Reader) -> None:
    """The reader's office says yes or no to a lend, each from its time (aware; now at the earliest).

    Said together, so that what was said before for a later time is no more. Raises Refused when the office has no say,
    a time has passed, or the office that borrows has no such role.
    """
    if by.office.id not in lend.voices:
        raise Refused(_WHY["registry_lend_sides"])
    known = (
        lend.role in Role and ("region" if lend.borrower == lend.region else "kommune") in ROLES[Role(lend.role)].kinds
    )
    if not known:
        raise Refused("Rollen finnes ikke hos den som låner.")
    moment = wall()
    if any(at < moment - SLACK for at, _ in story):
        raise Refused("Et utlån kan ikke begynne eller slutte bakover i tid. Velg nå eller senere.")
    said_at = _after_the_last(lend, by, moment)
    for number, (at, yes) in enumerate(story):
        row = LendSaid(
            agreement=lend.agreement, region=lend.region, lender=lend.lender, borrower=lend.borrower, role=lend.role,
            said_by=by.office.id, word=LendSaid.Said.IN if yes else LendSaid.Said.OUT, at=max(at, moment),
            said_at=said_at + number * _TICK,
        )  # fmt: skip
        _lay(row)
        record(by=by, action=Action.CHANGE, what="registry.lend", ids=[row.id], reason=row.get_word_display())


def _lay(row: LendSaid) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name not in _WHY:
            raise
        raise Refused(_WHY[name]) from error


def _after_the_last(lend: Lend, by: Reader, moment: datetime) -> datetime:
    """Two words of one office in the same instant still have an order."""
    rows = LendSaid.objects.filter(
        agreement=lend.agreement, region=lend.region, lender=lend.lender, borrower=lend.borrower, role=lend.role,
        said_by=by.office.id,
    )  # fmt: skip
    last = rows.order_by("-said_at").values_list("said_at", flat=True).first()
    return max(moment, last + _TICK) if last else moment
