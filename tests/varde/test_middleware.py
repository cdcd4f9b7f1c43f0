"""The way of a request: hosts, one transaction, and a page that only reads."""

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory

from varde.audit.models import Entry
from varde.tenancy import middleware
from varde.tenancy.middleware import OneTransactionMiddleware, ReadOnlyRequest, only_reading, slug_of


@pytest.mark.parametrize(
    ("host", "slug"),
    [
        ("localhost:8000", ""),
        ("gjovik.localhost", "gjovik"),
        ("GJOVIK.localhost:80", "gjovik"),
        ("a.b.localhost", None),
        ("example.org", None),
        ("localhost.example.org", None),
    ],
)
def test_the_office_is_the_first_label_of_our_own_host(host, slug):
    assert slug_of(host) == slug


@pytest.mark.parametrize(
    "host", ["ukjent.localhost", "example.org", "127.0.0.1", "a b", "gjovik.localhost.evil.example"]
)
def test_an_unknown_host_is_404_with_the_same_bytes(house, host):
    answer = Client(HTTP_HOST=host).get("/")
    assert answer.status_code == 404
    assert answer.content == Client(HTTP_HOST="finnesikke.localhost").get("/saker").content


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.parametrize("host", ["localhost", "gjovik.localhost", "gjovikregionen.localhost", "drift.localhost"])
def test_every_office_tells_its_health(house, host, path):
    assert Client(HTTP_HOST=host).get(path).status_code == 200


def test_readyz_names_the_part_that_fails_and_nothing_more(house, monkeypatch):
    from varde.tenancy import health

    def broken() -> None:
        raise OSError("hemmelig detalj")

    monkeypatch.setitem(health._checks, "post", broken)
    answer = Client(HTTP_HOST="gjovik.localhost").get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["post"] == "feil"
    assert b"hemmelig" not in answer.content


def test_a_database_that_is_away_says_that_nothing_was_received(house, monkeypatch):
    def away(slug: str) -> None:
        raise OperationalError

    monkeypatch.setattr(middleware, "office_for_host", away)
    answer = Client(HTTP_HOST="gjovik.localhost").post("/meld/privat", {"what": "x"})
    assert answer.status_code == 503
    assert "IKKE mottatt" in answer.content.decode()


@pytest.mark.parametrize(
    "sql", ["UPDATE inbox_concern SET what = ''", "DELETE FROM inbox_concern", "WITH x AS (DELETE FROM a)"]
)
def test_a_page_that_only_reads_cannot_write(gjovik, sql):
    with connection.execute_wrapper(only_reading), connection.cursor() as cursor, pytest.raises(ReadOnlyRequest):
        cursor.execute(sql)


def answer_with(status: int, ref) -> None:
    def view(request):
        from varde.access import Reader
        from varde.audit.actions import Action, record

        record(by=Reader.for_purpose("intake", ref), action=Action.VIEW, what="test.page")
        return HttpResponse(status=status)

    request = RequestFactory().get("/")
    request.office = ref
    OneTransactionMiddleware(view)(request)


@pytest.mark.parametrize(("status", "rows"), [(200, 1), (404, 1), (403, 1), (500, 0)])
def test_the_log_is_written_with_every_answer_but_a_broken_one(house, status, rows):
    from tests.cast import TEST, ref
    from varde.tenancy.door import office
    from varde.tenancy.work import work

    with office(ref("gjovik")):
        answer_with(status, ref("gjovik"))
    with work(ref("gjovik"), TEST):
        assert Entry.objects.count() == rows


def refuse(ref, status: int) -> None:
    def view(request):
        from tests.cast import as_person
        from varde.access import Reader
        from varde.access.ticket import presented
        from varde.audit.actions import Action, record
        from varde.identity.actions import invite

        with presented(Reader.for_purpose("setup", ref)):
            invite(email="ny@example.org", name="Ny", roles=[], by=as_person("arne"))
        record(by=as_person("arne"), action=Action.VIEW, what="test.page")
        return HttpResponse(status=status)

    request = RequestFactory().post("/")
    request.office = ref
    OneTransactionMiddleware(view)(request)


@pytest.mark.parametrize(
    ("status", "people", "log"), [(303, 1, ["create", "view"]), (422, 0, ["view"]), (403, 0, ["view"])]
)
def test_a_refused_request_changes_nothing_but_was_seen(house, status, people, log):
    from tests.cast import TEST, ref
    from varde.identity.models import User
    from varde.tenancy.door import office
    from varde.tenancy.work import work

    with office(ref("gjovik")):
        refuse(ref("gjovik"), status)
    with work(ref("gjovik"), TEST):
        assert User.objects.count() == people
        assert sorted(Entry.objects.values_list("action", flat=True)) == log
