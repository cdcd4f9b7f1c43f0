"""What the leader team does with a system matter: takes it in, puts it on an agenda, asks, decides, sends it back.

For the room of meetings: `take_up` when a matter goes on an agenda, and `answer` when the
meeting has decided. Both tell the kommune by letter in the same transaction.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from django.db import transaction

from regional.matters import queries, sending, states
from regional.matters.models import Matter, MatterIntake, MatterWord
from regional.matters.rows import WHAT, changed, held
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen

_NOT_INTAKE = "Sekretæren tar imot systemsaker i denne regionen."
_ON_ITS_PAGE = (
    "Svaret kan handle om en person. Endre det, eller svar kommunen under Systemsaker, der dere kan skrive hvorfor det "
    "kan stå."
)


@transaction.atomic
def take_in(*, matter: Matter, by: Reader, seen: str | None = None) -> Matter:
    """Somebody has read it through and found nobody in it: the leader team sees it, and the kommune is told."""
    _require_intake(by)
    row = held(matter, seen)
    states.check_new(row.state)
    row.state, row.taken_in_at = states.OPEN, now()
    sending.answer(row, "taken_in", by)
    return changed(row, by, "tatt imot")


@transaction.atomic
def take_up(
    *, matter: Matter, meeting_label: str, by: Reader, reasons: Mapping[str, str] | None = None, seen: str | None = None
) -> Matter:
    """On the agenda of a meeting, named in words («lederteamet 20. januar 2027»). The same meeting twice is once.

    For those who lead or write at a meeting too: the room of meetings has asked whether they do.
    """
    require(by, Permission.LEADERS_READ)
    row = held(matter, seen)
    states.check_taken_in(row.state)
    meeting = meeting_label.strip()[:200]
    if not meeting:
        raise Refused("Skriv hvilket møte.")
    sending.check_screened(meeting, reasons or {}, by)
    if (row.state, row.meeting) == (states.AGENDA, meeting):
        return row
    row.state, row.meeting, row.over_at = states.AGENDA, meeting, None
    for one in _all(row):
        one.meeting = meeting
        sending.answer(one, "agenda", by)
    return changed(row, by, "satt på saklisten")


@transaction.atomic
def decide(
    *,
    matter: Matter,
    text: str,
    by: Reader,
    reasons: Mapping[str, str] | None = None,
    decision: str = "",
    measures: Sequence[str] = (),
    seen: str | None = None,
) -> Matter:
    """Answer the kommune, and every kommune whose matter is answered together with this one.

    `reasons`: per kind of finding of the screening why it is about nobody. Raises Refused while one is missing.
    """
    require(by, Permission.LEADERS_MANAGE)
    row = held(matter, seen)
    measures = [one.strip() for one in measures if one.strip()]
    sending.check_screened("\n".join([text, decision, *measures]), reasons or {}, by)
    return _decided(row, text, decision, measures, by)


@transaction.atomic
def answer(*, matter: Matter, text: str, meeting_label: str, by: Reader, decision: str = "") -> Matter:
    """What a meeting decided goes back to the kommune. For those who lead or write at it too; see `take_up`.

    Raises Refused for a text that may tell of somebody: there it cannot be said why, on the matter's own page it can.
    """
    require(by, Permission.LEADERS_READ)
    row = held(matter, None)
    if sending.found_in("\n".join([text, decision, meeting_label]), by):
        raise Refused(_ON_ITS_PAGE)
    row.meeting = meeting_label.strip()[:200] or row.meeting
    return _decided(row, text, decision, (), by)


def _decided(row: Matter, text: str, decision: str, measures: Sequence[str], by: Reader) -> Matter:
    states.check_taken_in(row.state)
    if not text.strip():
        raise Refused("Skriv hva lederteamet svarer.")
    row.state, row.over_at = states.DECIDED, now()
    for one in _all(row):
        one.meeting = row.meeting
        sending.answer(one, "decided", by, text=text, decision=decision.strip()[:200], measures=measures)
    row.read_at = now()
    return changed(row, by, "avgjort")


@transaction.atomic
def ask(*, matter: Matter, text: str, by: Reader, reasons: Mapping[str, str] | None = None) -> Matter:
    """A question to the kommune."""
    require(by, Permission.LEADERS_MANAGE)
    row = held(matter, None)
    states.check_taken_in(row.state)
    if not text.strip():
        raise Refused("Skriv hva dere lurer på.")
    sending.check_screened(text, reasons or {}, by)
    sending.answer(row, "question", by, text=text)
    row.read_at = now()
    return changed(row, by, "spurt kommunen")


@transaction.atomic
def send_back(*, matter: Matter, by: Reader, seen: str | None = None) -> Matter:
    """It tells of somebody: its text goes here at once, its key within the hour, and the kommune is told.

    The text goes also where no letter reaches the kommune: then no word of it is kept as sent (`queries.told_back`).
    """
    _require_intake(by)
    row = held(matter, seen)
    states.check_has_text(row.state)
    with suppress(sending.Unreachable):
        sending.answer(row, "sent_back", by)
    queries.emptied(row)
    return changed(row, by, "sendt tilbake: personopplysninger")


@transaction.atomic
def note(*, matter: Matter, text: str, by: Reader) -> MatterWord:
    """A note of the region's own; the kommune never sees it."""
    require(by, Permission.LEADERS_MANAGE)
    row = held(matter, None)
    if row.state == states.SENT_BACK:
        raise Refused("Teksten er sendt tilbake, og ingenting skrives til den.")
    if not text.strip():
        raise Refused("Skriv et notat.")
    word = MatterWord(
        matter=row, way="own", said="note", text=text, at=now(), made_by=by.user_id, by_name=by.name[:200]
    )
    word.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="matters.note", ids=[row.id])
    return word


