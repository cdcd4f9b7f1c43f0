"""Duties: each weighed with reason, time and who; the old answer stays; what is not weighed stands in plain sight."""

import uuid
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.codes.duties import duties as shipped
from shared.codes.duties import version
from tenants.inbox.models import Denial
from tenants.triage import duties, duties_actions, duties_queries
from tenants.triage.duties_actions import Answer
from tenants.triage.duties_models import DutyWeighed
from tenants.triage.tell_actions import ToTell
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from varde.access import Reader
from varde.clock import now
from varde.privacy.actions import destroy
from varde.privacy.models import FrozenRow
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of

CODES = [each.code for each in shipped()]
WHY = "Sønnen har nøkkel og kommer hver kveld"


def weigh(concern, answer: str = "yes", reason: str = WHY, duty: str = "avert", by: str = "kari", **more):
    tell = ToTell(way.person(by), "politiet", day_of(way.in_hours(72))) if answer == "yes" else None
    given = [Answer(duty, answer, reason, tell=tell, **more)]
    return duties_actions.weigh(concern=concern, given=given, by=as_person(by))


def yes(code: str = "avert", **changes: str) -> dict[str, str]:
    """A yes as it is typed."""
    sent = {
        "answer": "yes", "reason": WHY, "teller": str(uuid.uuid5(uuid.NAMESPACE_DNS, "kari")), "to": "politiet",
        "due": day_of(way.in_hours(72)).isoformat(),
    }  # fmt: skip
    return {f"{name}_{code}": value for name, value in (sent | changes).items()}


@given(st.dictionaries(st.sampled_from(CODES), st.sampled_from(["yes", "no", "not_yet"])))
def test_what_is_left_and_what_is_settled_share_the_list(answers):
    left = duties.left(CODES, answers)
    settled = [code for code in CODES if duties.standing(answers.get(code), None, now()) == "settled"]
    assert sorted(left + settled) == sorted(CODES)


@pytest.mark.parametrize(
    ("hours", "answer", "standing"),
    [(-1, None, "over"), (-1, "not_yet", "over"), (-1, "no", "settled"), (1, None, "waits"), (None, None, "waits")],
)
def test_what_is_not_settled_is_overdue_once_the_matter_must_have_been_assessed(hours, answer, standing):
    moment = now()
    assess_by = None if hours is None else moment + timedelta(hours=hours)
    assert duties.standing(answer, assess_by, moment) == standing
    assert duties.standing(answer, assess_by, moment, going=False) == ("settled" if answer == "no" else "left")


def test_an_answer_has_reason_time_who_and_version_and_is_never_changed(gjovik):
    concern = way.opened()
    (row,) = weigh(concern)
    assert (row.said, row.reason, row.by_name, row.version) == ("Ja", WHY, "Kari Koordinator", version())
    with pytest.raises(FrozenRow):
        row.save()
    assert way.logged("triage.duty", "create", concern.id)


def test_a_new_answer_replaces_and_the_old_one_stays(gjovik):
    concern = way.opened()
    weigh(concern, "not_yet")
    weigh(concern, "no", "Han er flyttet")
    rows = duties_queries.weighed(concern)
    assert [row.said for row in rows] == ["Nei", "Ikke avgjort ennå"]
    assert duties_queries.answers(rows) == {"avert": "no"}


@pytest.mark.parametrize(
    ("answer", "reason", "sentence"),
    [("yes", "", "Skriv hvorfor"), ("yes", " \n", "Skriv hvorfor"), ("kanskje", WHY, "ikke et svar")],
)
def test_without_answer_or_reason_nothing_is_kept(gjovik, answer, reason, sentence):
    with pytest.raises(Refused, match=sentence):
        weigh(way.opened(), answer, reason)
    assert not DutyWeighed.objects.exists()


def test_an_unknown_duty_is_refused(gjovik):
    with pytest.raises(ValueError, match="Ukjent plikt"):
        weigh(way.opened(), duty="strl_169")


def test_the_page_shows_each_duty_its_law_its_help_and_that_it_waits(gjovik):
    page = client_for("kari").get(f"/innboks/{way.opened().id}/plikter").content.decode()
    for words in (*(each.label for each in shipped()), "straffeloven § 196", "Statsforvalteren", "Ikke vurdert ennå"):
        assert words in page


