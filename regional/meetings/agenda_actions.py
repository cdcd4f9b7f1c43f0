"""The agenda: made of what waits, put in order, written on."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from regional.meetings import access, outcomes, queries, suggest
from regional.meetings.models import Item, Meeting
from regional.meetings.screened import no_id_number
from regional.meetings.states import AHEAD, WRITTEN, check_in
from regional.meetings.suggest import Candidate
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.refusal import Refused, check_seen


@transaction.atomic
def fill(*, meeting: Meeting, by: Reader) -> int:
    """Put on everything that is suggested and is not there; returns how many. Raises Refused."""
    fresh = _held(meeting, AHEAD, by)
    found = suggest.suggested(fresh, by)
    for one in found:
        _put_on(fresh, one)
    _last_is_next(fresh)
    if found:
        record(by=by, action=Action.CHANGE, what="meetings.meeting", ids=[fresh.id], reason="saklisten")
    return len(found)


@transaction.atomic
def add(*, meeting: Meeting, candidate: Candidate, by: Reader) -> Item:
    """A point that was suggested, or one of one's own. Also during the meeting. Raises Refused."""
    fresh = _held(meeting, (*AHEAD, *WRITTEN), by)
    if candidate.about is not None and candidate.about in queries.on_agenda(fresh):
        raise Refused("Punktet står alt på saklisten.")
    if candidate.kind == "own":
        no_id_number(candidate.title, candidate.text)
    row = _put_on(fresh, candidate)
    _last_is_next(fresh)
    record(by=by, action=Action.CREATE, what="meetings.item", ids=[row.id])
    if fresh.state == "called":
        tell_taken_up(meeting=fresh, by=by, only=[row])
    return row


def _put_on(meeting: Meeting, one: Candidate) -> Item:
    last = Item.objects.filter(meeting=meeting).order_by("-position").values_list("position", flat=True).first()
    place = (last or 0) + 1
    row = Item(meeting=meeting, position=place, kind=one.kind, about=one.about, title=one.title, text=one.text)
    row.save(force_insert=True)
    return row


def _last_is_next(meeting: Meeting) -> None:
    """«Neste møte» stays at the end when something comes after it."""
    rows = queries.items(meeting)
    ends = [one for one in rows if one.kind == "next"]
    if ends and rows[-1].kind != "next":
        _number([one for one in rows if one.kind != "next"] + ends)


@transaction.atomic
def move(*, item: Item, up: bool, by: Reader) -> None:
    """One place up or down; at the end nothing happens. Raises Refused."""
    fresh = _held(item.meeting, (*AHEAD, "held"), by)
    rows = queries.items(fresh)
    at = next((place for place, one in enumerate(rows) if one.pk == item.pk), None)
    if at is None:
        raise Refused("Punktet er tatt av saklisten.")
    to = at + (-1 if up else 1)
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        _number(rows)
        record(by=by, action=Action.CHANGE, what="meetings.item", ids=[item.id], reason="rekkefølge")


def _number(rows: Sequence[Item]) -> None:
    for place, one in enumerate(rows, start=1):
        if one.position != place:
            one.position = place
            one.save(update_fields=["position"])


@transaction.atomic
def put(*, item: Item, off: bool, by: Reader) -> None:
    """Off the agenda, or on it again. Raises Refused for a point where something is written."""
    fresh = _held(item.meeting, (*AHEAD, "held"), by)
    row = Item.objects.select_for_update().get(pk=item.pk)
    if off and (row.said or any(one.item_id == row.id for one in queries.decisions(fresh))):
        raise Refused("Det er skrevet eller bestemt noe på punktet. Da blir det stående.")
    row.off = off
    row.save(update_fields=["off"])
    record(by=by, action=Action.CHANGE, what="meetings.item", ids=[row.id], reason="av" if off else "på igjen")


@transaction.atomic
def write_text(*, item: Item, title: str, text: str, seen: str | None, by: Reader) -> None:
    """What stands on the agenda under the point. Raises Refused, Overtaken when somebody else was first."""
    _held(item.meeting, AHEAD, by)
    row = Item.objects.select_for_update().get(pk=item.pk)
    check_seen(seen, str(row.text_version))
    no_id_number(title, text)
    row.title, row.text, row.text_version = title, text, row.text_version + 1
    row.save(update_fields=["title", "text", "text_version"])
    record(by=by, action=Action.CHANGE, what="meetings.item", ids=[row.id], reason="tekst på saklisten")


def tell_taken_up(*, meeting: Meeting, by: Reader, only: Sequence[Item] | None = None) -> None:
    """System matters on the agenda of a called meeting: the kommuner see that they are taken up."""
    for row in queries.items(meeting) if only is None else only:
        if row.kind == "matter" and row.about is not None:
            outcomes.take_up(row.about, meeting, by)


def _held(meeting: Meeting, allowed: Sequence[str], by: Reader) -> Meeting:
    fresh = queries.locked(meeting)
    if not access.may_write(by, fresh):
        raise PermissionDenied
    check_in(fresh.state, allowed)
    return fresh
