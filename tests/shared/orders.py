"""Short words for tests about orders: ask, approve, work off; and an end to every office that was born on the way."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from psycopg import sql

from shared.merging import work as order_merge
from shared.orders import actions, birth, close
from shared.orders import work as order_work
from shared.orders.queries import Placed
from tests.cast import ref
from tests.offices import open_rows
from varde.access.reader import Reader
from varde.access.roles import Role
from varde.access.ticket import presented
from varde.audit.trail import trail
from varde.privacy import ending
from varde.tenancy import directory
from varde.tenancy.backend.base import close_pools
from varde.tenancy.cluster import drop_role
from varde.tenancy.door import OfficeRef, office
from varde.tenancy.fleet import connect

assert birth
assert close
assert order_merge
FIRST = "forste@ny.example"
NEW = {
    "number": "9977", "name": "Nykommune", "slug": "nykommune",
    "administrator_name": "Første Administrator", "administrator_email": FIRST,
}  # fmt: skip


def somebody(slug: str, role: Role, name: str = "en") -> Reader:
    """A person of an office with one role; another name is another person."""
    return Reader(ref(slug), uuid.uuid5(uuid.NAMESPACE_DNS, f"{slug} {name}"), name, frozenset({role}))


def region() -> Reader:
    return somebody("gjovikregionen", Role.HOST_ADMINISTRATOR)


def drift() -> Reader:
    return somebody("drift", Role.PLATFORM_OPERATOR)


@contextmanager
def acting(by: Reader) -> Iterator[Reader]:
    """In the reader's office, in a transaction that is committed, with its log."""
    with office(by.office), transaction.atomic(), trail() as rows, presented(by):
        yield by
        rows.flush()


def ask(by: Reader, kind: str = "create_kommune", **changed: Any) -> uuid.UUID:
    with acting(by):
        return actions.ask(kind=kind, content={**NEW, **changed} if kind == "create_kommune" else changed, by=by).id


def move(by: Reader, order_id: uuid.UUID, to: str, **told: Any) -> Placed:
    with acting(by):
        return actions.move(order_id=order_id, to=to, by=by, **told)


def approved(**changed: Any) -> uuid.UUID:
    """A kommune that the region asked for and drift said yes to."""
    order_id = ask(region(), **changed)
    move(drift(), order_id, "approved")
    return order_id


def state(order_id: uuid.UUID) -> str:
    return order_work.look(order_id).state


def work_off() -> int:
    """The provisioner, once; then what the tests of other rooms see of a newborn office."""
    _line_is_gone()
    done = order_work.work_off()
    ref.cache_clear()
    directory.forget()
    with connect() as owner:
        there = owner.execute("SELECT 1 FROM pg_namespace WHERE nspname ~ '_(9976|9977|9978)(_2)?$'").fetchone()
    if there:
        open_rows()
    return done


def _line_is_gone() -> None:
    """One that was killed: the database gives up what its line held only a moment after the line was closed."""
    with connect() as owner:
        owner.execute("SELECT pg_advisory_xact_lock(hashtextextended('varde provisioner', 0))")


_ROWS = (("post_key", "office_id"), ("registry_domain", "tenant_id"), ("registry_office", "id"))


@pytest.fixture
def newborns(house: None) -> Iterator[None]:
    """Every office that is born in the test is gone after it, with its files."""
    yield
    end_newborns()


def end_newborns() -> None:
    with connect() as owner:
        rows = owner.execute(
            "SELECT o.id, o.schema_name, o.login FROM registry_office o WHERE number IN ('9976', '9977', '9978')"
            " OR slug ~ '^ny'"
        ).fetchall()
        for office_id, schema, login in rows:
            owner.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))
            for role in (login, login.removesuffix("_login")):
                drop_role(owner, role)
            owner.execute("DELETE FROM merging_report WHERE office = %s", [office_id])
            owner.execute("DELETE FROM fleet.ledger WHERE schema = %s", [schema])
            for table, column in (
                ("post_key", "office_id"),
                ("registry_domain", "tenant_id"),
                ("registry_office", "id"),
            ):
                owner.execute(
                    sql.SQL("DELETE FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(column)),
                    [office_id],
                )
            owner.execute("DELETE FROM registry_lend WHERE %s IN (region, lender, borrower)", [office_id])
            owner.execute("DELETE FROM registry_standing WHERE kommune = %s OR region = %s", [office_id, office_id])
            ending.end_office(OfficeRef(office_id, "kommune", "", schema, login, "", "", None, False))
    directory.forget()
    ref.cache_clear()
    connection.close()
    close_pools()  # a line of a login that is gone would be given to the next one of the same name
