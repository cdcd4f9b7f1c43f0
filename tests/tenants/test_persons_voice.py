"""The person's own voice, the first contact, and warnings to those who visit."""

import uuid

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.inbox.actions import move
from tenants.persons import queries
from tenants.persons.spoken import ContactPlan, SafetyWarning, VoiceEntry
from tenants.persons.spoken_actions import Told, end_warning, plan_contact, warn, write_voice
from tenants.persons.voice import NOT_ASKED, REFUSED_DANGER, Contact, Said
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from tests.tenants.people import card_in, stored, text_of
from tests.tenants.test_hidden import deny
from varde.privacy.actions import destroy
from varde.refusal import Refused
from varde.ui.gone import GONE

NOBODY = "00000000-0000-4000-8000-00000000dead"

TABLES = ("persons_voice", "persons_contactplan", "persons_warning")
SECRET = "Hun vil bo hos søsteren"
PLAN = {
    "who": "Fru Hansen i hjemmetjenesten", "where": "På biblioteket", "safe_how": "Når han er på jobb",
    "if_refused": "Spør igjen om en uke", "state": "planned", "follow_up": "", "plan": "1",
}  # fmt: skip


def said(**changes: str) -> dict[str, str]:
    """An entry as it is typed."""
    given = {
        "stage": "start", "words": "own", "wants": SECRET, "consent": "yes", "capacity": "yes", "said": "1",
        "safe_contact": "SMS før kl. 14", "not_on_voicemail": "Hvem som ringer", "interpreter": "tigrinja",
    }  # fmt: skip
    return given | changes


def danger(**changes: str) -> dict[str, str]:
    """A warning as it is typed."""
    day = way.in_hours(24 * 30).date().isoformat()
    return {
        "kind": "dog", "text": "Løs schæfer i hagen", "place": "Solbakken gård", "ground": "Sett i mai",
        "review_on": day,
    } | changes  # fmt: skip


def every_page(case) -> list[str]:
    """The two pages of a matter."""
    return [f"/innboks/{case.concern_id}", f"/saker/{case.id}"]


# --- the voice --------------------------------------------------------------------------------------------------


def test_the_pages_say_so_until_somebody_has_asked_the_person(gjovik):
    kari, case = client_for("kari"), way.case()
    for address in every_page(case):
        assert NOT_ASKED in text_of(kari, address)
    home = f"/innboks/{case.concern_id}/stemme"
    assert kari.post(home, said(words="other", wants="Mor tror hun vil flytte")).status_code == 303
    assert NOT_ASKED in text_of(kari, f"/saker/{case.id}")
    assert kari.post(home, said()).status_code == 303
    for address in every_page(case):
        page = text_of(kari, address)
        assert NOT_ASKED not in page
        for text in (SECRET, "Personens egne ord", "Skrevet av Kari Koordinator", "SMS før kl. 14", "tigrinja"):
            assert text in page
    assert way.logged("persons.voice", "create", case.concern_id)


def test_the_voice_goes_through_the_whole_matter_to_did_it_help(gjovik):
    kari, case = client_for("kari"), way.case()
    home = f"/innboks/{case.concern_id}/stemme"
    kari.post(home, said())
    kari.post(home, said(stage="underway", words="retold", wants="Vil ha egen nøkkel"))
    ended = said(stage="end", wants="", helped="partly", helped_words="Jeg sover igjen")
    assert kari.post(home, ended).status_code == 303
    page = text_of(kari, home)
    for text in (SECRET, "egen nøkkel", "Jeg sover igjen", "Delvis", "Underveis", "Slutt"):
        assert text in page
    assert [entry.stage for entry in queries.voice_of(case.concern)] == ["start", "underway", "end"]


