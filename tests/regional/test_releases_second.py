"""The second person is told that something waits, sees all that they say yes to, and finds what is asked for."""

from django.core import mail

from regional.releases.by_command import table_for_period
from shared.codes.periods import parse
from tests.cast import TEST, ref
from tests.client import text
from tests.regional.release_pages import HERE, close, draft, send_form, wish_in
from tests.regional.release_pages import sara as sara
from tests.regional.release_pages import stine as stine
from tests.regional.released import H1, REGION, asks, everybody_sends, person, wish_of, works
from varde.tenancy.work import work


def test_the_others_are_told_by_mail_that_something_waits_and_never_what(stine, sara):
    everybody_sends(H1)
    close(stine)
    assert mail.outbox == []
    draft(stine)
    assert [each.to for each in mail.outbox] == [["sara@region.example"]]
    assert "1. halvår" not in mail.outbox[0].body
    assert "36" not in mail.outbox[0].body


def test_whoever_says_yes_has_every_table_on_the_page(stine, sara):
    everybody_sends(H1)
    close(stine)
    url = draft(stine)
    with work(ref(REGION), TEST):
        made = wish_of(url.rpartition("/")[2]).made
    tables = made["copy"]["tables"]
    page = sara.get(url)
    said = text(page)
    assert len(tables) > 1
    assert f"{len(tables)} tabeller blir gitt ut" in said
    for number, table in enumerate(tables, 1):
        assert f"Tabell {number} av {len(tables)}: {table['label']}" in said
        assert f'id="tall-alt{number}"' in page.content.decode()
        for question in table["questions"]:
            assert f'id="sporsmal-{question["key"]}{number}"' in page.content.decode()
    assert "i alle tabellene" in said


def test_what_is_asked_for_and_waits_stands_on_the_page_where_it_is_asked_for(stine, sara):
    everybody_sends(H1)
    close(stine)
    before = text(sara.get(f"{HERE}/regel"))
    assert "Dette er alt bedt om" not in before
    wish_in(send_form(stine, f"{HERE}/regel", threshold="6", coalition="1", min_contributors="3"))
    assert "Dette er alt bedt om" in text(sara.get(f"{HERE}/regel"))
    works()
    waits = text(sara.get(f"{HERE}/regel"))
    assert "Ny regel for skjerming , bedt om av Stine. Venter på at en annen godkjenner." in waits
    assert "Dette er alt bedt om" not in text(sara.get(f"{HERE}/etterretning"))
    wish = asks("settled", {"because": "Kontrollen i natt."})
    assert wish
    assert "Dette er alt bedt om" in text(sara.get(f"{HERE}/etterretning"))


def test_the_command_asks_nobody(house):
    everybody_sends(H1)
    with person("sara"):
        pass
    table_for_period(ref(REGION), parse(H1))
    assert mail.outbox == []
