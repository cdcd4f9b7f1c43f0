"""An office as the owner of its tables has it: row rights do not hold, the content is still sealed.

For tests that ask a running house what lies in it, or that change it behind the product's back. The product has no such
way in.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from tests.cast import ref as office
from varde.tenancy.door import Identity, OfficeRef, as_identity, migrator
from varde.tenancy.fleet import connect


@contextmanager
def as_owner(ref: OfficeRef) -> Iterator[None]:
    """In one transaction, as the migrator, in this office's schema; needs the migrator's password."""
    with as_identity(Identity(migrator().login, ref.schema, ref)), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f'SET LOCAL search_path = "{ref.schema}"')
        yield


def by_hand(slug: str, table: str, *statements: str, **given: object) -> None:
    """Somebody with a hand in an office's database: the statements are committed while the table has no triggers."""
    with connect() as owner:
        owner.execute(f'SET LOCAL search_path = "{office(slug).schema}"'.encode())
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        for statement in statements:
            owner.execute(statement.encode(), given or None)
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())
