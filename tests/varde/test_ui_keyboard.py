"""Shortcuts: told on a page, only those that lead somewhere, and off where somebody says so (WCAG 2.1.4)."""

import pytest
from django.conf import settings

from tests.client import client_for
from varde.ui.hotkeys import COOKIE, PAGE

SCRIPT = "varde/keys.js"


def text_of(client, path=PAGE):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_names_the_keys_that_work_for_the_reader_and_no_others(gjovik):
    kari, arne = text_of(client_for("kari")), text_of(client_for("arne"))
    for words in ("Innboks", "Registrer bekymring", "I dag", "Søkefeltet på siden, ellers «Søk»"):
        assert f'data-label="Fører til">{words}<' in kari
        assert f'data-label="Fører til">{words}<' not in arne
    assert 'data-label="Fører til">Denne siden<' in arne


def test_the_keys_stand_on_links_that_the_page_has_anyway(gjovik):
    html = text_of(client_for("kari"), "/saker")
    for keys, path in (("g i", "/innboks"), ("g s", "/saker"), ("g d", "/start"), ("n", "/innboks/ny"), ("/", "/sok")):
        assert f'href="{path}" data-keys="{keys}"' in html
    assert f'href="{PAGE}" data-keys="?"' in html
    assert SCRIPT in html
    assert "data-keys" not in text_of(client_for("kari"), "/meld")


def test_they_are_turned_off_and_on_in_this_browser(gjovik):
    kari = client_for("kari")
    answer = kari.post(PAGE, {"hotkeys": "av"})
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    kept = answer.cookies[COOKIE]
    assert (kept.value, kept["httponly"], kept["samesite"], kept["domain"]) == ("av", True, "Lax", "")
    assert bool(kept["secure"]) == settings.SESSION_COOKIE_SECURE
    for path in (PAGE, "/saker"):
        html = text_of(kari, path)
        assert SCRIPT not in html
        assert "data-keys" not in html
        assert f'href="{PAGE}"' in html
    assert "Hurtigtastene er slått av. Ingen av tastene under virker." in text_of(kari)
    assert SCRIPT in text_of(client_for("tom"), "/saker")
    assert kari.post(PAGE, {"hotkeys": "pa"}).status_code == 303
    assert SCRIPT in text_of(kari, "/saker")


@pytest.mark.parametrize("sent", [{}, {"hotkeys": "kanskje"}])
def test_no_answer_is_said_and_changes_nothing(gjovik, sent):
    kari = client_for("kari")
    answer = kari.post(PAGE, sent)
    assert (answer.status_code, COOKIE in answer.cookies) == (422, False)
    assert "data-errors" in answer.content.decode()
