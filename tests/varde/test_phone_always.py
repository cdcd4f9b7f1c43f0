"""Whoever is told to ring is shown a number, also when nothing else works."""

from collections.abc import Callable

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from varde.tenancy import directory, pages
from varde.tenancy.door import OfficeRef
from varde.ui import errors

TOO_LARGE = RequestDataTooBig()
NATIONAL = ("112", "113", "116 117")
PAGES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "400": lambda request: errors.bad_request(request),
    "413": lambda request: errors.bad_request(request, TOO_LARGE),
    "500": lambda request: errors.broken(request),
    "csrf": lambda request: errors.csrf_failure(request),
    "503": lambda request: pages.out_of_order(request),
}
OWN = "61 18 95 00"


@pytest.fixture
def asked(gjovik: OfficeRef, monkeypatch: pytest.MonkeyPatch) -> HttpRequest:
    """A form sent to an office whose phone this process has shown, long ago."""
    monkeypatch.setitem(directory._facts, gjovik.id, (0.0, {"phone": OWN}))
    request = RequestFactory().post("/meld/privat")
    request.office = gjovik  # type: ignore[attr-defined]
    return request


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_the_national_numbers_are_there_without_an_office(name: str) -> None:
    request = RequestFactory().post("/meld/privat")
    text = text_of(PAGES[name](request))
    assert all(number in text for number in NATIONAL)
    assert "Ring oss" not in text


@pytest.mark.parametrize("name", PAGES)
def test_the_offices_own_phone_is_there_and_no_query_is_asked(asked: HttpRequest, name: str) -> None:
    def refused(*args: object) -> None:
        raise AssertionError("an error page asked the database")

    with connection.execute_wrapper(refused):
        text = text_of(PAGES[name](asked))
    assert all(number in text for number in (*NATIONAL, OWN))
    assert 'href="tel:' in text


@pytest.mark.parametrize("name", PAGES)
def test_an_office_that_is_not_remembered_or_has_no_phone_shows_none(asked: HttpRequest, name: str) -> None:
    for facts in ({}, {"phone": None}, {"phone": ""}):
        directory._facts[asked.office.id] = (0.0, facts)  # type: ignore[attr-defined]
        assert "Ring oss" not in text_of(PAGES[name](asked))
    directory.forget()
    assert "Ring oss" not in text_of(PAGES[name](asked))


def test_what_is_not_there_says_the_same_at_every_office(asked: HttpRequest) -> None:
    assert errors.not_found(asked).content == errors.not_found(RequestFactory().get("/")).content
    assert OWN not in text_of(errors.forbidden(asked))


def test_a_phone_is_written_out_as_text(asked: HttpRequest) -> None:
    directory._facts[asked.office.id] = (0.0, {"phone": '"<b>61'})  # type: ignore[attr-defined]
    for show in PAGES.values():
        assert "<b>" not in text_of(show(asked))


def test_after_the_form_was_shown_a_dead_database_leaves_the_phone_on_the_page(
    house: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way: one page read, then the database goes away in the middle of a form."""
    from tenants.inbox import views_public

    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError

    client = Client(HTTP_HOST="gjovik.localhost", raise_request_exception=False)
    assert client.get("/meld/privat").status_code == 200
    phone = next(facts["phone"] for _, facts in directory._facts.values() if facts.get("phone"))
    monkeypatch.setattr(views_public, "page", away)
    answer = client.post("/meld/privat", {"what": ""})
    assert answer.status_code == 503
    assert phone in answer.content.decode()
