"""Putting the day's anchor outside the office: stamped, written to a file beside the database, mailed, then noted."""

import os
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction

from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.audit.anchor import Line
from varde.audit.anchor_mail import addresses, mail
from varde.audit.models import Anchor, AnchorSetting
from varde.audit.stamp import stamp
from varde.clock import now
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.ui.dates import day_of


def path_of(slug: str) -> Path:
    """Where the lines of an office lie: outside the database and its backups."""
    return Path(settings.HOME) / "anchors" / f"{slug}.log"


def setting() -> AnchorSetting | None:
    """Where this office's anchors are mailed."""
    return AnchorSetting.objects.order_by("-changed_at").first()


def leaves(own: AnchorSetting | None) -> bool:
    """Does the anchor get to anybody who does not run this machine?"""
    return bool(settings.TSA_URL or addresses(own.address if own else ""))


@transaction.atomic
def set_address(*, address: str, by: Reader) -> None:
    """Mail the anchors there from now on; "" stops it. PermissionDenied for those who run nothing here."""
    require(by, Permission.PEOPLE_MANAGE, Permission.SETTINGS)
    row = AnchorSetting.objects.select_for_update().first() or AnchorSetting(id=uuid4())
    row.address, row.changed_at, row.changed_by = address, now(), by.name
    row.save()
    record(by=by, action=Action.CHANGE, what="audit.anchor_setting", ids=[row.id])


def anchor(ref: OfficeRef) -> Line | None:
    """Put today's anchor out unless it is out already; what did not go out is tried again at the next ring.

    Outside of any transaction while it talks to others: they may be slow.
    """
    today = day_of(now())
    with work(ref, "verify"):
        own = setting()
        head = None if _is_out(today, bool(addresses(own.address if own else ""))) else _head()
    if head is None:
        return None
    bare = Line(today, ref.slug, *head)
    line = Line(today, ref.slug, *head, stamp(bare.text))
    keep(line)
    mailed = mail(line, addresses(own.address if own else ""))
    with work(ref, "verify") as by:
        row = Anchor(day=today, at=now(), number=line.number, digest=line.digest)
        row.mailed, row.stamped = mailed, bool(line.stamp)
        row.save()
        record(by=by, action=Action.SEND, what="audit.anchor", ids=[row.id])
    return line


def _is_out(today: date, to_mail: bool) -> bool:
    rows = Anchor.objects.filter(day=today, former=None)
    if to_mail:
        rows = rows.filter(mailed=True)
    if settings.TSA_URL:
        rows = rows.filter(stamped=True)
    return rows.exists()


def _head() -> tuple[int, str] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, digest FROM audit_head_now()")
        row = cursor.fetchone()
    return (int(row[0]), str(row[1])) if row else None


def keep(line: Line) -> None:
    """Append the line and wait until it is on the disk; readable for the platform's own user only."""
    path = path_of(line.slug)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, f"{line.kept}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