def test_several_exposed_each_have_their_voice(gjovik):
    kari, concern = client_for("kari"), way.opened()
    card_in(concern)
    eva = card_in(concern, name="Eva Utsatt")
    kari.post(f"/innboks/{concern.id}/stemme", said(person=str(eva.id)))
    assert "Start · Eva Utsatt" in text_of(kari, f"/innboks/{concern.id}/stemme")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"consent": "no"}, "Skriv hvorfor det ikke foreligger samtykke"),
        ({"words": "none", "consent": "yes"}, "verken sagt ja eller nei"),
        ({"wants": ""}, "Skriv hva personen har sagt"),
        ({"helped": "yes"}, "hører til slutten"),
        ({"person": NOBODY}, "Velg en person i denne saken"),
    ],
)
def test_what_does_not_hang_together_has_a_sentence_and_nothing_is_lost(gjovik, changes, sentence):
    kari, concern = client_for("kari"), way.opened()
    response = kari.post(f"/innboks/{concern.id}/stemme", said(supporter="Fru Hansen") | changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Fru Hansen" in page
    assert not VoiceEntry.objects.exists()


def test_what_was_said_is_never_rewritten(gjovik):
    concern = way.opened()
    write_voice(concern=concern, person=None, stage="start", said=Said("own", SECRET), by=as_person("kari"))
    for statement in ("UPDATE persons_voice SET asked = false", "DELETE FROM persons_voice"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


# --- the first contact ------------------------------------------------------------------------------------------


def test_a_first_contact_is_planned_and_a_refusal_with_danger_says_what_follows(gjovik):
    kari, case = client_for("kari"), way.case()
    home = f"/innboks/{case.concern_id}/stemme"
    assert kari.post(home, PLAN).status_code == 303
    assert REFUSED_DANGER not in text_of(kari, f"/saker/{case.id}")
    refused = kari.post(home, PLAN | {"state": "refused_danger"})
    assert refused.status_code == 422
    assert "Skriv hva dere gjør når personen takker nei" in refused.content.decode()
    assert kari.post(home, PLAN | {"state": "refused_danger", "follow_up": "Ring søsteren"}).status_code == 303
    for address in (home, *every_page(case)):
        page = text_of(kari, address)
        assert REFUSED_DANGER in page
        assert "Ring søsteren" in page
    assert ContactPlan.objects.count() == 2
    assert "Tidligere planer" in text_of(kari, home)


# --- warnings ---------------------------------------------------------------------------------------------------


def test_a_warning_stands_on_top_of_everything_until_it_is_ended_with_a_reason(gjovik):
    kari, case = client_for("kari"), way.case()
    person = card_in(case.concern)
    home = f"/innboks/{case.concern_id}/advarsler"
    assert kari.post(home, danger()).status_code == 303
    pages = [*every_page(case), f"/personer/{person.id}", f"/innboks/{case.concern_id}/personer"]
    for address in pages:
        page = text_of(kari, address)
        assert page.index("Løs schæfer") < page.index('<h2 class="ds-heading" data-size="sm">'), address
    warning = SafetyWarning.objects.get()
    end = f"{home}/{warning.id}/avslutt"
    assert kari.post(end, {"reason": ""}).status_code == 422
    assert kari.post(end, {"reason": "Hunden er omplassert"}).status_code == 303
    for address in pages:
        assert "Løs schæfer" not in text_of(kari, address)
    page = text_of(kari, home)
    assert "Hunden er omplassert" in page
    assert "Kari Koordinator" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"place": ""}, "Velg en person, eller skriv stedet"),
        ({"review_on": "2020-01-01"}, "Datoen er passert"),
        ({"review_on": "2099-01-01"}, "innen et år"),
        ({"text": ""}, "Løs"),
    ],
)
def test_a_warning_that_lacks_something_is_told_so(gjovik, changes, sentence):
    kari, concern = client_for("kari"), way.opened()
    response = kari.post(f"/innboks/{concern.id}/advarsler", danger() | changes)
    assert response.status_code == 422
    assert sentence in response.content.decode() or not changes.get("text", "x")
    assert "Solbakken gård" in response.content.decode() or not changes.get("place", "x")
    assert not SafetyWarning.objects.exists()


def test_two_end_a_warning_at_once_and_the_second_is_told(gjovik):
    concern = way.opened()
    told = Told("weapon", "Hagle", way.in_hours(48).date(), None, "Hytta ved vannet")
    warning = warn(concern=concern, told=told, by=as_person("kari"))
    end_warning(warning=warning, reason="Levert inn", by=as_person("kari"))
    with pytest.raises(Refused, match=r"alt avsluttet.*Kari Koordinator"):
        end_warning(warning=warning, reason="Levert inn", by=as_person("tom"))


