"""Somebody who may be in no matter asks for access: searched for under the asker's own rights, answered truthfully, and
no screen tells of a matter that its reader does not see."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.closing.actions import Report, close
from tenants.inbox.models import Concern
from tenants.insight import inquiry, inquiry_queries
from tenants.insight.inquiry_models import Inquiry, InquiryAnswer, InquiryTerm, InquiryVerdict
from tenants.insight.models import AccessRequest
from tenants.persons.models import Person
from tests.cast import TEST, as_person, seen_as
from tests.client import OfficeClient, client_for
from tests.tenants import way
from tests.tenants.people import NUMBER, PHONE, card_in, stored, text_of
from tests.tenants.test_hidden import deny, refused
from tests.tenants.test_insight_way import asked, words
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.audit.models import Entry
from varde.audit.trail import current
from varde.clock import OSLO, now
from varde.refusal import Refused

NAME = "Solveig Marie Utsyn"
_TOKEN = re.compile(r'(?:name="csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]*"')


def today():
    return now().astimezone(OSLO).date()


def typed(days_ago: int = 0, **changes: str) -> dict[str, str]:
    """A request as it is typed."""
    return {
        "name": NAME, "id_number": NUMBER, "born_on": "1. januar 1990", "phone": "", "address": "Utsikten 3",
        "asker": "self", "asker_name": "", "identity": "shown",
        "received_on": (today() - timedelta(days=days_ago)).isoformat(),
    } | changes  # fmt: skip


def laid(client: OfficeClient, **changes: str) -> str:
    """The address of a request that this person took down."""
    answer = client.post("/innsyn/ny", typed(**changes))
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def bare(client: OfficeClient, address: str) -> str:
    """A page without what differs every time, and without what was told once."""
    client.get(address)
    return _TOKEN.sub("", text_of(client, address))


def pdf_of(client: OfficeClient, address: str) -> str:
    return words(b"".join(client.get(address).streaming_content))


def test_somebody_in_no_matter_is_answered_with_a_letter_that_says_what_was_searched(gjovik):
    kari, tom = client_for("kari"), client_for("tom")
    assert "En koordinator registrerer kravet" in text_of(tom, "/innsyn/ny")
    assert tom.post("/innsyn/ny", typed()).status_code == 403
    for changes, sentence in (
        ({"asker": "guardian"}, "må vise fullmakt"), ({"id_number": "01819012013"}, "Nummeret stemmer ikke"),
        ({"received_on": "2020-01-01"}, "mer enn et år siden"), ({"name": " "}, "Må fylles ut"),
    ):  # fmt: skip
        faulty = kari.post("/innsyn/ny", typed(**changes))
        assert (faulty.status_code, sentence in faulty.content.decode()) == (422, True), sentence
        assert "Utsikten 3" in faulty.content.decode()
    home = laid(kari, days_ago=29)
    row = Inquiry.objects.get()
    assert "Søket fant ingen saker du har tilgang til." in text_of(kari, home)
    for address in ("/innsyn", "/start"):
        assert f"/innsyn/uten-sak/{row.pk}" in text_of(kari, address), address
    assert f"/innsyn/uten-sak/{row.pk}" not in text_of(tom, "/innsyn")
    assert {tom.get(home).status_code, tom.get(f"{home}/brev").status_code} == {404}
    assert kari.get(f"{home}/brev").status_code == 404
    assert NAME in pdf_of(kari, f"{home}/bekreftelse")
    later = (row.received_on + timedelta(days=80)).isoformat()
    assert kari.post(home, {"utsett": "1", "frist-until": later, "frist-reason": ""}).status_code == 422
    assert kari.post(home, {"utsett": "1", "frist-until": later, "frist-reason": "Ferie"}).status_code == 303
    assert kari.post(home, {"svar": "1"}).status_code == 303
    assert "er besvart. Registrer et nytt krav." in kari.post(home, {"svar": "1"}).content.decode()
    row.refresh_from_db()
    assert (row.state, row.final_on, row.due_on.isoformat()) == ("answered", row.due_on, later)
    letter = pdf_of(kari, f"{home}/brev")
    for part in (
        "fant ingen opplysninger om deg", "Navnet du oppga", "Fødselsnummeret du oppga",
        f"får du et eget brev innen {row.final_on:%d.%m.%Y}", "Datatilsynet", "hvem som har meldt",
        "som den som svarer, har tilgang til", f"Innsyn, kravet kom {row.received_on:%d.%m.%Y}",
    ):  # fmt: skip
        assert part in letter, part
    assert "Telefonnummeret" not in letter
    assert way.logged("insight.inquiry", "print", row.pk)
    kept = stored("insight_inquiry", "insight_inquiryterm", "insight_inquiryanswer")
    for secret in ("Utsyn", NUMBER, "Utsikten", "Ferie"):
        assert secret not in kept
        assert secret.encode().hex() not in kept
    with seen_as("kari"):
        for change in (
            "UPDATE insight_inquiry SET state = 'open', ended_at = NULL", "DELETE FROM insight_inquiry",
            "UPDATE insight_inquiryanswer SET kind = 'matter'",
        ):  # fmt: skip
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)


def hidden_case() -> Concern:
    """Tom's, with Kari shut out of it."""
    case = way.case(owner="tom")
    deny(case.concern, "kari")
    return case.concern


