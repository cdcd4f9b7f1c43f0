"""The kommune walks the steps: what it says, the pages that follow, the test, the letter and the opening."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.utils import DatabaseError

from shared.codes.starting import by_code
from shared.registry.facts_actions import Facts, own_facts, say_facts
from shared.registry.models import OwnFacts
from shared.registry.queries import facts
from tenants.inbox.returned_models import Trial
from tenants.starting import actions, queries
from tenants.starting.models import Document, Said
from tenants.team.models import TeamMember
from tests.cast import inside, ref
from tests.client import OfficeClient, anonymous, log_in
from varde.access import Reader, Role
from varde.audit.models import Entry
from varde.clock import now
from varde.identity.models import User
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of

SLUG = "vestre-toten"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LOOKS = {
    "theme": "skog", "ordinary_name": "Servicetorget", "ordinary_phone": "61153300", "ordinary_url": "",
    "accessibility_url": "https://uustatus.no/nb/erklaringer/publisert/1", "seen_page": "on",
}  # fmt: skip


@pytest.fixture
def anne(django_db_setup: None, django_db_blocker: Any) -> Iterator[OfficeClient]:
    """Anne administers Vestre Toten, which has no team yet; everything is rolled back."""
    with django_db_blocker.unblock(), inside(SLUG):
        yield log_in(SLUG, "anne@vestre-toten.example", "Anne Administrator", Role.ADMINISTRATOR)


def as_anne(client: OfficeClient) -> Reader:
    assert client.person is not None
    return Reader(
        office=ref(SLUG), user_id=client.person.pk, name=client.person.name, roles=frozenset({Role.ADMINISTRATOR})
    )


def state(client: OfficeClient, code: str) -> str:
    return next(one.state for one in queries.standing(as_anne(client)) if one.step.code == code)


def team(size: int = 3) -> None:
    """A coordinator and others, each from a service."""
    for number in range(size):
        role = Role.TEAM_MEMBER if number else Role.COORDINATOR
        person = log_in(SLUG, f"person{number}@vestre-toten.example", f"Person {number}", role).person
        TeamMember(user=User.objects.get(pk=person.pk), service=f"Tjeneste {number}", since=date(2026, 1, 1)).save(
            force_insert=True
        )


def trial_opened() -> None:
    moment = now()
    Trial(
        letter_id=ref(SLUG).id, reference="P-1", origin=ref("gjovikregionen").id, at=moment, opened_at=moment,
        opened_by_name="Person 1",
    ).save(force_insert=True)  # fmt: skip


def decide(client: OfficeClient) -> None:
    upload = SimpleUploadedFile("vedtak 34-26.pdf", PDF)
    assert client.post("/oppstart/steg/decision/dokument", {"file": upload}).status_code == 303
    told = {"gjort": "1", "text": "Kommunestyret, sak 34/26", "day": "2026-10-01", "seen": ""}
    assert client.post("/oppstart/steg/decision", told).status_code == 303


def ready(client: OfficeClient) -> None:
    """Everything that must be done before the phone opens."""
    team()
    decide(client)
    assert client.post("/oppstart/siden", LOOKS).status_code == 303
    assert (
        client.post("/oppstart/telefon", {"phone": "61 15 33 01", "phone_hours": "Hverdager 9–14"}).status_code == 303
    )
    no_rota(client)
    trial_opened()


def no_rota(client: OfficeClient) -> None:
    actions.say(step=by_code()["rota"], state="not_relevant", text="Vakttelefonen svarer for oss.", by=as_anne(client))


def test_the_page_says_the_next_step_and_leads_to_it(anne):
    page = anne.get("/oppstart").content.decode()
    assert "Neste steg: Vedtak om å starte med TryggEst" in page
    assert 'href="/oppstart/steg/decision"' in page
    decide(anne)
    assert "Neste steg: Koordinator" in anne.get("/oppstart").content.decode()


@pytest.mark.parametrize("code", sorted(by_code()))
def test_every_step_has_a_page(anne, code):
    page = anne.get(f"/oppstart/steg/{code}").content.decode()
    assert by_code()[code].title in page
    assert ".." not in re.sub(r"<[^>]+>", "", page)


@pytest.mark.parametrize("number", ["112", "1 1 3", "00000000"])
def test_no_emergency_number_and_no_impossible_one_becomes_the_kommunes(anne, number):
    answer = anne.post("/oppstart/telefon", {"phone": number, "phone_hours": "9–14"})
    assert answer.status_code == 422
    assert own_facts(as_anne(anne)).phone != number
    assert anne.post("/oppstart/siden", LOOKS | {"ordinary_phone": number}).status_code == 422


def test_the_test_is_said_to_be_where_it_is(anne):
    Trial(letter_id=ref(SLUG).id, reference="P-1", origin=ref("gjovikregionen").id, at=now()).save(force_insert=True)
    assert "i innboksen" not in next(one.said for one in queries.standing(as_anne(anne)) if one.step.code == "trial")
    with pytest.raises(Refused, match="forsiden"):
        actions.ask_for_test(by=as_anne(anne))


def test_the_start_page_of_the_administrator_says_what_is_next_until_it_is_open(anne):
    assert "Kom i gang: Vedtak" in anne.get("/start").content.decode()
    ready(anne)
    actions.open_phone(by=as_anne(anne))
    assert "Kom i gang" not in anne.get("/start").content.decode()


def test_the_phone_opens_when_all_that_is_needed_is_done_and_the_public_page_follows(anne):
    assert "har ikke noe TryggEst-team ennå" in anonymous(SLUG).get("/").content.decode()
    assert anne.post("/oppstart/apne").status_code == 422
    ready(anne)
    page = anne.get("/oppstart/apne").content.decode()
    assert "Åpne telefonen nå" in page
    assert "Svarer noen på 61 15 33 01?" in page
    assert anne.post("/oppstart/apne").status_code == 303
    found = facts(ref(SLUG))
    assert (found.has_team, found.started_on, found.phone) == (True, day_of(now()), "61 15 33 01")
    assert "TryggEst startet her" in anne.get("/oppstart").content.decode()
    assert actions.open_phone(by=as_anne(anne)) == day_of(now())


@pytest.mark.parametrize("lacks", ["team", "decision", "page", "phone", "rota", "trial"])
def test_no_phone_opens_with_a_needed_step_undone(anne, lacks):
    """One at a time is left out."""
    by = as_anne(anne)
    if lacks != "team":
        team()
    if lacks != "decision":
        decide(anne)
    if lacks != "page":
        anne.post("/oppstart/siden", LOOKS)
    if lacks != "phone":
        anne.post("/oppstart/telefon", {"phone": "61153301", "phone_hours": "9–14"})
    if lacks != "rota":
        no_rota(anne)
    if lacks != "trial":
        trial_opened()
    with pytest.raises(Refused, match="Dette må være gjort først"):
        actions.open_phone(by=by)
    assert not own_facts(by).has_team


def test_what_was_typed_stays_on_an_error(anne):
    answer = anne.post("/oppstart/siden", LOOKS | {"ordinary_phone": "abc"})
    assert answer.status_code == 422
    assert "Telefonnummeret ser ikke riktig ut" in answer.content.decode()
    assert "Servicetorget" in answer.content.decode()


def test_the_second_of_two_is_told_and_sees_both(anne):
    page = anne.get("/oppstart/telefon").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    typed = {"phone": "61153301", "phone_hours": "9–14", "seen": seen}
    assert anne.post("/oppstart/telefon", typed).status_code == 303
    second = anne.post("/oppstart/telefon", typed | {"phone": "61153302"})
    assert second.status_code == 422
    assert "var først ute" in second.content.decode()
    assert "61153302" in second.content.decode()
    with pytest.raises(Overtaken):
        actions.say(step=by_code()["visible"], state="done", text="På nett", seen="noe annet", by=as_anne(anne))


def test_a_word_can_be_taken_back_and_the_history_stays(anne):
    anne.post("/oppstart/steg/network", {"gjort": "1", "text": "Kari deltar", "seen": ""})
    assert state(anne, "network") == "done"
    page = anne.get("/oppstart/steg/network").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert anne.post("/oppstart/steg/network", {"tilbake": "1", "seen": seen}).status_code == 303
    assert state(anne, "network") == "open"
    assert Said.objects.filter(step="network").count() == 2


@pytest.mark.parametrize(("code", "said", "why"), [
    ("rite", "done", "av seg selv"),
    ("rite", "not_relevant", "gjelder alle"),
    ("rota", "not_relevant", "Skriv hvorfor"),
    ("network", "done", "Skriv hvem og hva"),
])  # fmt: skip
def test_what_cannot_be_said_is_refused(anne, code, said, why):
    with pytest.raises(Refused, match=why):
        actions.say(step=by_code()[code], state=said, text="" if "Skriv" in why else "x", by=as_anne(anne))


def test_nothing_was_done_on_a_day_to_come(anne):
    told = {"gjort": "1", "text": "Vedtatt", "day": (day_of(now()) + timedelta(days=2)).isoformat(), "seen": ""}
    answer = anne.post("/oppstart/steg/decision", told)
    assert (answer.status_code, "fram i tid" in answer.content.decode()) == (422, True)


def test_only_a_document_is_taken_and_it_comes_back_as_it_was(anne):
    bad = anne.post("/oppstart/steg/decision/dokument", {"file": SimpleUploadedFile("x.pdf", b"<html>hei</html>")})
    assert (bad.status_code, "Vi tar imot PDF" in bad.content.decode()) == (422, True)
    decide(anne)
    row = Document.objects.get()
    got = anne.get(f"/oppstart/dokument/{row.id}")
    assert b"".join(got.streaming_content) == PDF
    assert got["Content-Disposition"] == 'attachment; filename="oppstart-decision.pdf"'
    assert anne.post("/oppstart/steg/network/dokument", {"file": SimpleUploadedFile("a.pdf", PDF)}).status_code == 422


def test_whoever_is_in_the_inbox_opens_the_test_from_the_same_page(anne):
    row = Trial(letter_id=ref(SLUG).id, reference="P-1", origin=ref("gjovikregionen").id, at=now())
    row.save(force_insert=True)
    assert "Venter på teamet" in anne.get("/oppstart/prove").content.decode()
    kari = log_in(SLUG, "kari@vestre-toten.example", "Kari", Role.COORDINATOR)
    assert f'action="/innboks/prove/{row.id}"' in kari.get("/oppstart/prove").content.decode()
    assert kari.post(f"/innboks/prove/{row.id}").status_code == 303
    assert state(anne, "trial") == "done"


def test_the_letter_to_bufdir_is_a_paper_with_the_facts(anne):
    ready(anne)
    assert "Hent brevet" in anne.get("/oppstart/bufdir").content.decode()
    got = anne.get("/oppstart/bufdir/brev", {"dag": "2026-12-01"})
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    missing = anne.get("/oppstart/bufdir/brev")
    assert (missing.status_code, "Hvilken dag starter dere?" in missing.content.decode()) == (200, True)
    assert anne.post("/oppstart/bufdir", {"text": "Sendt 1. desember av Anne", "seen": ""}).status_code == 303
    assert state(anne, "bufdir") == "done"
    assert "Sendt 1. desember" in anne.get("/oppstart/bufdir").content.decode()


def test_an_office_says_nothing_of_another_and_changes_no_fact_behind_its_own_back(anne):
    told = {"at": now(), "has_team": True, "phone": "99999999"}
    with pytest.raises(DatabaseError), transaction.atomic():
        OwnFacts(office=ref("gjovik").id, **told).save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_office SET has_team = true")
    assert not own_facts(as_anne(anne)).has_team


def test_what_is_said_of_the_page_leaves_the_rest_as_it_was(anne):
    by = as_anne(anne)
    stood = own_facts(by)
    said = say_facts(by=by, theme="lyng")
    assert said == Facts(**{**{name: getattr(stood, name) for name in Facts.__slots__}, "theme": "lyng"})
    assert own_facts(by) == said
    assert OwnFacts.objects.filter(office=by.office.id).count() == 1
    say_facts(by=by, theme="lyng")
    assert OwnFacts.objects.filter(office=by.office.id).count() == 1


def test_a_team_member_has_no_way_in_and_the_log_says_who_looked(anne):
    member = log_in(SLUG, "m@vestre-toten.example", "M", Role.TEAM_MEMBER)
    assert member.get("/oppstart").status_code == 403
    assert anne.get("/oppstart").status_code == 200
    assert Entry.objects.filter(what="starting.step").exists()