def test_a_post_keeps_what_is_answered_and_shows_it_on_both_pages(gjovik):
    kari, case = client_for("kari"), way.case()
    where = f"/innboks/{case.concern_id}/plikter"
    sent = yes() | {"answer_guardian": "no", "reason_guardian": "Har ingen verge"}
    assert kari.post(where, sent).status_code == 303
    assert DutyWeighed.objects.count() == 2
    for address in (f"/saker/{case.id}", f"/innboks/{case.concern_id}"):
        page = kari.get(address).content.decode()
        assert f"6 av {len(CODES)} plikter er ikke vurdert ennå" in page
    assert WHY in kari.get(f"/saker/{case.id}").content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"answer_avert": "yes"}, "Skriv hvorfor du svarer slik om «Avvergingsplikt»."),
        (yes(teller="", to=""), "Velg hvem som melder fra om «Avvergingsplikt»."),
        (yes(to=""), "Skriv hvem som skal få meldingen."),
        (yes(due=""), "Velg innen når."),
        (yes(due="2020-01-01"), "Datoen er passert."),
        (yes(teller="noen"), "Velg en som er med i teamet nå."),
        (yes(answer="no"), "Dette fylles bare ut når svaret er ja."),
        ({"reason_avert": WHY}, "Velg et svar om «Avvergingsplikt»."),
        ({"answer_avert": "grønn", "reason_avert": WHY}, "grønn"),
        ({"answer_avert": "no", "reason_avert": "a\x00b"}, "usynlig styretegn"),
        ({}, "Svar på minst én av pliktene."),
    ],
)
def test_bad_input_is_said_and_what_was_typed_stays(gjovik, sent, sentence):
    sent = {"reason_guardian": "Har ingen verge", "answer_guardian": "no"} | sent if sent else sent
    answer = client_for("kari").post(f"/innboks/{way.opened().id}/plikter", sent)
    page = answer.content.decode()
    assert (answer.status_code, DutyWeighed.objects.count()) == (422, 0)
    assert sentence in page
    assert not sent or "Har ingen verge" in page


def test_the_second_of_two_is_told_and_keeps_the_text(gjovik):
    concern, kari = way.opened(), client_for("kari")
    way.person("tom")
    weigh(concern, "no", "Hun er trygg", by="tom")
    sent = yes() | {"seen_avert": ""}
    answer = kari.post(f"/innboks/{concern.id}/plikter", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tom Teammedlem var først ute" in page
    assert "Avvergingsplikt: Nei" in page
    assert WHY in page
    newest = str(DutyWeighed.objects.get().id)
    assert f'value="{newest}"' in page
    assert kari.post(f"/innboks/{concern.id}/plikter", sent | {"seen_avert": newest}).status_code == 303
    assert duties_queries.answers(duties_queries.weighed(concern)) == {"avert": "yes"}


def test_overtaken_is_only_for_what_somebody_else_laid(gjovik):
    concern = way.opened()
    (row,) = weigh(concern)
    weigh(concern, "no", seen=str(row.id))
    with pytest.raises(Overtaken):
        weigh(concern, "yes", seen=str(row.id))
    weigh(concern, "yes", duty="guardian", seen="")


def test_an_overdue_duty_of_an_akutt_matter_stands_out(gjovik):
    concern = way.opened(hours_ago=5)
    weigh(concern, "not_yet")
    way.decided("more_info", concern=concern, category="akutt")
    page = client_for("kari").get(f"/innboks/{concern.id}").content.decode()
    assert page.count("Ikke vurdert ennå, over frist") == 1  # whatever was said of them meanwhile, they stand alike


def test_one_who_is_shut_out_sees_neither_page_nor_row(gjovik):
    concern, tom = way.opened(), client_for("tom")
    weigh(concern)
    Denial(concern=concern, user=way.person("tom"), kind="habilitet", at=now(), by_user=uuid.uuid4()).save()
    for word in ("plikter", "politi", "stopp", "ansvar"):
        hidden, absent = tom.get(f"/innboks/{concern.id}/{word}"), tom.get(f"/innboks/{uuid.uuid4()}/{word}")
        assert (hidden.status_code, hidden.content) == (404, absent.content)
    with seen_as("tom"):
        assert not DutyWeighed.objects.exists()
    with seen_as("kari"):
        assert DutyWeighed.objects.count() == 1


def test_an_unopened_concern_is_opened_first(gjovik):
    concern = way.received()
    assert client_for("kari").get(f"/innboks/{concern.id}/plikter")["Location"] == f"/innboks/{concern.id}"


def test_the_pages_stand_when_the_content_is_deleted_for_good(gjovik):
    kari, case = client_for("kari"), way.case()
    weigh(case.concern)
    destroy(matter_id=case.concern_id, by=Reader.for_purpose("keys", gjovik))
    forget_keys()
    for address in (f"/saker/{case.id}", f"/innboks/{case.concern_id}", f"/innboks/{case.concern_id}/plikter"):
        assert "Innholdet er slettet" in kari.get(address).content.decode()
