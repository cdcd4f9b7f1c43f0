"""Asking which kommuner are on their way, and how each stands by its own newest word."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from regional.cooperation import steps_queries
from regional.cooperation.agreement_queries import agreement
from regional.onboarding import states
from regional.onboarding.models import Health, Invited
from regional.onboarding.states import Count, Line
from shared.codes.starting import steps
from shared.orders import queries
from shared.orders.queries import Placed
from shared.registry.models import Office
from shared.registry.queries import kommuner_of
from varde.access import Reader
from varde.clock import now
from varde.tenancy.door import OfficeRef


@dataclass(frozen=True, slots=True)
class Kommune:
    """How a kommune stands by its own newest word; `as_of` is None while it has said nothing.

    Counts are of its staff: `certified` and `trained` of `team`.
    """

    id: UUID
    name: str
    number: str
    as_of: datetime | None
    lines: tuple[Line, ...]
    expected: Count
    all: Count
    team: int
    certified: int
    trained: int
    police: bool
    started_on: date | None
    label: str
    color: str
    lacking: tuple[str, ...] = field(default=())


def health(by: Reader) -> list[Kommune]:
    """Every kommune that is with the region now, by name, as it has said that it stands. Two queries."""
    refs = kommuner_of(by.office.id)
    newest = {row.kommune: row for row in _newest([ref.id for ref in refs])}
    moment = now()
    return [_kommune(ref, newest.get(ref.id), moment) for ref in refs]


def _newest(kommuner: list[UUID]) -> list[Health]:
    rows = Health.objects.filter(kommune__in=kommuner).order_by("kommune", "-as_of", "-id").distinct("kommune")
    return list(rows)


def _kommune(ref: OfficeRef, row: Health | None, moment: datetime) -> Kommune:
    found = states.lines(steps(), row.steps if row else {})
    label, color = states.standing(row.started_on if row else None, row.as_of if row else None, moment)
    return Kommune(
        id=ref.id, name=ref.name, number=ref.number, as_of=row.as_of if row else None, lines=tuple(found),
        expected=states.counted(found, expected=True), all=states.counted(found, expected=False),
        team=row.team if row else 0, certified=row.certified if row else 0, trained=row.trained if row else 0,
        police=bool(row and row.police), started_on=row.started_on if row else None, label=label, color=color,
        lacking=tuple(states.lacking(found)),
    )  # fmt: skip


def one(by: Reader, kommune_id: UUID) -> Kommune | None:
    """One of them."""
    return next((each for each in health(by) if each.id == kommune_id), None)


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation, and how far the order for it has come. None where the order cannot be found any more."""

    row: Invited
    order: Placed | None
    step: UUID | None = None
    """The guided step by which it joins, once somebody has begun it."""
    born: bool = False
    """The office stands, whatever became of the order."""
    link: Placed | None = None
    """The newest order of another link to its first administrator."""

    @property
    def office(self) -> UUID:
        """The office that it is about; LookupError for one whose order cannot be found."""
        if self.order is None:
            raise LookupError(self.row.order)
        return self.order.office


def invitations(by: Reader) -> list[Invitation]:
    """Everything that was invited, the newest first."""
    ours = queries.of(by)
    placed, joins = {each.id: each for each in ours}, _joins(by)
    links = {each.office: each for each in reversed(ours) if each.kind == "new_link"}
    born = set(Office.objects.filter(id__in=[each.office for each in ours], active=True).values_list("id", flat=True))
    rows = [(row, placed.get(row.order)) for row in Invited.objects.order_by("-at", "-id")]
    return [
        Invitation(row, order, joins.get(order.office), order.office in born, links.get(order.office))
        if order
        else Invitation(row, None)
        for row, order in rows
    ]


def _joins(by: Reader) -> dict[UUID, UUID]:
    """The step by which each kommune is on its way into the agreement."""
    row = agreement(by)
    found = [each.step for each in steps_queries.under_way(row)] if row else []
    return {step.kommune: step.id for step in found if step.kind == "join" and step.kommune}


def under_way(by: Reader) -> list[Invitation]:
    """Those whose office is not made yet, and those that are made and not with the region."""
    ours = {ref.id for ref in kommuner_of(by.office.id)}
    gone = set(Office.objects.filter(active=False).values_list("id", flat=True))
    return [each for each in invitations(by) if each.order is None or each.order.office not in ours | gone]


def ordered(by: Reader) -> dict[str, str]:
    """Numbers that an order of ours has taken and no office has yet, each with what to say of it."""
    waits = [each for each in under_way(by) if each.order and not each.order.over]
    return dict.fromkeys((each.row.number for each in waits), "er alt invitert")
