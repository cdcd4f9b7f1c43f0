"""The leader team's last meeting with approved minutes, and the next one called, for the demo."""

from datetime import date, datetime, time, timedelta

from regional.cooperation.queries import settings
from regional.meetings import (
    actions,
    agenda_actions,
    held_actions,
    minutes_actions,
    outcomes,
    people,
    queries,
)
from regional.meetings.actions import Offices, Wish
from regional.meetings.calendar_plan import slots, workday_before
from regional.meetings.held_actions import Came, Decided, Owner
from regional.meetings.models import Meeting
from regional.meetings.suggest import NEXT, Candidate
from varde.access.reader import Reader
from varde.access.roles import Role
from varde.clock import OSLO, now
from varde.demo_cast import NobodyHere, acting, ago, then
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of
from varde.worktime import holiday

TOLD_IN = "gjovikregionen"
_PLACE = "Gjøvik rådhus, møterom 3"
# (title, what was said, what was decided with the days it was given, or nothing)
_POINTS: tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...] = (
    ("Godkjenning av innkalling og saksliste", "Innkalling og saksliste ble godkjent uten merknader.", ()),
    (
        "Status i kommunene",
        "Alle kommunene har koordinator og operativt team. To av kommunene mangler fast politikontakt.",
        (("Ta opp politikontakt med politistasjonssjefen", 160),),
    ),
    (
        "Felles informasjonsarbeid",
        "Plakatene er trykt. Det er behov for én felles dag om økonomisk utnytting.",
        (("Planlegge en felles fagdag om økonomisk utnytting", 60), ("Sende plakater til legekontorene", 30)),
    ),
)


def seed(region: OfficeRef) -> bool:
    """Lay them in the region that the demo tells of; False when they are there, and where nobody sits."""
    if region.slug != TOLD_IN:
        return False
    try:
        with acting(region, Role.SECRETARY) as by:
            if Meeting.objects.exists() or not people.offices(by, day_of(now())):
                return False
            _last(by)
            _plan(by)
            _next(by)
    except NobodyHere:
        return False
    return True


def _last(by: Reader) -> None:
    """Held 70 days ago, minuted and approved; one decision is done, one is over its day, one has time."""
    day = workday_before(day_of(ago(days=70)), holiday=holiday)
    starts_at = datetime.combine(day, time(9), OSLO)
    back = (now() - starts_at) / timedelta(days=1)
    with then(days=back + 30):
        meeting = actions.add_meeting(wish=Wish(starts_at, 120, _PLACE), by=by)
        for title, _, _ in _POINTS:
            agenda_actions.add(meeting=meeting, candidate=Candidate("fixed", title), by=by)
        agenda_actions.add(meeting=meeting, candidate=Candidate("next", NEXT), by=by)
        _call(meeting, by)
    with then(days=back - 0.1):
        _hold(queries.locked(meeting), by)
    with then(days=back - 3):
        minutes_actions.send(meeting=meeting, by=by)
        minutes_actions.approve(meeting=meeting, office="chair", how="på e-post", by=by)
        minutes_actions.approve(meeting=meeting, office="taker", how="på e-post", by=by)
    done = queries.undone().first()
    if done is not None:
        with then(days=back - 25):
            minutes_actions.finish(decision=done, came_of="Sendt til alle legekontorene i regionen.", by=by)


def _hold(meeting: Meeting, by: Reader) -> None:
    rows = queries.invitees(meeting)
    came = {one.id: Came("present") for one in rows}
    away = next((one for one in rows if not one.coordinator), None)
    if away is not None:
        came[away.id] = Came("absent", reason="ferie")
    held_actions.attend(meeting=meeting, came=came, seen=None, by=by)
    owners = [Owner(one.name, one.email, one.kommune_id) for one in rows if one.coordinator]
    for number, (item, point) in enumerate(zip(queries.items(meeting), _POINTS, strict=False)):
        _, said, decided = point
        held_actions.write_said(item=item, text=said, seen=None, by=by)
        for text, days in decided:
            owner = owners[(number + days) % len(owners)]
            due = day_of(now()) + timedelta(days=days)
            held_actions.decide(item=item, decided=Decided(text, owner, due), by=by)
    held_actions.end_meeting(meeting=meeting, by=by)


def _plan(by: Reader) -> None:
    today, agreed, rules = day_of(now()), settings(by), queries.rules()
    deadlines: list[date] = [day for n in range(3) for day in agreed.report_deadlines(today.year + n)]
    found = slots(
        deadlines, agreed.meetings_per_year, holiday=holiday, days_before=rules.days_before, quiet=rules.quiet
    )
    actions.plan_meetings(slots=found, by=by)


def _next(by: Reader) -> None:
    """The next one is called with the agenda made of what waits."""
    meeting = queries.ahead().first()
    if meeting is not None:
        agenda_actions.fill(meeting=meeting, by=by)
        wish = Wish(meeting.starts_at, meeting.minutes, _PLACE, "https://video.example.no/lederteamet")
        actions.change_meeting(meeting=meeting, wish=wish, by=by)
        _call(meeting, by)


def _call(meeting: Meeting, by: Reader) -> None:
    turn = people.in_turn(by, meeting, day_of(meeting.starts_at))
    if turn.chair is None or turn.taker is None:
        raise NobodyHere(outcomes.label(meeting))
    actions.call_meeting(meeting=meeting, offices=Offices(turn.chair, turn.taker), by=by)
