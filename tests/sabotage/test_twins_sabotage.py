"""Each of these takes a piece of the hiding away and shows that the comparison of worlds then finds a difference.

Red with the sabotage: tests/twins/test_twins.py (`test_every_address_answers_the_same` and the stories).
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from tenants.inbox import access, queries, views
from tenants.inbox.models import Concern
from tests.cast import ref
from tests.twins import test_kept_connection as kept
from tests.twins.asking import SWEEP, Ask
from tests.twins.people import SLUG, email_of
from tests.twins.worlds import Twins, twins
from varde.access import Reader, ticket
from varde.access.ticket import presented
from varde.identity.models import User
from varde.tenancy.backend import base
from varde.tenancy.fleet import connect

LISTS = [Ask("GET", "/innboks"), Ask("GET", "/saker"), Ask("POST", "/sok")]
ONE = [Ask("GET", "/innboks/<uuid:concern_id>", ("hidden.concern",))]


@contextmanager
def sabotaged(do: str, undo: str) -> Iterator[None]:
    """In Gjøvik's schema, as the owner of its tables, before the worlds are made."""
    with connect(autocommit=True) as owner:
        owner.execute(f'SET search_path = "{ref(SLUG).schema}"')
        owner.execute(do)
        try:
            yield
        finally:
            owner.execute(undo)


@pytest.fixture
def database(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def told_by(both: Twins, script: list[Ask], hiding: str = "not a member", outsider: str = "tom") -> set[str]:
    """The addresses that tell."""
    return {each.ask.path for each in both.compare(outsider, [hiding], script)}


@pytest.mark.parametrize(
    ("table", "tells"),
    [
        ("inbox_concern", "/innboks"),
        ("cases_case", "every table"),  # the list asks for near ones first (`matters_near`)
        ("triage_nextstep", "every table"),
        ("cases_note", "every table"),
    ],
)
def test_without_row_rights_on_one_table_it_tells(database, table, tells):
    off, on = (f"ALTER TABLE {table} {word} ROW LEVEL SECURITY" for word in ("DISABLE", "ENABLE"))
    with sabotaged(off, on), twins() as both:
        assert tells in told_by(both, LISTS)
    with twins() as both:
        assert not told_by(both, LISTS)


def test_with_403_for_what_is_hidden_it_tells(database, monkeypatch):
    def refusing(reader, concern_id):
        with presented(Reader.for_purpose("returns", reader.office)):
            there = Concern.objects.filter(id=concern_id).exists()
        try:
            return access.concern_for(reader, concern_id)
        except Exception:
            if there:
                raise PermissionDenied from None
            raise

    monkeypatch.setattr(views, "concern_for", refusing)
    with twins() as both:
        assert told_by(both, ONE) == {ONE[0].path}


def test_with_a_count_taken_as_a_purpose_it_tells(database, monkeypatch):
    def counted():
        with presented(Reader.for_purpose("returns", ref(SLUG))):
            return Concern.objects.count()

    monkeypatch.setattr(queries, "laid_aside", counted)
    with twins() as both:
        assert told_by(both, LISTS) == {"/innboks"}


def test_with_an_unsigned_reader_believed_it_tells(database):
    with connect() as owner:
        owner.execute(f'SET search_path = "{ref(SLUG).schema}"')
        (whole,) = owner.execute("SELECT pg_get_functiondef('access_user()'::regprocedure)").fetchone() or ("",)
    believing = (
        "CREATE OR REPLACE FUNCTION access_user() RETURNS uuid STABLE LANGUAGE sql AS $$ SELECT"
        " substring(current_setting('varde.reader', true) from '^user:([0-9a-f-]{36})')::uuid $$"
    )
    with sabotaged(believing, whole), twins() as both:
        assert told_by(both, LISTS) == {"a reader without a signature"}


def test_with_a_mail_to_the_whole_team_it_tells(database, monkeypatch):
    with twins() as both:
        monkeypatch.setattr(queries, "readers_of", lambda _concern: list(User.objects.filter(email=email_of("tom"))))
        assert told_by(both, [SWEEP], "covered and unopened") == {SWEEP.path}


def test_with_a_reader_kept_by_the_session_the_next_one_sees_the_last_ones(house, monkeypatch):
    """Red: test_kept_connection.test_two_users_alternate_on_one_connection. Three things have to go: the ticket's end
    with its transaction, its signature for this one alone, and the washing of a connection that comes back."""
    believing = (
        "CREATE OR REPLACE FUNCTION access_user() RETURNS uuid STABLE LANGUAGE sql AS $$ SELECT"
        " substring(current_setting('varde.reader', true) from '^user:([0-9a-f-]{36})')::uuid $$"
    )

    def for_the_session(reader):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('varde.reader', %s, false)", [ticket._signed(reader, ticket._here().name)]
            )

    with connect() as owner:
        owner.execute(f'SET search_path = "{ref(SLUG).schema}"')
        (whole,) = owner.execute("SELECT pg_get_functiondef('access_user()'::regprocedure)").fetchone() or ("",)
    monkeypatch.setattr(ticket, "_hand_over", for_the_session)
    monkeypatch.setattr(base, "_reset", lambda _connection: None)
    with sabotaged(believing, whole):
        _, mixed, _ = kept.alternate(monkeypatch, 5)
    assert mixed
