"""How tasks and commands work: in an office, as a named purpose, in one transaction with its log."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from varde.access.reader import Purpose, Reader
from varde.tenancy.door import OfficeRef, office


@contextmanager
def work(ref: OfficeRef, purpose: Purpose) -> Iterator[Reader]:
    """Enter the office, open a transaction, hand out the purpose's reader, write the log, commit."""
    from varde.audit.trail import trail

    with office(ref), transaction.atomic(), trail() as rows:
        yield Reader.for_purpose(purpose, ref)
        rows.flush()
