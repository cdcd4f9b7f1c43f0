"""«Slik når dere personen trygt»: what holds now of each person, on every page from which somebody rings."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.safe_ways import as_told, from_told
from tenants.inbox import callbacks_actions, safe, safe_queries
from tenants.inbox.actions import open_concern, receive
from tenants.inbox.callbacks_actions import Plan
from tenants.inbox.models import Concern
from tenants.inbox.safe import EXPOSED, LABELS, Piece, gather
from tenants.inbox.told import Told
from tenants.persons.actions import merge
from tenants.persons.spoken_actions import write_voice
from tenants.persons.voice import Said
from tests.cast import as_person, ref
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import ADDRESS, card_in, text_of
from varde.access import Reader

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
TITLE = "Slik når dere personen trygt"
OF_REPORTER, UNCLEAR = "Slik når dere melderen", "Uklart om det gjelder melderen eller personen. Spør."


def says(concern, person=None, **said):
    write_voice(concern=concern, person=person, stage="start", said=Said("own", "Ro", **said), by=as_person("kari"))


def value_of(html, name):
    """What stands in a field of the page, of one line or of several."""
    one = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)
    many = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\s*(.*?)</textarea>', html, re.DOTALL)
    found = re.search(r'value="([^"]*)"', one[0]) if one else None
    return (found[1] if found else "") if one else (many[1] if many else None)


# --- what holds now, as one pure rule ----------------------------------------------------------------------------
PIECES = st.lists(
    st.builds(
        Piece, st.sampled_from(["Eva", "Ola"]), st.integers(0, 5).map(lambda hours: START + timedelta(hours=hours)),
        st.dictionaries(st.sampled_from([*LABELS]), st.sampled_from(["", " ", "en", "to"])),
        st.sampled_from(["", "card-1", "card-2"]),
    ),
    max_size=6, unique_by=lambda piece: piece.at,
)  # fmt: skip


@given(PIECES)
def test_the_newest_word_of_each_thing_stands_and_no_word_of_a_card_is_another_cards(pieces):
    found = {each.key: each for each in gather(pieces)}
    for key in ("card-1", "card-2"):
        own = sorted((piece for piece in pieces if piece.key == key), key=lambda piece: piece.at)
        for name in LABELS:
            texts = [piece.said[name] for piece in own if piece.said.get(name, "").strip()]
            if texts and not any(piece.key == "" for piece in pieces):
                assert found[key].said[name] == texts[-1]
    assert all(text.strip() for each in found.values() for text in each.said.values())


def test_a_mere_name_is_the_card_of_that_name_only_when_there_is_one():
    named = Piece(" eva  UTSATT", START + timedelta(hours=1), {"listening": "Sønnen"})
    one = Piece("Eva Utsatt", START, {"safe_ways": "SMS"}, "card-1")
    (alone,) = gather([one, named])
    assert (alone.key, alone.said) == ("card-1", {"safe_ways": "SMS", "listening": "Sønnen"})
    other = Piece("Eva Utsatt", START, {}, "card-2")
    assert [each.said for each in gather([one, other, named])] == [{"safe_ways": "SMS"}, {}, {"listening": "Sønnen"}]


def test_what_is_put_together_for_a_concern_comes_apart_again():
    text = as_told("Før 12\nSMS først", "Sønnen\nog naboen", "somali")
    assert from_told(text) == {
        "safe_ways": "Før 12\nSMS først",
        "listening": "Sønnen og naboen",
        "interpreter": "somali",
    }
    assert from_told("Bare mellom ti og tolv") == {"safe_ways": "Bare mellom ti og tolv"}
    assert from_told("") == {"safe_ways": ""}


# --- on the pages ------------------------------------------------------------------------------------------------
def told_concern(**words):
    got = receive(told=Told(reporter_kind="privat", what="Uro", **words), channel="web",
                  by=Reader.for_purpose("intake", ref("gjovik")))  # fmt: skip
    way.person("kari")
    return open_concern(concern=Concern.objects.get(id=got.concern_id), by=as_person("kari"))


def test_an_old_word_never_scrolls_away_and_stands_first_on_every_page_from_which_somebody_rings(gjovik):
    case = way.case("kari", concern=told_concern(safe_contact="Naboen kan ringes når som helst"))
    concern, kari = case.concern, client_for("kari")
    eva = card_in(concern, name="Eva Utsatt", phone="61 18 95 00")
    says(concern, eva, not_on_voicemail="Aldri på svarer", interpreter="tigrinja", guardian="Fru Verge",
         not_safe="Etter kl. 16", safe_with="Søsteren Mona", listening="Mannen", safe_contact="SMS")  # fmt: skip
    for number in range(4):
        says(concern, eva, safe_contact=f"Ring mandag {number}")
    row = callbacks_actions.plan(
        plan=Plan("Eva Utsatt", "61 18 95 00", way.in_hours(3), way.person("kari")), concern=concern,
        by=as_person("kari"),
    )  # fmt: skip
    old = ("Aldri på svarer", "tigrinja", "Fru Verge", "Etter kl. 16", "Søsteren Mona", "Mannen",
           "Ring mandag 3")  # fmt: skip
    for address in (f"/innboks/{concern.id}", f"/saker/{case.id}", f"/saker/{case.id}/steg",
                    f"/innboks/ring-tilbake/{row.id}", f"/innboks/{concern.id}/ring-tilbake",
                    f"/innboks/{concern.id}/stemme"):  # fmt: skip
        html = text_of(kari, address)
        top = html[html.index(TITLE) :].split("</section>")[0]
        assert all(words in top for words in old), address
        reporter = html[html.index(OF_REPORTER) :].split("</section>")[0]
        assert "Naboen kan ringes når som helst" in reporter
        assert "Naboen" not in top, address
        assert "Ring mandag 2" not in top
    for address in (f"/innboks/{concern.id}", f"/saker/{case.id}"):
        html = text_of(kari, address)
        assert html.index(TITLE) < html.index("slik den ")


def test_what_was_told_of_the_exposed_is_the_cards_when_there_is_one_and_never_the_reporters(gjovik):
    concern = told_concern(safe_person="Når han er på arbeid", safe_contact="Etter kl. 17")
    kari, page = client_for("kari"), f"/innboks/{concern.id}"
    for whose in ("Den utsatte", "Eva Utsatt"):
        if whose == "Eva Utsatt":
            card_in(concern, name=whose)
        html = text_of(kari, page)
        person, reporter = (html[html.index(title) :].split("</section>")[0] for title in (TITLE, OF_REPORTER))
        assert all(words in person for words in (whose, "Når han er på arbeid"))
        assert "Etter kl. 17" in reporter
        assert "Etter kl. 17" not in person
        assert UNCLEAR not in html
        form = text_of(kari, f"{page}/ring-tilbake")
        assert (value_of(form, "safe_ways"), value_of(form, "who")) == ("Når han er på arbeid", whose)


def test_a_protected_address_in_what_was_told_of_safe_contact_stands_on_no_page(gjovik):
    concern, kari = told_concern(safe_person=ADDRESS), client_for("kari")
    assert ADDRESS in text_of(kari, f"/innboks/{concern.id}")
    card_in(concern, name="Eva Utsatt", address=ADDRESS, protection="strict")
    for page in (f"/innboks/{concern.id}", f"/innboks/{concern.id}/ring-tilbake", f"/innboks/{concern.id}/stemme"):
        assert ADDRESS not in text_of(kari, page)


def test_of_one_that_came_before_the_two_were_asked_apart_nobody_guesses_whom_it_speaks_of(gjovik):
    concern, kari = told_concern(safe_contact="Etter kl. 17", safe_apart=False), client_for("kari")
    html = text_of(kari, f"/innboks/{concern.id}")
    assert "Etter kl. 17" in html[html.index(UNCLEAR) :].split("</section>")[0]
    assert TITLE not in html
    assert OF_REPORTER not in html
    assert value_of(text_of(kari, f"/innboks/{concern.id}/ring-tilbake"), "safe_ways") == ""


def test_both_forms_begin_with_what_holds_and_a_field_that_is_left_alone_is_not_lost(gjovik):
    concern, kari = way.opened(), client_for("kari")
    eva = card_in(concern, name="Eva Utsatt", phone="61 18 95 00")
    says(concern, None, safe_contact="SMS før kl. 14", not_on_voicemail="Hvem som ringer", interpreter="tigrinja",
         listening="Mannen", guardian="Fru Verge", not_safe="Kvelden")  # fmt: skip
    voice = text_of(kari, f"/innboks/{concern.id}/stemme")
    wanted = {"safe_contact": "SMS før kl. 14", "not_on_voicemail": "Hvem som ringer", "interpreter": "tigrinja",
              "listening": "Mannen", "guardian": "Fru Verge", "not_safe": "Kvelden"}  # fmt: skip
    assert {name: value_of(voice, name) for name in wanted} == wanted
    assert value_of(voice, "wants") == ""
    call = text_of(kari, f"/innboks/{concern.id}/ring-tilbake")
    wanted = {"who": "Eva Utsatt", "phone": "61 18 95 00", "not_on_voicemail": "Hvem som ringer",
              "listening": "Mannen", "interpreter": "tigrinja",
              "safe_ways": "SMS før kl. 14\nIkke trygt: Kvelden"}  # fmt: skip
    assert {name: value_of(call, name) for name in wanted} == wanted
    other = text_of(kari, f"/innboks/{concern.id}/ring-tilbake?hvem=annen")
    assert {name: value_of(other, name) for name in ("who", "phone", "safe_ways")} == dict.fromkeys(
        ("who", "phone", "safe_ways"), ""
    )
    assert eva.id is not None


def test_of_two_people_nothing_of_one_is_filled_in_for_the_other(gjovik):
    concern, kari = way.opened(), client_for("kari")
    eva, ola = card_in(concern, name="Eva Utsatt"), card_in(concern, name="Ola Utsatt")
    says(concern, eva, safe_contact="Evas SMS")
    says(concern, ola, safe_contact="Olas jobb")
    for form in ("stemme", "ring-tilbake"):
        html = text_of(kari, f"/innboks/{concern.id}/{form}")
        name = "safe_contact" if form == "stemme" else "safe_ways"
        assert value_of(html, name) == ""
    home = f"/innboks/{concern.id}/stemme"
    assert f'href="{home}?gjelder={ola.id}"' in text_of(kari, home)
    mine = text_of(kari, f"{home}?gjelder={ola.id}")
    assert value_of(mine, "safe_contact") == "Olas jobb"
    assert f'value="{ola.id}" selected' in mine
    assert value_of(text_of(kari, f"/innboks/{concern.id}/ring-tilbake?hvem={eva.id}"), "safe_ways") == "Evas SMS"
    merge(keep=eva, other=ola, by=as_person("kari"))
    (one,) = [each for each in safe_queries.of_matter(concern) if each.is_card]
    assert one.said["safe_ways"] == "Olas jobb"


@pytest.mark.parametrize("progress", ["received", "opened"])
def test_nothing_is_said_where_nothing_is_known_or_nobody_has_opened_it(gjovik, progress):
    concern = way.received() if progress == "received" else way.opened()
    assert TITLE not in text_of(client_for("kari"), f"/innboks/{concern.id}")


def test_what_stands_at_the_top_is_not_said_once_more_in_the_newest_words_of_the_person(gjovik):
    case, kari = way.case("kari"), client_for("kari")
    says(case.concern, None, supporter="Datteren Berit", safe_contact="SMS før kl. 14")
    html = kari.get(f"/saker/{case.id}").content.decode()
    assert html.count("SMS før kl. 14") == 1
    assert html.index("SMS før kl. 14") < html.index("Datteren Berit")
    assert "SMS før kl. 14" in kari.get(f"/innboks/{case.concern_id}/stemme").content.decode()


def test_it_is_hidden_with_the_matter(gjovik):
    case = way.case("kari")
    says(case.concern, None, safe_contact="SMS før kl. 14")
    row = callbacks_actions.plan(
        plan=Plan("Eva", "61 18 95 00", way.in_hours(3), way.person("kari"), "Bare SMS"), concern=case.concern,
        by=as_person("kari"),
    )  # fmt: skip
    tom = client_for("tom")
    for address in (f"/innboks/{case.concern_id}", f"/innboks/ring-tilbake/{row.id}", f"/saker/{case.id}/steg"):
        assert tom.get(address).status_code == 404


def test_a_voice_of_nobody_in_particular_is_the_exposed_ones():
    (one,) = gather([Piece("Den utsatte", START, {"interpreter": "somali"}, EXPOSED)])
    assert one.is_card
    assert [line[:2] for line in one.lines] == [("Tolk", "somali")]
    assert safe.WHOSE[EXPOSED] == one.whose
