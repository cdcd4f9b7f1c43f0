"""Post keys: one pair per office and month. Public halves in the database, private halves under the keys folder."""

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from shared.post.models import PostKey, SealedLetter
from shared.post.seal import new_private, public_of
from varde.clock import now
from varde.privacy.keepsake import discard, keep
from varde.tenancy.door import OfficeRef, need_office
from varde.tenancy.work import work


class NoKey(LookupError):
    """The key is not at hand; the letter waits until it is."""


def month_of(at: date | datetime) -> str:
    """A date as YYYY-MM."""
    return f"{at.year:04d}-{at.month:02d}"


def _path(office_id: UUID, month: str) -> Path:
    return Path(settings.KEYS_DIR) / "post" / str(office_id) / f"{month}.key"


def _former(office_id: UUID, recipient: UUID) -> Path:
    """Where the halves of one that has become part of this office lie."""
    return Path(settings.KEYS_DIR) / "post" / str(office_id) / str(recipient)


def ensure(month: str) -> PostKey:
    """This office's key of a month, made if missing. The private half is on disk before the public one is shown."""
    ref = need_office()
    found = PostKey.objects.filter(office_id=ref.id, month=month).first()
    if found:
        return found
    # Of two processes one writes the file; both then publish the half that belongs to it.
    private = keep(_path(ref.id, month), new_private())
    key = PostKey(office_id=ref.id, month=month, public=public_of(private))
    try:
        with transaction.atomic():
            key.save()
    except IntegrityError:
        return PostKey.objects.get(office_id=ref.id, month=month)
    return key


def private_half(month: str, recipient: UUID | None = None) -> bytes:
    """The private half of the one that a letter is to: this office, or one that has become part of it. NoKey when it is
    not on this machine."""
    me = need_office().id
    try:
        path = _path(me, month) if recipient in (None, me) else _former(me, recipient or me) / f"{month}.key"
        return path.read_bytes()
    except OSError as error:
        raise NoKey(f"Postnøkkelen for {month} mangler.") from error


def key_for(recipient: UUID) -> PostKey:
    """The recipient's newest key; NoKey when it has never had one."""
    key = PostKey.objects.filter(office_id=recipient, month__lte=month_of(now())).order_by("-month").first()
    if key is None:
        raise NoKey("Mottakeren har ingen postnøkkel ennå.")
    return key


def end_old(days: int) -> list[str]:
    """Destroy private halves whose month was over so many days ago and that no letter in the post is sealed to; the
    months. From then on such a letter cannot be read from a backup either."""
    ref, before = need_office(), now() - timedelta(days=days)
    waits = set(SealedLetter.objects.filter(recipient=ref.id).values_list("month", flat=True))
    # The sign of a month sorts as the month does; a key may be sealed to until its month is over.
    # What was to one that has become part of this office has its halves in a folder of their own.
    waits |= set(SealedLetter.objects.exclude(sender=ref.id).values_list("month", flat=True))
    ended = [
        path
        for path in sorted(_path(ref.id, "x").parent.rglob("*.key"))
        if path.stem < month_of(before) and path.stem not in waits
    ]
    for path in ended:
        discard(path)
    return sorted({path.stem for path in ended})


def hand_over(former: OfficeRef, heir: OfficeRef) -> None:
    """The one is part of the other now: letters to it are opened there. May be said again."""
    own = _path(former.id, "x").parent
    for path in sorted(own.rglob("*.key")):
        recipient = former.id if path.parent == own else UUID(path.parent.name)
        keep(_former(heir.id, recipient) / path.name, path.read_bytes())


def end_all(ref: OfficeRef) -> None:
    """The office is gone: its private halves are destroyed, and nobody can write to it. As the owner of the tables."""
    for path in _path(ref.id, "x").parent.rglob("*.key"):
        discard(path)
    PostKey.objects.filter(office_id=ref.id).delete()


def give_first_key(ref: OfficeRef) -> None:
    """At birth: without a key nobody can write to the office."""
    with work(ref, "keys"):
        ensure(month_of(now()))
