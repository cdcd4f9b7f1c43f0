"""Inviting a kommune: the platform is asked for an office, and its first administrator gets a link when it is made."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from regional.onboarding.models import Invited
from shared.codes.kommuner import kommuner
from shared.orders import actions
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.days import TWO_YEARS, check_to_come
from varde.ui.dates import day_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """The office that is asked for, and its first administrator."""

    number: str
    name: str
    slug: str
    administrator_name: str
    administrator_email: str


@transaction.atomic
def invite(*, wanted: Wanted, starts_on: date | None, by: Reader) -> Invited:
    """Ask for an office. Raises Refused when the name, number or address cannot be, or is asked for already."""
    require(by, Permission.ONBOARDING)
    if starts_on is not None:
        check_to_come(starts_on, day_of(now()), TWO_YEARS)
    order = actions.ask(kind="create_kommune", content={**asdict(wanted), **_people(wanted.number)}, by=by)
    row = Invited(
        order=order.id, number=wanted.number, name=wanted.name, starts_on=starts_on, at=now(), by_name=by.name[:200]
    )
    row.save()
    record(by=by, action=Action.CREATE, what="onboarding.invited", ids=[row.id])
    return row


@transaction.atomic
def take_back(*, order_id: UUID, by: Reader) -> None:
    """The invitation is taken back while nobody has begun with it. Raises Refused when it is too late."""
    require(by, Permission.ONBOARDING)
    actions.move(order_id=order_id, to="withdrawn", by=by)


@transaction.atomic
def new_link(*, office: UUID, name: str, email: str, by: Reader) -> None:
    """Ask for another link to the first administrator, also to another address, while nobody there has come in.

    Raises Refused when the office is not made, or a link is asked for already."""
    require(by, Permission.ONBOARDING)
    content = {"office": str(office), "administrator_name": name, "administrator_email": email}
    actions.ask(kind="new_link", content=content, by=by)


def _people(number: str) -> dict[str, object]:
    """What is known of how many live there."""
    known = next((one for one in kommuner() if one.number == number), None)
    if known is None or known.population is None:
        return {}
    as_of = f"{known.population_as_of:%d.%m.%Y}" if known.population_as_of else ""
    return {"population": known.population, "population_as_of": as_of}
