"""Switches of the leader team's meetings: their days, whose turn it is, and minutes that stand."""

from datetime import timedelta

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_database import say

REGION = "region_gjovikregionen"


@in_code
def a_turn_is_lost_by_absence() -> None:
    """Whoever is away goes to the back like those who did it."""
    from regional.meetings import turns

    whole = turns.turn

    def by_number(members, past, absent=()):  # type: ignore[no-untyped-def]
        able = [one for one in members if one not in absent]
        if len(able) < 2:
            return whole(members, past, absent)
        return turns.Turn(able[len(past) % len(able)], able[(len(past) + 1) % len(able)])

    replace("regional.meetings.turns:turn", by_number)


@in_code
def meetings_lie_on_any_day() -> None:
    replace("regional.meetings.calendar_plan:workday_before", lambda day, **_: day)


@in_code
def meetings_are_moved_forward() -> None:
    """To the next working day, though the deadline lies between."""

    def after(day, *, holiday, quiet=True):  # type: ignore[no-untyped-def]
        while day.weekday() > 4 or holiday(day):
            day += timedelta(days=1)
        return day

    replace("regional.meetings.calendar_plan:workday_before", after)


@in_code
def nobody_is_called_afterwards() -> None:
    from regional.meetings import people

    replace("regional.meetings.people:behind", lambda by, meeting: people.Behind([], []))


@in_code
def agendas_keep_the_titles_of_matters() -> None:
    from regional.meetings import suggest

    replace("regional.meetings.suggest:without_title", suggest.title_of)


@in_database
def approved_minutes_may_be_changed() -> None:
    tables = ("meeting", "item", "invitee", "decision", "paper", "approval")
    say(*(f"ALTER TABLE meetings_{table} DISABLE TRIGGER frozen" for table in tables), schema=REGION)


@in_database
def any_member_writes_the_minutes() -> None:
    say("ALTER TABLE meetings_item DISABLE ROW LEVEL SECURITY", schema=REGION)


@in_code
def minutes_go_out_past_what_waits() -> None:
    replace("regional.meetings.minutes_actions:waiting", lambda meeting: [])


@in_code
def minutes_are_written_ahead() -> None:
    replace("regional.meetings.held_actions:check_day", lambda day, today: None)


@in_code
def addenda_are_entered_unseen() -> None:
    """Only id numbers are looked for."""
    from shared.codes.screening import Words, look

    replace("regional.meetings.forms:look", lambda texts, words=None: look({}, Words()))