def logged_for(matter: Concern) -> set[str]:
    current().flush()
    return set(Entry.objects.filter(matter_id=matter.pk, what__startswith="insight.").values_list("what", flat=True))


def test_a_matter_that_others_see_changes_no_byte_and_those_who_see_it_are_told(gjovik):
    concern, kari = hidden_case(), client_for("kari")
    home = laid(kari)
    row = Inquiry.objects.get()
    before = [bare(kari, address) for address in (home, "/innsyn", "/innsyn/ny")]
    tom = client_for("tom")
    assert tom.get(home).status_code == 404
    with presented(Reader.for_purpose(TEST, gjovik)):
        person = card_in(concern, name="Solveig Utsyn", id_number=NUMBER, by="tom")
    assert before == [bare(kari, address) for address in (home, "/innsyn", "/innsyn/ny")]
    with presented(Reader.for_purpose("reminders", gjovik)):
        told = [(each.concern_id, each.due_on) for each in inquiry_queries.to_remind(now())]
        assert told == [(concern.pk, row.due_on)]
    for answered in (False, True):
        if answered:
            assert kari.post(home, {"svar": "1"}).status_code == 303
            assert "får du et eget brev innen" in pdf_of(kari, f"{home}/brev")
        for address in ("/innsyn", home):
            assert NAME in text_of(tom, address), address
        assert home in text_of(tom, f"/innboks/{concern.pk}")
    assert "samme fødselsnummer, samme navn" in text_of(tom, home)
    assert logged_for(concern) == {"insight.inquiry"}
    way_in = f"/innboks/{concern.pk}/innsyn?krav={row.pk}"
    assert "Kravet kom inn uten sak." in text_of(tom, way_in)
    # A member holds the matter: registers there, and says with it that it is the same person. A coordinator gives.
    sent = {
        "person": str(person.pk), "asker": "exposed", "identity": "shown", "asker_name": "",
        "received_on": row.received_on.isoformat(),
    }  # fmt: skip
    before = [bare(kari, address) for address in (home, "/innsyn")]
    assert tom.post(way_in, sent).status_code == 303
    assert (AccessRequest.objects.get().concern_id, InquiryVerdict.objects.get().same) == (concern.pk, True)
    assert f"/innsyn/uten-sak/{row.pk}" not in text_of(tom, "/innsyn")
    assert before == [bare(kari, address) for address in (home, "/innsyn")]
    missing = kari.get(f"/innboks/{concern.pk}/innsyn?krav={row.pk}")
    absent = kari.get(f"/innboks/{uuid.uuid4()}/innsyn?krav={row.pk}")
    assert (missing.status_code, missing.content) == (404, absent.content)
    judged = [kari.post(f"{home}/treff", {"sak": str(key)}) for key in (concern.pk, uuid.uuid4())]
    assert {each.status_code for each in judged} == {404}
    assert judged[0].content == judged[1].content
    with seen_as("kari"), connection.cursor() as cursor:
        for asks, given in (
            ("SELECT count(*) FROM insight_hits(%s)", row.pk), ("SELECT count(*) FROM insight_waiting_all()", None),
            ("SELECT inquiry_open(%s, %s)::int", (row.pk, as_person("tom").user_id)),
        ):  # fmt: skip
            cursor.execute(asks, given if isinstance(given, tuple) else [given] if given else [])
            assert cursor.fetchone() == (0,), asks


