"""A meeting that was held without having been called here: entered afterwards, with why, so that it can be minuted."""

from django.db import transaction

from regional.meetings import agenda_actions, people, queries, suggest
from regional.meetings.calendar_plan import Slot
from regional.meetings.laying import Wish, invited, laid, take
from regional.meetings.models import Meeting
from regional.meetings.screened import no_id_number
from regional.meetings.states import check_in, check_was
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen
from varde.ui.dates import day_of


@transaction.atomic
def enter(*, meeting: Meeting | None, wish: Wish, why: str, seen: str | None = None, by: Reader) -> Meeting:
    """The planned `meeting`, or one that nobody planned, was held then: its minutes can be written, nobody is told.

    On its list are the members of that day, and whose turn it was leads until somebody else is chosen. Raises Refused
    for a meeting to come, one that is called, and a day without members; Overtaken when somebody was first.
    """
    require(by, Permission.LEADERS_MANAGE)
    check_was(wish.starts_at, now())
    if not why:
        raise Refused("Skriv hvorfor møtet føres inn etterpå.")
    no_id_number(why)
    day = day_of(wish.starts_at)
    everybody = people.called(by, day)
    if not everybody:
        raise Refused("Lederteamet har ingen medlemmer den dagen. Før hvem som satt da, under Lederteam først.")
    fresh = queries.locked(meeting) if meeting else laid(wish, Slot(day, None), queries.rules(), by)
    check_in(fresh.state, ("planned",))
    check_seen(seen, queries.as_seen(fresh))
    take(fresh, wish)
    _agenda(fresh, by)
    turn = people.in_turn(by, fresh, day)
    fresh.in_turn = list(people.offices(by, day))
    for office, whose in (("chair", turn.chair), ("taker", turn.taker)):
        if whose is not None:
            setattr(fresh, f"{office}_kommune", whose.kommune_id)
            setattr(fresh, f"{office}_name", whose.name)
            setattr(fresh, f"{office}_user", people.account(whose.email, whose.user_id))
    fresh.state, fresh.entered_at, fresh.entered_why = "held", now(), why
    fresh.save()
    for member in everybody:
        invited(fresh, member).save(force_insert=True)
    record(by=by, action=Action.CHANGE, what="meetings.meeting.held", ids=[fresh.id], reason="ført inn etterpå")
    return fresh


def _agenda(fresh: Meeting, by: Reader) -> None:
    """What is always on it; what waits today was not what waited then."""
    if not queries.items(fresh):
        for one in suggest.suggested(fresh, by):
            if one.kind in ("fixed", "next"):
                agenda_actions.add(meeting=fresh, candidate=one, by=by)
