"""The pages of triage: forms that keep what was typed, doors, lists that ask a constant number of questions."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.cases.models import Case
from tenants.triage import actions
from tenants.triage.models import Assessment, DeadlineRule, NextStep
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way


def typed(**changes: str) -> dict[str, str]:
    """A decision as it is typed."""
    tomorrow = way.in_hours(24).date().isoformat()
    given = {
        "category": "ma", "outcome": "case", "reason": "Fare for gjentakelse", "text": "Ring den utsatte",
        "owner": str(as_person("kari").user_id), "due_day": tomorrow, "due_hour": "13:00",
    }  # fmt: skip
    return given | changes


def test_one_post_makes_the_case_and_leads_to_it(gjovik):
    kari, concern = client_for("kari"), way.opened()
    answer = kari.post(f"/innboks/{concern.id}/avklar", typed())
    assert (answer.status_code, answer["Location"]) == (303, f"/saker/{Case.objects.get().id}")
    assert kari.get(answer["Location"]).status_code == 200


def test_the_page_shows_categories_in_words_colour_and_deadline(gjovik):
    page = client_for("kari").get(f"/innboks/{way.opened().id}/avklar").content.decode()
    for words in ('data-color="danger"', "Den utsatte er i fare nå", "Bevis kan gå tapt", "Frist", way.TELLER):
        assert words in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"category": ""}, "Velg et svar på «Hvor mye haster det?»."),
        ({"category": "gul"}, "gul"),
        ({"reason": ""}, "Fyll ut «Begrunnelse»."),
        ({"reason": "a\x00b"}, "usynlig styretegn"),
        ({"reason": "x" * 8001}, "for lang"),
        ({"text": ""}, "Skriv hva som er neste steg."),
        ({"owner": ""}, "Velg hvem som gjør det."),
        ({"owner": "noen"}, "Velg en som er med i teamet nå."),
        ({"due_day": "2020-01-01"}, "Datoen er passert."),
        ({"due_day": "9999-12-31"}, "mer enn to år fram"),
        ({"due_day": "i morgen"}, "gyldig dato"),
        ({"due_day": "", "due_hour": "13:00"}, "Velg også dato"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(gjovik, changes, sentence):
    kari, concern = client_for("kari"), way.opened()
    sent = typed(**changes)
    answer = kari.post(f"/innboks/{concern.id}/avklar", sent)
    page = answer.content.decode()
    assert (answer.status_code, Assessment.objects.count()) == (422, 0)
    assert sentence in page
    assert "text" in changes or "Ring den utsatte" in page


def test_without_a_date_the_category_decides_but_never_the_past(gjovik):
    kari, late, early = client_for("kari"), way.opened(hours_ago=5), way.opened(hours_ago=1)
    sent = typed(category="akutt", due_day="", due_hour="")
    assert "er passert" in kari.post(f"/innboks/{late.id}/avklar", sent).content.decode()
    assert kari.post(f"/innboks/{early.id}/avklar", sent).status_code == 303
    assert NextStep.objects.get().due_at == early.received_at + timedelta(hours=3)


def test_an_unopened_concern_leads_back(gjovik):
    concern = way.received()
    assert client_for("kari").get(f"/innboks/{concern.id}/avklar")["Location"] == f"/innboks/{concern.id}"


def test_an_administrator_has_no_business_in_triage(gjovik):
    arne, concern = client_for("arne"), way.opened()
    for path in (f"/innboks/{concern.id}/avklar", f"/innboks/{concern.id}/steg", "/frister"):
        assert arne.get(path).status_code == 403


def test_the_step_page_does_both_things(gjovik):
    kari = client_for("kari")
    concern = way.decided("more_info").assessment.concern
    where, owner, day = f"/innboks/{concern.id}/steg", str(as_person("kari").user_id), way.in_hours(48).date()
    assert kari.get(where).status_code == 200
    assert kari.post(where, {"done": "1", "then-text": "", "then-owner": owner}).status_code == 422
    done = {"done": "1", "then-text": "Snakk med legen", "then-owner": owner, "then-due_day": day.isoformat()}
    lacking = kari.post(where, done)
    assert "Fyll ut «Hva kom ut av det?»." in lacking.content.decode()
    assert "Snakk med legen" in lacking.content.decode()
    done["then-came_of"] = "Hun tok den"
    assert kari.post(where, done)["Location"] == f"/innboks/{concern.id}"
    change = {"change": "1", "change-owner": owner, "change-due_day": day.isoformat(), "change-due_hour": "09:30"}
    assert kari.post(where, change).status_code == 303
    assert NextStep.objects.get(concern=concern, done_at=None).text == "Snakk med legen"


def hidden(client, where: str, name: str) -> str:
    """What a page carries of what it showed."""
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', client.get(where).content.decode())
    assert tag
    return html.unescape(re.search(r'value="([^"]*)"', tag[0])[1])


def two_who_triage() -> tuple[str, str, str]:
    """Where the step of a matter is that both see, and what both pages carried."""
    way.deputy("tom")
    concern = way.decided("more_info").assessment.concern
    where, kari = f"/innboks/{concern.id}/steg", client_for("kari")
    return where, hidden(kari, where, "then-seen"), hidden(kari, where, "change-seen")


def test_the_second_who_ends_a_step_is_told_and_keeps_what_was_typed(gjovik):
    where, then_seen, _ = two_who_triage()
    day, kari, tom = way.in_hours(48).date().isoformat(), client_for("kari"), client_for("tom")
    sent = {
        "done": "1", "then-came_of": "Hun tok den", "then-owner": str(as_person("kari").user_id), "then-due_day": day,
        "then-seen": then_seen,
    }  # fmt: skip
    assert kari.post(where, sent | {"then-text": "Snakk med legen"}).status_code == 303
    answer = tom.post(where, sent | {"then-text": "Spør naboen"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("alt meldt dette steget som gjort", "Snakk med legen", "Spør naboen"):
        assert words in page
    now = NextStep.objects.get(done_at=None)
    assert now.text == "Snakk med legen"
    assert f'value="{now.pk}"' in page
    again = tom.post(where, sent | {"then-text": "Spør naboen", "then-seen": str(now.pk)})
    assert again.status_code == 303
    assert NextStep.objects.get(done_at=None).text == "Spør naboen"


def test_the_second_who_gives_the_step_away_is_told(gjovik):
    where, _, seen = two_who_triage()
    kari, tom = client_for("kari"), client_for("tom")
    sent = {"change": "1", "change-due_hour": "09:30", "change-seen": seen}
    first = {"change-owner": str(as_person("tom").user_id), "change-due_day": way.in_hours(72).date().isoformat()}
    later = way.in_hours(96).date().isoformat()
    second = {"change-owner": str(as_person("kari").user_id), "change-due_day": later}
    assert kari.post(where, sent | first).status_code == 303
    answer = tom.post(where, sent | second)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Noen andre har endret hvem som gjør steget" in page
    assert f'value="{later}"' in page
    step = NextStep.objects.get(done_at=None)
    assert step.owner_id == as_person("tom").user_id
    newest = re.search(r'name="change-seen" value="([^"]+)"', page)[1]
    assert tom.post(where, sent | second | {"change-seen": newest}).status_code == 303
    step.refresh_from_db()
    assert step.owner_id == as_person("kari").user_id


def test_an_owner_who_was_shut_out_meanwhile_is_said_on_the_form(gjovik, monkeypatch):
    where, seen, _ = two_who_triage()
    arne, real = way.person("arne"), actions.check_owner
    monkeypatch.setattr(actions, "check_owner", lambda owner, concern_id: real(arne, concern_id))
    sent = {
        "done": "1", "then-came_of": "Hun tok den", "then-text": "Spør naboen",
        "then-owner": str(as_person("kari").user_id),
    }  # fmt: skip
    day = way.in_hours(48).date().isoformat()
    answer = client_for("kari").post(where, sent | {"then-due_day": day, "then-seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "er ikke på saken" in page
    assert "Spør naboen" in page


def test_tom_sees_his_own_steps_and_kari_everybodys(gjovik):
    kari, tom = client_for("kari"), client_for("tom")
    way.decided("more_info", owner="kari", step=way.step("kari", hours=-2))
    assert "over frist" in kari.get("/frister").content.decode()
    assert "Ring den utsatte" not in tom.get("/frister").content.decode()
    assert "Ring den utsatte" in kari.get("/frister?vis=mine").content.decode()


def test_the_list_of_deadlines_asks_a_constant_number_of_questions(gjovik):
    kari = client_for("kari")

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert kari.get("/frister").status_code == 200
        return len(asked)

    way.case(), way.opened(), way.decided("more_info")
    questions()  # what is remembered of the office for a minute is asked for once
    first = questions()
    for _ in range(3):
        way.case(), way.opened(), way.decided("more_info")
    assert questions() == first


def test_the_inbox_shows_category_and_step_with_a_constant_number_of_questions(gjovik):
    kari = client_for("kari")
    way.decided("more_info")
    kari.get("/innboks")
    with CaptureQueriesContext(connection) as few:
        assert "Må-sak" in kari.get("/innboks").content.decode()
    way.decided("more_info"), way.case()
    with CaptureQueriesContext(connection) as more:
        kari.get("/innboks")
    assert len(few) == len(more)


def test_deadlines_are_changed_with_date_and_name(gjovik):
    arne = client_for("arne")
    assert "Ingen har endret dem" in arne.get("/team/frister").content.decode()
    sent = {"akutt": "2", "ma": "168", "bor": "504", "mangelfull": "168"}
    assert arne.post("/team/frister", sent).status_code == 303
    page = arne.get("/team/frister").content.decode()
    assert "Akutt sak: 2 timer" in page
    assert "Arne Administrator" in page
    assert DeadlineRule.objects.count() == 1


@pytest.mark.parametrize("hours", ["0", "-1", "tre", "99999", ""])
def test_a_deadline_that_is_none_is_refused(gjovik, hours):
    sent = {"akutt": hours, "ma": "168", "bor": "504", "mangelfull": "168"}
    assert client_for("kari").post("/team/frister", sent).status_code == 422
    assert not DeadlineRule.objects.exists()


def test_tom_may_not_set_deadlines(gjovik):
    assert client_for("tom").get("/team/frister").status_code == 403
