"""Writing to the next shift, reading what the last one wrote, and the end of notes that are two weeks old."""

from django.db import transaction

from regional.phone.access import me, require_declared
from regional.phone.facts import facts
from regional.phone.handover import KEPT, LONGEST
from regional.phone.handover_models import NoteRead, ShiftNote
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.identity.models import User
from varde.privacy.actions import destroy
from varde.privacy.models import DataKey
from varde.refusal import Refused
from varde.text import clean_text


@transaction.atomic
def write(*, text: str, by: Reader) -> ShiftNote:
    """A note with what is counted now. Raises Refused for an empty one, NotDeclared."""
    require(by, Permission.HOTLINE)
    require_declared(by)
    text = clean_text(text, LONGEST)
    if not text:
        raise Refused("Skriv noe til neste vakt.")
    counted = [{"label": one.label, "number": one.number} for one in facts(by)]
    note = ShiftNote(user=_me(by), name=by.name[:200], written_at=now(), text=text, counted=counted)
    note.save(force_insert=True)
    record(by=by, action=Action.CREATE, what="phone.note", ids=[note.id])
    return note


@transaction.atomic
def mark_read(*, note: ShiftNote, by: Reader) -> None:
    """The reader has read it; saying so twice is saying it once."""
    require_declared(by)
    me = _me(by)  # held: two clicks come one after the other
    if NoteRead.objects.filter(note=note, user=me).exists():
        return
    NoteRead(note=note, user=me, name=by.name[:200], at=now()).save(force_insert=True)
    record(by=by, action=Action.CHANGE, what="phone.note", ids=[note.id], reason="lest")


@transaction.atomic
def end_old(*, by: Reader) -> int:
    """Notes that are two weeks old go, with their keys, so that no backup opens them; how many. As purpose `keys`."""
    rows = list(ShiftNote.objects.filter(written_at__lte=now() - KEPT))
    alive = set(DataKey.objects.filter(id__in=[row.id for row in rows], destroyed_at=None).values_list("id", flat=True))
    for row in rows:
        if row.id in alive:
            destroy(matter_id=row.id, by=by, reason="notatet er to uker gammelt")
    ShiftNote.objects.filter(id__in=[row.id for row in rows]).delete()
    if rows:
        record(by=by, action=Action.CHANGE, what="phone.note", ids=[row.id for row in rows], reason="slettet")
    return len(rows)


def _me(by: Reader) -> User:
    return User.objects.select_for_update().get(pk=me(by))
