"""Closing: what stops it, what it does, and that it is one whole: without the log nothing has happened."""

import pytest

from shared.codes.forms import CURRENT
from tenants.cases.actions import answer
from tenants.cases.models import Case, Note
from tenants.cases.queries import answers
from tenants.cases.states import WrongMove
from tenants.closing import checklist
from tenants.closing.actions import NotReady, Report, close
from tenants.closing.models import ClosingReport
from tenants.measures.actions import move_measure
from tenants.persons.queries import voice_of
from tenants.persons.spoken_actions import write_voice
from tenants.persons.voice import Said
from tenants.triage.models import NextStep
from tests.cast import TEST, as_person, ref
from tests.client import client_for
from tests.tenants import way
from varde.access import Reader
from varde.audit.trail import Trail
from varde.tenancy.work import work

REPORT = Report(done="Hun har fått egen lås", own_words="Nå tør jeg sove")
TYPED = {"done": "Hun har fått egen lås", "own_words": "Nå tør jeg sove", "outcomes": ["closer_follow_up"]}


def test_closing_closes_everything(gjovik):
    case = way.case()
    close(case=case, report=REPORT, outcomes=["closer_follow_up"], by=as_person("kari"))
    case = Case.objects.select_related("concern").get(pk=case.pk)
    assert (case.state, case.concern.progress) == ("closed", "closed")
    assert not NextStep.objects.filter(done_at=None).exists()
    assert answers(case)["utfall"] == ("closer_follow_up",)
    assert ClosingReport.objects.get().own_words == "Nå tør jeg sove"


@pytest.mark.parametrize(
    ("report", "outcomes", "open_measures", "fields"),
    [
        (REPORT, ["no_consequence"], 0, []),
        (Report(done=""), ["no_consequence"], 0, ["done"]),
        (REPORT, [], 0, ["outcomes"]),
        (REPORT, ["no_consequence"], 1, ["carried_on"]),
        (Report(done="x", carried_on="Hjemmetjenesten"), ["other"], 2, []),
        (Report(done=""), [], 1, ["done", "outcomes", "carried_on"]),
    ],
)
def test_what_stops_a_closing(report, outcomes, open_measures, fields):
    found = checklist.missing(
        done=report.done, outcomes=outcomes, open_measures=open_measures, carried_on=report.carried_on
    )
    assert [each.field for each in found] == fields


def test_gaps_and_the_open_step_are_shown_but_stop_nothing():
    items = checklist.items(open_measures=2, gaps=["Den utsattes alder"], open_step=True)
    assert [item.ready for item in items] == [False, False, False]
    assert "Den utsattes alder" in items[1].text
    assert all(item.ready for item in checklist.items(open_measures=0, gaps=[], open_step=False))


def test_an_open_measure_needs_somebody_who_carries_it_on(gjovik):
    case = way.case()
    measure = way.measure(case)
    with pytest.raises(NotReady, match="hvem som følger opp"):
        close(case=case, report=REPORT, outcomes=["other"], by=as_person("kari"))
    move_measure(measure=measure, to="done", effect="Trygg", by=as_person("kari"))
    close(case=case, report=REPORT, outcomes=["other"], by=as_person("kari"))


def test_a_case_is_closed_once(gjovik):
    case = way.case()
    close(case=case, report=REPORT, outcomes=["other"], by=as_person("kari"))
    with pytest.raises(WrongMove):
        close(case=case, report=REPORT, outcomes=["other"], by=as_person("kari"))
    assert ClosingReport.objects.count() == 1


def test_an_import_may_lack_the_outcome_but_not_the_text(gjovik):
    by = Reader.for_purpose("import", gjovik)
    with pytest.raises(NotReady):
        close(case=way.case(), report=Report(done=""), outcomes=[], by=by)
    past = way.in_hours(-9000)
    assert close(case=way.case(), report=REPORT, outcomes=[], by=by, at=past).closed_at == past


