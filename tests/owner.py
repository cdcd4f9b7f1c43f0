"""Looking at an office as the owner of its tables: row rights do not hold, the content is still sealed.

For tests that ask a running house what lies in it. The product has no such way in.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from varde.tenancy.door import Identity, OfficeRef, as_identity, migrator


@contextmanager
def as_owner(ref: OfficeRef) -> Iterator[None]:
    """In one transaction, as the migrator, in this office's schema; needs the migrator's password."""
    with as_identity(Identity(migrator().login, ref.schema, ref)), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f'SET LOCAL search_path = "{ref.schema}"')
        yield
