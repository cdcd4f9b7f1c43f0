"""Every night: accounts that nobody uses are closed, old drafts and counters are deleted."""

import datetime
import logging

from django.conf import settings
from django.contrib.sessions.models import Session

from varde.access.reader import Reader
from varde.audit.actions import Action, record
from varde.celery import office_task
from varde.clock import now
from varde.identity import drafts
from varde.identity.actions import set_active
from varde.identity.dormancy import step
from varde.identity.models import Counter, User
from varde.notify.mail import tell
from varde.privacy.keyring import ready
from varde.refusal import Refused
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

log = logging.getLogger("varde.identity")


@office_task("identity.nightly", every=86_400)
def nightly(ref: OfficeRef) -> None:
    """Mail goes out after the commit, so that nobody is warned of what did not happen."""
    with work(ref, "reminders") as by:
        ready(("draft",))  # in offices born before drafts were; a form that comes too late may not make the key
        told = close_dormant(by)
        drafts.sweep()
        Session.objects.filter(expire_date__lt=now()).delete()
        Counter.objects.filter(expires_at__lt=now()).delete()
    tell("dormant", to=told, ref=ref)


def close_dormant(by: Reader) -> list[str]:
    """Close and warn by `dormancy.step`; returns whom to mail. The last one who manages people is warned again."""
    at, told = now(), []
    for user in User.objects.filter(is_active=True).order_by("id"):
        next_step = step(
            used_at=max(user.last_login or user.created_at, user.created_at),
            told_at=user.dormant_told_at,
            now=at,
            days=settings.DORMANT_DAYS,
            notice=settings.DORMANT_NOTICE_DAYS,
        )
        if next_step == "close" and _close(user, by):
            continue
        if next_step != "nothing":
            _warn(user, at, by)
            told.append(user.email)
    return told


def _close(user: User, by: Reader) -> bool:
    try:
        set_active(user=user, active=False, by=by, reason="stengt: ikke brukt på lenge")
    except Refused:
        log.warning("the last manager of an office has not logged in for long")
        return False
    return True


def _warn(user: User, at: datetime.datetime, by: Reader) -> None:
    User.objects.filter(id=user.id).update(dormant_told_at=at)
    record(by=by, action=Action.SEND, what="identity.dormant", ids=[user.id])
