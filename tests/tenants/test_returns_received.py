"""The region's released figures in a kommune: kept as they came, the newest shown, withdrawn ones never."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from shared.contracts import ReleaseWithdrawn
from tenants.returns import received_handlers
from tenants.returns.received_models import ReceivedRelease, WithdrawnRelease
from tenants.returns.received_queries import received, tables_of
from tests.cast import ref, seen_as
from tests.client import client_for
from tests.offices import OTHER_REGION
from tests.tenants.people import text_of
from tests.tenants.released_here import GIVEN, arrives, from_region, letter, table
from tests.tenants.way import logged
from varde.access import Reader, Role
from varde.access.ticket import presented

PAGE = "/statistikk/regionen"


def withdrawn(number: int) -> None:
    by = Reader.for_purpose("post", ref("gjovik"))
    word = ReleaseWithdrawn(number=number, withdrawn_at=GIVEN + timedelta(days=40))
    with presented(by):
        received_handlers.keep_withdrawn(word, from_region(100 + number), by)


def test_what_the_region_gave_out_is_shown_as_it_stood(gjovik):
    arrives(letter())
    for reader in (client_for("kari"), client_for("tom"), client_for("arne", Role.LEADER)):
        shown = text_of(reader, PAGE)
        assert "utgivelse 4 av Gjøvikregionen" in shown
        assert "Tabell 2025H2" in shown
        assert "godkjent av Liv Lederteam" in shown
        assert "Saker som ble meldt inn for sent, er med." in shown
        assert "skjult av personvernhensyn" in shown
    assert logged("returns.release", "view", ReceivedRelease.objects.get().id)


def test_the_half_year_is_shown_first_for_a_quarter_tells_nothing_but_how_many(gjovik):
    arrives(letter(4, replace(table("2025Q3", "quarter"), questions=(), planned=()), table()))
    assert "Den utsattes kjønn" in text_of(client_for("kari"), PAGE)


def test_the_newest_by_number_is_shown_and_the_same_twice_is_kept_once(gjovik):
    arrives(letter(4, table(women=33)))
    arrives(letter(4, table(women=33)), from_region(99))
    arrives(letter(9, table(women=35), at=GIVEN - timedelta(days=1)))
    assert ReceivedRelease.objects.count() == 2
    with seen_as("kari") as by:
        found = received(by)
        release, newest = tables_of(found)["2025H2"]
    assert [one.number for one in found] == [9, 4]
    assert (release.number, newest.questions[0].lines[1].value) == (9, 35)


def test_the_newest_half_year_comes_first_also_when_an_older_one_is_given_out_again(gjovik):
    arrives(letter(4, table("2025H1", "half"), table("2025Q1", "quarter"), table("2025", "year"), table("2025H2")))
    arrives(letter(9, table("2025H1", "half")))
    page = client_for("kari").get(PAGE).content.decode()
    titles = ["Halvår", "Tabell 2025H2", "Tabell 2025H1", "År", "Kvartal", "Tabell 2025Q1"]
    places = [page.index(f">{one}<") if "Tabell" in one else page.index(f'label="{one}"') for one in titles]
    assert places == sorted(places)
    assert 'value="2025H2" selected' in page
    assert ", 2. halvår 2025, gitt ut" in page


def test_what_is_withdrawn_is_named_and_not_shown(gjovik):
    arrives(letter(4, table(women=33)))
    arrives(letter(9, table(women=35)))
    withdrawn(9)
    withdrawn(9)
    assert WithdrawnRelease.objects.count() == 1
    shown = text_of(client_for("kari"), PAGE)
    assert "Trukket tilbake 29.09.2026" in shown
    assert "utgivelse 4 av" in shown
    withdrawn(4)
    shown = text_of(client_for("kari"), PAGE)
    assert "gjelder lenger" in shown
    assert "33" not in shown.partition("<main")[2].partition("</main>")[0]
    assert client_for("kari").get(f"{PAGE}?tabell=2025H2").status_code == 404


def test_a_word_that_comes_before_its_release_holds(gjovik):
    withdrawn(4)
    arrives(letter(4))
    with seen_as("kari") as by:
        assert [one.tables for one in received(by)] == [()]


def test_nobody_else_than_the_region_can_send_it(gjovik):
    for sender in ("ostre-toten", OTHER_REGION):
        with pytest.raises(received_handlers.WrongSender):
            arrives(letter(), from_region(sender=sender))
    assert not ReceivedRelease.objects.exists()


def test_before_the_first_release_the_page_says_what_is_awaited(gjovik):
    shown = text_of(client_for("kari"), PAGE)
    assert "Regionen har ikke gitt ut noen tall ennå" in shown
    assert client_for("kari").get(f"{PAGE}?tabell=2025").status_code == 404


def test_nobody_here_lays_or_changes_a_release(gjovik):
    arrives(letter())
    row = ReceivedRelease.objects.get()
    row.pk, row.number = None, 77
    with seen_as("kari"):
        with pytest.raises(ProgrammingError), transaction.atomic():
            ReceivedRelease(
                region=row.region, region_name="x", number=78, period="2025H2", given_at=GIVEN, approved_by="x",
                content={"tables": []}, letter_id=row.letter_id,
            ).save(force_insert=True)  # fmt: skip
        with pytest.raises(ProgrammingError), transaction.atomic():
            ReceivedRelease.objects.update(number=1)
    with presented(Reader(office=gjovik)):
        assert not ReceivedRelease.objects.exists()
