"""Each morning: a pack for each who holds a passphrase, made as that person may see it. Each is a task of its own, so
that one which fails holds back no other."""

from functools import partial
from uuid import UUID

from django.db import transaction

from tenants.continuity import outside, queries
from tenants.continuity.making import Made, made_for, note_taken
from tenants.continuity.models import Holder
from tenants.continuity.states import wanted
from tenants.inbox.models import Concern
from varde.access import Reader
from varde.celery import office_task
from varde.clock import now
from varde.identity.models import User
from varde.identity.queries import reader_of
from varde.notify.mail import tell
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.ui.dates import day_of

ANEW = "anew"


@office_task("continuity.morning", every=900, kinds=("kommune",))
def morning(ref: OfficeRef) -> None:
    """Ask for the packs that are due, and take away what may not lie outside any more."""
    with work(ref, "continuity"):
        rule, at = queries.rule(), now()
        standing = queries.standing()
        due = [one.id for one in standing if wanted(rule, one.made_at, at)]
        keep = rule.keep_days if rule.active else 0
        outside.tidy(ref, [one.id for one in standing], day_of(at), keep)
    for holder_id in due:
        make.ring(ref, str(holder_id))


@office_task("continuity.make")
def make(ref: OfficeRef, holder_id: str, why: str = "") -> None:
    """One person's pack; `anew` when they have been shut out of something that an earlier one may hold.

    The mail says the same whatever is in it, and goes when the pack lies where it should.
    """
    with work(ref, "continuity") as by:
        holder = next((one for one in queries.standing() if one.id == UUID(holder_id)), None)
        if holder is None or not (why == ANEW or wanted(queries.rule(), holder.made_at, now())):
            return
        at = now()
        made = _made(ref, holder, by)
        if made is None:
            return
        if why == ANEW:
            outside.clear(ref, holder.id)
        outside.put(ref, holder.id, day_of(at), made.content)
        if why != ANEW:  # the time stands on a page, and one that moved by day would tell why
            holder.made_at = at
            holder.save(update_fields=["made_at"])
        email = holder.user.email
    if why != ANEW:
        tell("pack", to=[email], ref=ref)


def _made(ref: OfficeRef, holder: Holder, by: Reader) -> Made | None:
    """Nothing for somebody without a passphrase in use."""
    secret = queries.in_use(holder.user)
    if secret is None:
        return None
    made = made_for(reader_of(holder.user, ref), secret.secret, now())
    note_taken(by, holder.id, made, f"til {holder.user.name}")
    return made


def shut_out(*, concern: Concern, shut: list[User], heir: User, by: Reader) -> None:
    """Who is shut out of a matter gets a new pack at once, and those before it go: they may hold the matter."""
    gone = {one.id for one in shut}
    for holder in queries.holders():
        if holder.user_id in gone and holder.made_at is not None:
            transaction.on_commit(partial(make.ring, by.office, str(holder.id), ANEW))
