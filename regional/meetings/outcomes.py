"""What a meeting leads to in the rooms before it: a system matter is taken up and answered, a measure is planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from regional.matters import actions as matters
from regional.matters import queries as known
from regional.matters.models import Matter
from regional.meetings.models import Decision, Meeting
from regional.plan import queries as plans
from regional.plan.actions import add_measure as plan_measure
from regional.plan.told import MeasureTold, Owner
from varde.access import Permission, Reader
from varde.refusal import Refused
from varde.ui.dates import short_date


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """What goes into the action plan: what, who sees to it, and by when."""

    what: str
    owner: str
    due: date
    kommune: UUID | None = None


def label(meeting: Meeting) -> str:
    """What a meeting is called in other rooms."""
    return f"Møte i lederteamet {short_date(meeting.starts_at)}"


def may_plan(by: Reader) -> bool:
    """Is there a plan to lay a measure in, and may the reader do it?"""
    return by.may(Permission.PLAN_EDIT) and _plan() is not None


def add_measure(new: NewMeasure, decision: Decision, meeting: Meeting, by: Reader) -> UUID:
    """Lay it in the plan in force, else in the next one or the draft. Raises Refused where there is no plan."""
    plan = plans.to_add_to()
    if plan is None:
        raise Refused("Det finnes ingen handlingsplan å legge tiltaket i. Lag en under Handlingsplan først.")
    owner = Owner(kind="kommune" if new.kommune else "body", name=new.owner, kommune=new.kommune)
    try:
        told = MeasureTold(
            what=new.what,
            owner=owner,
            due_on=new.due,
            kommuner=(new.kommune,) if new.kommune else (),
            origin_kind="decision",
            origin=label(meeting),
            origin_id=decision.id,
        )
    except ValueError as error:
        raise Refused(str(error)) from error
    return plan_measure(plan=plan, goal=None, told=told, by=by).id


def take_up(about: UUID, meeting: Meeting, by: Reader) -> None:
    """The kommune that raised the system matter sees that it is on the agenda; one that is over is left alone."""
    matter = _matter(about, by)
    if matter is not None:
        matters.take_up(matter=matter, meeting_label=label(meeting), by=by)


def answer(
    about: UUID, text: str, by: Reader, *, reasons: Mapping[str, str], decision: str, measures: Sequence[str]
) -> None:
    """The decision goes back to the kommune. Raises Refused when the matter is answered, or no longer there, and while
    somebody must say why something in the text is about nobody."""
    matter = _matter(about, by)
    if matter is None:
        raise Refused("Systemsaken er alt besvart eller sendt tilbake. Se på den under Systemsaker.")
    if by.may(Permission.LEADERS_MANAGE):
        matters.decide(matter=matter, text=text, reasons=reasons, decision=decision, measures=measures, by=by)
    else:  # whoever leads or writes here alone; what must be explained is answered by the secretary
        matters.answer(matter=matter, text=text, meeting_label=decision, decision=decision, by=by)


def _matter(about: UUID, by: Reader) -> Matter | None:
    return next((one for one in known.open_matters(by) if one.id == about), None)


def _plan() -> object:
    return plans.to_add_to()
