"""Asking for notes between shifts. Row rights show them to operators who have signed, and to nobody else."""

from datetime import datetime, timedelta

from regional.phone import queries
from regional.phone.access import me
from regional.phone.handover import KEPT
from regional.phone.handover_models import NoteRead, ShiftNote
from shared.codes.kommuner import kommuner
from varde import rota as rules
from varde.access import Reader
from varde.clock import now
from varde.identity.models import User
from varde.privacy.fields import open_together

_SOON, _SHIFT = timedelta(minutes=30), timedelta(hours=4)


def recent() -> list[ShiftNote]:
    """Those of the last two weeks with who has read them, the newest first."""
    rows = ShiftNote.objects.filter(written_at__gt=now() - KEPT).prefetch_related("reads").order_by("-written_at")
    return _opened(list(rows))


def unread(by: Reader) -> list[ShiftNote]:
    """What others have written and this person has not read, the newest first."""
    read = NoteRead.objects.filter(user_id=me(by)).values("note_id")
    rows = ShiftNote.objects.filter(written_at__gt=now() - KEPT).exclude(user_id=me(by)).exclude(id__in=read)
    return _opened(list(rows.order_by("-written_at")))


def leaves_soon(by: Reader, at: datetime) -> bool:
    """Does this person's shift end within half an hour, and have they written nothing to the next one?"""
    plan, user_id = queries.rota(), me(by)
    if user_id not in rules.answering(plan, at) or user_id in rules.answering(plan, at + _SOON):
        return False
    return not ShiftNote.objects.filter(user_id=user_id, written_at__gt=at - _SHIFT).exists()


def _opened(rows: list[ShiftNote]) -> list[ShiftNote]:
    open_together(rows)
    return rows


def known_names() -> set[str]:
    """Names that tell nothing of a caller: of colleagues, kommuner and places."""
    # Not of the whole country: Lund, Vang and Strand are surnames too.
    near = [kommune for kommune in kommuner() if kommune.region]
    places = {place.place.title() for kommune in near for place in kommune.places}
    return {user.name for user in User.objects.only("name")} | {one.name for one in near} | places
