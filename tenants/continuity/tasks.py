"""Each morning: a pack for each who holds a passphrase, made as that person may see it. Each is a task of its own, so
that one which fails holds back no other."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from tenants.continuity import outside, queries
from tenants.continuity.making import Made, made_for, note_taken
from tenants.continuity.models import Holder
from tenants.continuity.states import wanted
from tenants.inbox.models import Concern
from varde import turn
from varde.access import Reader
from varde.celery import office_task
from varde.clock import now
from varde.identity.models import User
from varde.identity.queries import reader_of
from varde.notify.mail import tell
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.ui.dates import day_of


@office_task("continuity.morning", every=900, kinds=("kommune",))
def morning(ref: OfficeRef) -> None:
    """Ask for the packs that are due, and take away what may not lie outside any more."""
    with work(ref, "continuity"):
        rule, at = queries.rule(), now()
        standing = queries.standing()
        due = [one.id for one in standing if one.stale_since or wanted(rule, one.made_at, at)]
        keep = rule.keep_days if rule.active else 0
        outside.tidy(ref, [one.id for one in standing], day_of(at), keep)
    for holder_id in due:
        make.ring(ref, str(holder_id))


@office_task("continuity.make")
def make(ref: OfficeRef, holder_id: str) -> None:
    """One person's pack, where one is due or those outside are stale: those go before anything else is done.

    The mail says the same whatever is in it, and goes when the pack lies where it should.
    """
    with work(ref, "continuity") as by:
        turn.wait_for(f"continuity.pack.{holder_id}")
        holder = next((one for one in queries.standing() if one.id == UUID(holder_id)), None)
        rule, at = queries.rule(), now()
        due = holder is not None and wanted(rule, holder.made_at, at)
        if holder is None or not (due or holder.stale_since):
            return
        if holder.stale_since:
            outside.clear(ref, holder.id)
        made = _made(ref, holder, at) if rule.active else None
        settled = _settled(holder, at if due and made else None)
        if made is None or not settled:
            return
        note_taken(by, holder.id, made, f"til {holder.user.name}")
        outside.put(ref, holder.id, day_of(at), made.content)
        email = holder.user.email
    if due:
        tell("pack", to=[email], ref=ref)


def _made(ref: OfficeRef, holder: Holder, at: datetime) -> Made | None:
    """Nothing for somebody without a passphrase in use."""
    secret = queries.in_use(holder.user)
    return made_for(reader_of(holder.user, ref), secret.secret, at) if secret else None


def _settled(holder: Holder, made_at: datetime | None) -> bool:
    """Note that it is done; False where the person was shut out of something while the pack was drawn.

    Whoever shuts out waits only from here on, and not for the drawing. `made_at` is none for a pack that is made
    because of a stale one: the time stands on a page, and one that moved by day would tell why.
    """
    fresh = Holder.objects.select_for_update().get(pk=holder.pk)
    if (fresh.stale_since, fresh.ended_at) != (holder.stale_since, None):
        return False
    fresh.stale_since, fresh.made_at = None, made_at or fresh.made_at
    fresh.save(update_fields=["stale_since", "made_at"])
    return True


def shut_out(*, concern: Concern, shut: list[User], heir: User, by: Reader) -> None:
    """Who is shut out of a matter gets a new pack at once, and those before it go: they may hold the matter.

    That it must be done stands in the transaction of whoever shuts out, so a ring that nobody hears loses nothing.
    """
    gone = {one.id for one in shut}
    queries.mark_stale(gone)
    for holder in queries.holders():
        if holder.user_id in gone:
            transaction.on_commit(partial(make.ring, by.office, str(holder.id)))
