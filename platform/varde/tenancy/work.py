"""How tasks and commands work: in an office, as a named purpose, in one transaction with its log."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from varde.access.reader import Purpose, Reader
from varde.access.ticket import current, presented
from varde.tenancy.door import OfficeRef, office


class NotFromAPage(RuntimeError):
    """A request tried to become a purpose, and so to see what its reader may not."""


@contextmanager
def work(ref: OfficeRef, purpose: Purpose) -> Iterator[Reader]:
    """Enter the office, open a transaction, hand out the purpose's reader, write the log, commit."""
    from varde.audit.trail import trail

    asking = current()
    if asking is not None and asking.purpose is None:
        raise NotFromAPage("Et formål nås bare fra en oppgave eller en kommando, aldri fra en side.")
    by = Reader.for_purpose(purpose, ref)
    with office(ref), transaction.atomic(), trail() as rows, presented(by):
        yield by
        rows.flush()
