"""«Ta opp igjen»: an ended measure and an answered request go on, how they had ended is kept; drafts are discarded."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tenants.cases.actions import close_case
from tenants.inbox.mistakes_queries import address
from tenants.measures import again_actions
from tenants.measures import requests_actions as requests
from tenants.measures.actions import move_measure
from tenants.measures.again_models import TakenUpAgain
from tenants.measures.models import Measure
from tenants.measures.requests_models import Request
from tenants.risk import actions as risk
from tenants.risk import queries as risk_queries
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import stored, text_of
from tests.tenants.test_hidden import refused
from tests.tenants.test_measures_requests import as_tove, sent
from tests.tenants.test_risk_way import signed
from tests.tenants.test_risk_way import typed as assessed
from varde.access import Role
from varde.access.ticket import presented
from varde.clock import now
from varde.refusal import Refused
from varde.ui.dates import day_of

WHY, EFFECT = "Hun vil prøve en gang til", "Hun slapp dem ikke inn"
LATER = {"reason": WHY, "due_on": "2027-12-01"}


def ended(case) -> Measure:
    """A measure that Kari has stopped."""
    measure = way.measure(case)
    move_measure(measure=measure, to="stopped", effect=EFFECT, by=as_person("kari"))
    return Measure.objects.select_related("case__concern").get(pk=measure.pk)


def answered(case, to: str = "answered") -> Request:
    """Tove has answered."""
    row = sent(case)
    requests.answer_given(request=row, move=requests.Move(to, text="Vi har ingen ledige"), by=as_tove())
    return Request.objects.select_related("case__concern").get(pk=row.pk)


def test_a_measure_goes_on_and_the_timeline_keeps_how_it_had_ended(gjovik):
    kari, case = client_for("kari"), way.case()
    measure = ended(case)
    place = f"/tiltak/{measure.id}/igjen"
    assert place in text_of(kari, f"/tiltak/{measure.id}")
    assert EFFECT in text_of(kari, place)
    for sent_in, sentence in (
        (LATER | {"reason": ""}, "Skriv kort hvorfor"),
        (LATER | {"due_on": "2020-01-01"}, "2020-01-01"),
    ):
        answer = kari.post(place, sent_in)
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert kari.post(place, LATER).status_code == 303
    measure.refresh_from_db()
    assert (measure.status, measure.effect, measure.ended_at, str(measure.due_on)) == (
        "running",
        "",
        None,
        "2027-12-01",
    )
    page = text_of(kari, f"/saker/{case.id}")
    for said in (EFFECT, WHY, "Tiltaket er tatt opp igjen", "Tiltaket: stanset"):
        assert said in page
    assert EFFECT.encode().hex() not in stored("measures_again")
    assert kari.get(place).status_code == 303  # it goes on: nothing to ask
    with pytest.raises(Refused, match="alt tatt opp igjen"):
        again_actions.measure_again(measure=measure, reason=WHY, due_on=day_of(now()), by=as_person("kari"))
    move_measure(measure=measure, to="done", effect="Nå gikk det", by=as_person("kari"))
    assert TakenUpAgain.objects.count() == 1


def test_how_a_measure_ended_stays_also_for_a_statement(gjovik):
    measure = ended(way.case())
    way.measure(measure.case)
    with seen_as("kari") as kari:
        for said, why in (
            ("status = 'running', ended_at = NULL, ended_by_name = '', effect = ''", "ended is frozen"),
            ("effect = 'x' WHERE ended_at IS NOT NULL", "ended is frozen"),
            ("due_on = '2030-01-01' WHERE ended_at IS NOT NULL", "ended is frozen"),
            ("made_by_name = 'En annen'", "is frozen"),
            ("status = 'done' WHERE ended_at IS NULL", "ends now"),
        ):
            with refused(why) as cursor:
                cursor.execute(f"UPDATE measures_measure SET {said}")
        with refused("permission denied") as cursor:
            cursor.execute("DELETE FROM measures_measure")
        with refused("before it ends") as cursor:
            names = ", ".join(field.column for field in Measure._meta.concrete_fields if field.name != "id")
            cursor.execute(
                f"INSERT INTO measures_measure (id, {names}) SELECT gen_random_uuid(), {names} FROM measures_measure"
                " WHERE ended_at IS NOT NULL"
            )
        again_actions.measure_again(measure=measure, reason=WHY, due_on=day_of(now()), by=kari)
    assert Measure.objects.filter(status="running").get() == measure


@pytest.mark.parametrize("to", ["answered", "refused"])
def test_a_request_waits_again_and_whoever_was_asked_is_told(gjovik, to):
    kari, case = client_for("kari"), way.case()
    row = answered(case, to)
    Request.objects.update(to_tell="")
    place = f"/saker/{case.id}/foresporsler/{row.id}/igjen"
    assert place in text_of(kari, f"/saker/{case.id}/foresporsler/{row.id}")
    assert kari.post(place, LATER).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.answer, row.answered_at, row.to_tell) == ("received", "", None, "recipient")
    page = text_of(kari, f"/saker/{case.id}")
    assert "Vi har ingen ledige" in page
    assert WHY in page
    tove = client_for("tove", Role.CONTACT)
    given = text_of(tove, f"/foresporsler/{row.id}")
    assert "Send" in given
    assert WHY not in given
    assert tove.post(f"/foresporsler/{row.id}", {"to": "answered", "text": "Nå har vi plass"}).status_code == 303


def test_the_database_lets_an_answer_go_only_where_it_is_kept(gjovik):
    row = answered(way.case())
    gone = "answer = '', answered_at = NULL, answered_by_name = ''"
    for who in (as_person("kari"), as_tove()):
        with presented(who), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE measures_request SET state = 'sent', {gone} WHERE id = %s", [row.id])
    other = ended(way.case(by="tom"))
    with seen_as("kari"), pytest.raises(DatabaseError, match="not of this case"), transaction.atomic():
        TakenUpAgain(
            case=row.case, measure=other, state="stopped", ended_at=other.ended_at, reason=WHY, at=now(), by_name="Kari"
        ).save()


def test_what_is_closed_withdrawn_or_hidden_stays_over(gjovik):
    case = way.case()
    measure, row = ended(case), answered(case)
    tom = client_for("tom")
    for place in (f"/tiltak/{measure.id}/igjen", f"/saker/{case.id}/foresporsler/{row.id}/igjen"):
        assert tom.get(place).status_code == tom.post(place, LATER).status_code == 404
    waiting = sent(case)
    requests.move_request(request=waiting, move=requests.Move("withdrawn"), by=as_person("kari"))
    with pytest.raises(Refused, match="trukket"):
        again_actions.request_again(request=waiting, reason=WHY, due_on=day_of(now()), by=as_person("kari"))
    close_case(case=case, by=as_person("kari"))
    for place in (f"/tiltak/{measure.id}/igjen", f"/saker/{case.id}/foresporsler/{row.id}/igjen"):
        assert client_for("kari").get(place).status_code == 303
        late = client_for("kari").post(place, LATER)
        assert (late.status_code, "lukket" in late.content.decode(), WHY in late.content.decode()) == (422, True, True)
    for act in (
        lambda: again_actions.measure_again(measure=measure, reason=WHY, due_on=day_of(now()), by=as_person("kari")),
        lambda: again_actions.request_again(request=row, reason=WHY, due_on=day_of(now()), by=as_person("kari")),
    ):
        with pytest.raises(Refused, match="lukket"):
            act()
    assert not TakenUpAgain.objects.exists()


def test_a_draft_is_discarded_kept_and_never_signed_and_a_new_one_is_begun(gjovik):
    kari, case = client_for("kari"), way.case()
    draft = risk.begin(case=case, by=as_person("kari"))
    kari.post(f"/risiko/{draft.id}", assessed(reason="Feil sak"))
    place = address(case.concern_id, "risiko", draft.pk)
    assert place in text_of(kari, f"/risiko/{draft.id}")
    assert kari.post(place, {"reason": WHY}).status_code == 303
    assert risk_queries.draft_of(case) is None
    assert f"av Kari Koordinator: {WHY}" in text_of(kari, f"/saker/{case.id}/risiko")
    page = text_of(kari, f"/risiko/{draft.id}")
    assert "Feil sak" in page
    assert "Signer" not in page.replace("Signert", "")
    late = kari.post(f"/risiko/{draft.id}", assessed(2, reason="Skrev videre", sign="1", knows="on"))
    assert late.status_code == 422
    for said in ("har forkastet utkastet", "Skrev videre"):
        assert said in late.content.decode()
    other = signed(case)
    assert other.pk != draft.pk
    answer = kari.post(address(case.concern_id, "risiko", other.pk), {"reason": WHY})
    assert (answer.status_code, "har signert vurderingen" in answer.content.decode()) == (422, True)