def test_a_warning_may_be_ended_after_the_matter_but_not_made(gjovik):
    concern = way.opened()
    told = Told("dog", "Hund", way.in_hours(48).date(), None, "Solbakken gård")
    warning = warn(concern=concern, told=told, by=as_person("kari"))
    move(concern=concern, to="in_progress", by=as_person("kari"))
    move(concern=concern, to="closed", by=as_person("kari"))
    end_warning(warning=warning, reason="Død", by=as_person("kari"))
    with pytest.raises(Refused, match="Gjenåpne den"):
        warn(concern=concern, told=told, by=as_person("kari"))


def test_a_late_review_is_said(gjovik):
    kari, concern = client_for("kari"), way.opened()
    told = Told("dog", "Hund", way.in_hours(-72).date(), None, "Solbakken gård")
    warn(concern=concern, told=told, by=as_person("kari"))
    assert "Skulle vært sett på igjen" in text_of(kari, f"/innboks/{concern.id}")


def test_a_warning_of_another_matter_is_not_ended_here(gjovik):
    kari, concern = client_for("kari"), way.opened()
    told = Told("dog", "Hund", way.in_hours(48).date(), None, "Solbakken gård")
    elsewhere = warn(concern=way.opened(), told=told, by=as_person("kari"))
    address = f"/innboks/{concern.id}/advarsler/{elsewhere.id}/avslutt"
    assert kari.post(address, {"reason": "x"}).status_code == 404
    assert way.logged("persons.warning", "denied", elsewhere.id)


# --- all of it --------------------------------------------------------------------------------------------------


def full():
    """A case with a voice, a plan and a warning."""
    case, kari = way.case(), as_person("kari")
    write_voice(concern=case.concern, person=None, stage="start", said=Said("own", SECRET), by=kari)
    plan_contact(concern=case.concern, contact=Contact(SECRET, SECRET, SECRET, SECRET), by=kari)
    told = Told("infection", SECRET, way.in_hours(48).date(), None, SECRET)
    warn(concern=case.concern, told=told, by=kari)
    return case


def test_it_is_there_for_those_who_see_the_matter_and_nobody_else(gjovik):
    case = full()
    deny(case.concern, "tom")
    for name, there in (("kari", 1), ("tom", 0)):
        with seen_as(name):
            assert [model.objects.count() for model in (VoiceEntry, ContactPlan, SafetyWarning)] == [there] * 3
    tom = client_for("tom")
    with seen_as("tom"):
        for end in ("personer", "stemme", "advarsler"):
            hidden = tom.get(f"/innboks/{case.concern_id}/{end}")
            absent = tom.get(f"/innboks/{uuid.uuid4()}/{end}")
            assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_a_copy_of_the_tables_holds_nothing_of_what_was_said(gjovik):
    full()
    copy = stored(*TABLES)
    assert "Kari Koordinator" in copy
    for text in (SECRET, "infection", "own"):
        assert f'"{text}"' not in copy
        assert text.encode().hex() not in copy


def test_a_destroyed_key_leaves_the_sentence(gjovik):
    kari, case = client_for("kari"), full()
    destroy(matter_id=case.concern_id, by=as_person("kari"))
    forget_keys()
    for address in (*every_page(case), f"/innboks/{case.concern_id}/stemme", f"/innboks/{case.concern_id}/advarsler"):
        page = text_of(kari, address)
        assert GONE in page
        assert SECRET not in page
    response = kari.post(f"/innboks/{case.concern_id}/stemme", said())
    assert response.status_code == 422
    assert "slettet for godt" in response.content.decode()


def test_a_closed_matter_takes_nothing_new_and_says_so(gjovik):
    kari, case = client_for("kari"), full()
    move(concern=case.concern, to="closed", by=as_person("kari"))
    for end, typed in (("stemme", said()), ("stemme", PLAN), ("advarsler", danger())):
        address = f"/innboks/{case.concern_id}/{end}"
        assert "Gjenåpne den først" in text_of(kari, address)
        assert kari.post(address, typed).status_code == 422