@transaction.atomic
def join(*, matter: Matter, into: Matter, by: Reader) -> Matter:
    """Two kommuner have raised the same: this one is answered together with the other. Raises Refused."""
    require(by, Permission.LEADERS_MANAGE)
    turn.wait_for("matters.join")
    row, main = held(matter, None), held(into, None)
    if row.pk == main.pk or not {row.state, main.state} <= states.UNANSWERED:
        raise Refused("Bare åpne saker kan slås sammen.")
    if row.similar.exists():
        raise Refused("Andre saker er slått sammen med denne. Velg denne som den de andre går inn i.")
    row.state, row.into = states.JOINED, main
    sending.answer(row, "joined", by)
    return changed(row, by, "slått sammen")


@transaction.atomic
def part(*, matter: Matter, by: Reader) -> Matter:
    """It was another matter after all, and is answered by itself."""
    require(by, Permission.LEADERS_MANAGE)
    row = held(matter, None)
    if row.state != states.JOINED:
        raise Refused("Saken er ikke slått sammen med en annen.")
    row.state, row.into = states.OPEN, None
    MatterWord(matter=row, way="own", said="parted", at=now(), made_by=by.user_id, by_name=by.name[:200]).save(
        force_insert=True
    )
    return changed(row, by, "skilt fra")


@transaction.atomic
def mark_read(*, matter: Matter, by: Reader) -> None:
    """What came from the kommune has been read."""
    require(by, Permission.LEADERS_MANAGE)
    row = held(matter, None)
    row.read_at = now()
    row.save(update_fields=["read_at"])
    record(by=by, action=Action.CHANGE, what=WHAT, ids=[row.id], reason="lest")


@transaction.atomic
def set_intake(*, who: str, keep_years: int | None, by: Reader, seen: str | None = None) -> None:
    """Who takes matters in from now on, and how long they are kept; `seen` is the id of what the page showed."""
    require(by, Permission.LEADERS_MANAGE)
    if who not in dict(states.INTAKE):
        raise Refused("Velg hvem som tar imot.")
    turn.wait_for("matters.intake")
    newest = queries.intake()
    check_seen(seen, str(newest.pk) if newest else "")
    row = MatterIntake(who=who, keep_years=keep_years, set_at=now(), set_by_name=by.name[:200])
    row.save()
    record(by=by, action=Action.CHANGE, what="matters.intake", ids=[row.id])


def _all(row: Matter) -> list[Matter]:
    """The matter itself and those that are answered together with it."""
    return [row, *row.similar.select_for_update().order_by("received_at", "id")]


def _require_intake(by: Reader) -> None:
    require(by, Permission.LEADERS_READ)
    if not queries.may_take_in(by):
        raise Refused(_NOT_INTAKE)
