"""The bell and the sweep. The bell may be lost; the sweep reads the post every minute anyway."""

from django.conf import settings

from shared.post import keys, ledger_actions
from shared.post.actions import BELL, open_mail
from varde.celery import app, office_task
from varde.clock import now
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


@office_task(BELL.name)
def deliver(ref: OfficeRef) -> None:
    """Somebody wrote to this office."""
    open_mail(ref)


@office_task("post.sweep", every=60)
def sweep(ref: OfficeRef) -> None:
    """What the bell missed, the key of a new month, and every quarter: is anything missing?"""
    open_mail(ref)
    with work(ref, "keys"):
        keys.ensure(keys.month_of(now()))
    ledger_actions.round_when_due(ref)


@office_task("post.clear", every=24 * 3600)
def clear(ref: OfficeRef) -> None:
    """Letters that a person has opened and no backup needs go; then the keys that nothing is sealed to."""
    ledger_actions.clear(ref, settings.BACKUP_DAYS)
    with work(ref, "keys"):
        keys.end_old(settings.BACKUP_DAYS)


def broker_answers() -> None:
    """Raises when the broker is not there; the post still works, a minute slower."""
    with app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=1)