def test_what_the_coordinator_sees_is_judged_first_and_how_it_was_answered_is_told_to_nobody(gjovik):
    kari, other = client_for("kari"), client_for("tove", Role.COORDINATOR)
    mine, alike = way.case(), way.case()
    card_in(mine.concern, name=NAME, phone=PHONE)
    card_in(alike.concern, name="Solveig Karin Utsyn")
    # Two people of one matter are not one with both their names.
    both = way.case()
    card_in(both.concern, name="Solveig Dahl"), card_in(both.concern, role="relative", name="Per Utsyn")
    home, nothing = laid(kari, id_number="", phone=PHONE), laid(kari, name="Ingen Kjent", id_number="")
    page = text_of(kari, home)
    assert ("Treff på samme telefonnummer, samme navn" in page, both.name in page) == (True, False)
    assert "Ta stilling til alle treffene" in kari.post(home, {"svar": "1"}).content.decode()
    assert kari.post(f"{home}/treff", {"sak": str(alike.concern_id), "annen": "1"}).status_code == 303
    with pytest.raises(Refused):
        inquiry.kind_of([None, False])
    sent = {
        "person": str(Person.objects.get(concern=mine.concern).pk), "asker": "exposed", "identity": "shown",
        "asker_name": "", "received_on": today().isoformat(),
    }  # fmt: skip
    row = Inquiry.objects.get(pk=home.rpartition("/")[2])
    assert kari.post(f"/innboks/{mine.concern_id}/innsyn?krav={row.pk}", sent).status_code == 303
    for address in (home, nothing):
        assert kari.post(address, {"svar": "1"}).status_code == 303
    kinds = dict(InquiryAnswer.objects.values_list("inquiry_id", "kind"))
    assert kinds == {row.pk: "matter", uuid.UUID(nothing.rpartition("/")[2]): "none"}
    assert kari.get(f"{home}/brev").status_code == 404
    assert kari.get(f"{nothing}/brev").status_code == 200
    # Another coordinator reads the same of both, and has neither letter.
    for address in (home, nothing):
        assert ("Besvart" in text_of(other, address), "Last ned brevet" in text_of(other, address)) == (True, False)
        assert other.get(f"{address}/brev").status_code == 404
    with seen_as("tove"):
        assert (Inquiry.objects.count(), InquiryAnswer.objects.count()) == (2, 0)
    with seen_as("tom"):
        assert not any(model.objects.exists() for model in (Inquiry, InquiryTerm, InquiryAnswer, InquiryVerdict))
    gone = laid(kari, name="Trukket Krav", id_number="")
    assert kari.post(gone, {"trekk": "1", "trekk-reason": ""}).status_code == 422
    assert kari.post(gone, {"trekk": "1", "trekk-reason": "Ringte og sa det"}).status_code == 303
    assert "Trukket" in text_of(kari, gone)


def test_the_privacy_officer_sees_how_many_wait_and_never_those_they_are_shut_out_of(gjovik):
    kari, officer = client_for("kari"), client_for("arne", Role.PRIVACY_OFFICER)
    laid(kari, days_ago=60)
    case, shut = way.case(), way.case(owner="tom")
    for each in (case, shut):
        asked(card_in(each.concern), days_ago=25)
    figures = lambda: {each.what: (each.waiting, each.overdue, each.soon) for each in inquiry_queries.deadlines(now())}  # noqa: E731
    page = text_of(officer, "/innsyn/frister")
    assert NAME not in page
    with presented(Reader(office=gjovik, user_id=officer.person.pk)):
        assert figures() == {"inquiry": (1, 1, 0), "request": (2, 0, 2)}
    deny(shut.concern, "arne")
    with presented(Reader(office=gjovik, user_id=officer.person.pk)):
        assert figures() == {"inquiry": (1, 1, 0), "request": (1, 0, 1)}
    with seen_as("kari"):
        assert figures() == {}


def test_in_a_closed_matter_without_a_card_somebody_can_still_ask(gjovik):
    kari, case = client_for("kari"), way.case()
    home = f"/innboks/{case.concern_id}/innsyn"
    assert "Lag kortet først" in text_of(kari, home)
    close(case=case, report=Report(done="Låst"), outcomes=["other"], by=as_person("kari"))
    assert "Står personen ikke i listen? Skriv navnet" in text_of(kari, home)
    sent = {
        "asker": "exposed", "identity": "shown", "asker_name": "", "received_on": today().isoformat(), "person": "",
        "new_name": "Ola Utsatt", "new_role": "",
    }  # fmt: skip
    assert "Velg hvilken rolle personen har" in kari.post(home, sent).content.decode()
    assert "eller skriv navnet" in kari.post(home, sent | {"new_name": ""}).content.decode()
    assert kari.post(home, sent | {"new_role": "reporter"}).status_code == 422
    assert not Person.objects.exists()
    assert kari.post(home, sent | {"new_role": "exposed"}).status_code == 303
    request = AccessRequest.objects.select_related("person").get()
    assert (request.person.role, request.concern_id) == ("exposed", case.concern_id)
    assert "Innsyn for Ola Utsatt" in text_of(kari, f"/innsynskrav/{request.pk}")


def test_only_a_coordinator_ends_a_request_and_what_is_over_stays_so(gjovik):
    case = way.case(owner="tom")
    request = asked(card_in(case.concern))
    end = "UPDATE insight_request SET state = 'withdrawn', ended_at = now() WHERE id = %s"
    with seen_as("tom"):
        assert AccessRequest.objects.count() == 1
        for change in (end, "UPDATE insight_request SET due_on = due_on + 30 WHERE id = %s"):
            with refused("a coordinator ends a request") as cursor:
                cursor.execute(change, [request.pk])
    with seen_as("kari"):
        for change in ("SET ended_at = now()", "SET state = 'given'"):
            with refused("open until it is ended") as cursor:
                cursor.execute(f"UPDATE insight_request {change} WHERE id = %s", [request.pk])
        with connection.cursor() as cursor:
            cursor.execute(end, [request.pk])
        for change in ("SET state = 'open', ended_at = NULL", "SET state = 'refused'", "SET due_on = due_on + 1"):
            with refused("stays so") as cursor:
                cursor.execute(f"UPDATE insight_request {change} WHERE id = %s", [request.pk])