def test_the_page_shows_the_checklist_and_closes(gjovik):
    kari, case = client_for("kari"), way.case()
    page = kari.get(f"/saker/{case.id}/lukk").content.decode()
    assert "Ubesvart i registreringsskjemaet" in page
    assert "Neste steg er ikke meldt gjort" in page
    assert "Hvem følger opp tiltakene" not in page
    assert kari.post(f"/saker/{case.id}/lukk", TYPED).status_code == 303
    after = kari.get(f"/saker/{case.id}").content.decode()
    assert "Nå tør jeg sove" in after
    assert "Skriv i saken" not in after
    assert kari.get(f"/saker/{case.id}/lukk").status_code == 303
    assert "tettere oppfølging" in kari.get(f"/saker/{case.id}/sluttrapport").content.decode()
    assert way.logged("closing.report", "print")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"done": ""}, "Skriv hva som ble gjort, også når ingenting ble løst."),
        ({"outcomes": []}, "«Det fikk ingen følger» er også et utfall."),
        ({"outcomes": ["lykke"]}, "Dette utfallet finnes ikke på skjemaet."),
        ({"learned": "a\x00b"}, "usynlig styretegn"),
    ],
)
def test_what_stops_is_said_at_the_field_and_what_was_typed_stays(gjovik, changes, sentence):
    kari, case = client_for("kari"), way.case()
    answer = kari.post(f"/saker/{case.id}/lukk", TYPED | changes)
    assert (answer.status_code, ClosingReport.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()
    assert "Nå tør jeg sove" in answer.content.decode()


def test_the_outcome_given_on_the_form_is_not_asked_for_twice(gjovik):
    kari, case = client_for("kari"), way.case()
    answer(case=case, form=CURRENT, answers={"utfall": ["warning"]}, by=as_person("kari"))
    page = kari.get(f"/saker/{case.id}/lukk").content.decode()
    assert page.count("checked") == 1


def test_whether_it_helped_is_asked_once_and_stands_in_both(gjovik):
    kari, case = client_for("kari"), way.case()
    said = Said(words="own", helped="partly", helped_words="Jeg sover igjen")
    write_voice(concern=case.concern, person=None, stage="end", said=said, by=as_person("kari"))
    page = kari.get(f"/saker/{case.id}/lukk").content.decode()
    assert "Jeg sover igjen" in page
    assert '<option value="partly" selected>' in page
    assert kari.post(f"/saker/{case.id}/lukk", TYPED | {"helped": "worse"}).status_code == 303
    assert ClosingReport.objects.get().helped_in_words == "Det ble verre"
    assert [entry.given["helped"] for entry in voice_of(case.concern)] == ["partly", "worse"]
    assert [entry.given["helped_words"] for entry in voice_of(case.concern)][1] == "Nå tør jeg sove"


def test_who_closes_second_is_told_and_keeps_the_report(gjovik):
    kari, case = client_for("kari"), way.case()
    assert kari.post(f"/saker/{case.id}/lukk", TYPED).status_code == 303
    late = kari.post(f"/saker/{case.id}/lukk", TYPED | {"done": "Det andre jeg skrev"})
    assert late.status_code == 422
    assert "Det andre jeg skrev" in late.content.decode()
    assert ClosingReport.objects.count() == 1


def test_the_report_of_an_open_case_is_not_there(gjovik):
    kari, case = client_for("kari"), way.case()
    assert kari.get(f"/saker/{case.id}/sluttrapport").status_code == 404


@pytest.mark.parametrize("act", ["avklar", "notat", "lukk"])
def test_without_the_log_nothing_has_happened(house, monkeypatch, act):
    kari = client_for("kari")
    with work(ref("gjovik"), TEST):
        concern, case = way.opened(), way.case()
        sent = {
            "category": "ma", "outcome": "case", "reason": "Fare", "text": "Ring", "owner": str(kari.person.id),
            "due_day": way.in_hours(48).date().isoformat(),
        }  # fmt: skip
    posts = {
        "avklar": (f"/innboks/{concern.id}/avklar", sent),
        "notat": (f"/saker/{case.id}/notat", {"text": "Snakket med henne"}),
        "lukk": (f"/saker/{case.id}/lukk", TYPED),
    }
    kari.raise_request_exception = False

    def broken(self: Trail) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(Trail, "flush", broken)
        assert kari.post(*posts[act]).status_code == 500
    with work(ref("gjovik"), TEST):
        counts = (Case.objects.filter(state="open").count(), Note.objects.count(), ClosingReport.objects.count())
        assert counts == (1, 0, 0)
    assert kari.post(*posts[act]).status_code == 303
