"""Whom a mail about meetings goes to. It says that something is new, never what; see `varde.notify`."""

from collections.abc import Sequence

from django.db import transaction

from regional.meetings import queries
from regional.meetings.models import Decision, Invitee, Meeting
from regional.meetings.people import account
from varde.clock import now
from varde.notify.mail import tell, tell_of
from varde.tenancy.door import OfficeRef


def with_account(rows: Sequence[Invitee]) -> list[Invitee]:
    """Those called who can log in here and read what they are called to."""
    return [one for one in rows if account(one.email) is not None]


def tell_called(meeting: Meeting, ref: OfficeRef, *, only: Sequence[Invitee] | None = None) -> None:
    """After the commit: something is new for those who are called and have an account."""
    rows = queries.invitees(meeting) if only is None else only
    to = sorted({one.email.strip().lower() for one in with_account(rows)})
    transaction.on_commit(lambda: tell("new", to=to, ref=ref), robust=True)


def tell_users(ids: Sequence[object], ref: OfficeRef) -> None:
    """After the commit: something waits for these people of the region."""
    from varde.identity.models import User

    rows = User.objects.here().filter(pk__in=[one for one in ids if one])
    to = sorted(rows.values_list("email", flat=True))
    transaction.on_commit(lambda: tell("new", to=to, ref=ref), robust=True)


def tell_late(rows: Sequence[Decision], ref: OfficeRef) -> int:
    """Once each: owners who can log in here are told that something of theirs has a day. Returns how many decisions."""
    wanted = {}
    for row in rows:
        user = row.owner_user
        wanted[row] = [user.email] if user is not None and user.is_active else []
    told = tell_of("due", wanted, ref=ref, alone_is_told=True)
    for row in told:
        row.told_at = now()
        row.save(update_fields=["told_at"])
    return len(told)
