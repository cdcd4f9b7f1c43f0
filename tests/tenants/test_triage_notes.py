"""What was found out: said of each step that is done, written before there is a case, and never lost on the way."""

import pytest

from tenants.cases.models import Case
from tenants.closing import transfer_queries
from tenants.closing.known_queries import known_of
from tenants.kept import bundle_papers
from tenants.triage import actions, notes_actions
from tenants.triage.models import NextStep
from tenants.triage.notes_models import Note
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.keys import forget_keys
from tests.tenants.test_hidden import deny
from varde.access import Reader
from varde.privacy.actions import destroy
from varde.privacy.models import FrozenRow
from varde.refusal import Refused

NOTE, CAME = "Hjemmetjenesten kjenner henne", "Naboen sier at sønnen flyttet inn i sommer"


def collected():
    """A concern of which more is collected: a step is done, and something is written."""
    concern = way.decided("more_info").assessment.concern
    step = NextStep.objects.get(concern=concern)
    actions.complete_step(step=step, came_of=CAME, then=way.step(), by=as_person("kari"))
    answer = client_for("kari").post(f"/innboks/{concern.id}/notat", {"text": NOTE})
    assert (answer.status_code, answer["Location"]) == (303, f"/innboks/{concern.id}")
    return concern


def test_what_was_found_out_shows_before_the_case_and_in_it(gjovik):
    kari, concern = client_for("kari"), collected()
    page = kari.get(f"/innboks/{concern.id}").content.decode()
    for words in (NOTE, f"Det kom ut av det: {CAME}", "Ring den utsatte"):
        assert words in page
    assert NOTE in kari.get(f"/innboks/{concern.id}/notat").content.decode()
    assert way.logged("triage.note", "create", concern.id)
    way.decided("case", concern=concern)
    case = Case.objects.get(concern=concern)
    page = kari.get(f"/saker/{case.id}").content.decode()
    assert (page.count(NOTE), CAME in page) == (1, True)
    assert kari.get(f"/innboks/{concern.id}/notat")["Location"] == f"/saker/{case.id}#notat"
    kari.post(f"/innboks/{concern.id}/notat", {"text": "Skrevet mens en annen laget saken"})
    assert "Skrevet mens en annen laget saken" in kari.get(f"/saker/{case.id}").content.decode()


def test_it_is_sealed_frozen_and_in_what_is_kept_and_sent(gjovik):
    concern = collected()
    raw = (
        Note.objects.values_list("text", flat=True).get(),
        NextStep.objects.exclude(done_at=None).values_list("came_of", flat=True).get(),
    )
    assert not any(words.encode() in bytes(cell) for cell in raw for words in (NOTE, CAME))
    with pytest.raises(FrozenRow):
        Note.objects.get().save()
    for made in (None, Case.objects.get(concern=way.decided("case", concern=concern).assessment.concern)):
        kept = repr(bundle_papers.matter(concern, made))
        assert NOTE in kept
        assert CAME in kept
        assert [note.text for note in transfer_queries.notes_of(concern, made)] == [NOTE]
    assert CAME in known_of(concern, None).steps[0].text


def test_an_empty_note_and_one_in_a_matter_that_is_over_are_refused(gjovik):
    kari, concern = client_for("kari"), way.opened()
    where = f"/innboks/{concern.id}/notat"
    assert kari.post(where, {"text": " "}).status_code == 422
    assert kari.post(where, {"text": "a\x00b"}).status_code == 422
    with pytest.raises(Refused, match="Skriv noe"):
        notes_actions.write(concern=concern, text=" ", by=as_person("kari"))
    way.decided("advice", concern=concern)
    late = kari.post(where, {"text": NOTE})
    assert (late.status_code, "Saken er lukket" in late.content.decode(), NOTE in late.content.decode()) == (
        422, True, True,
    )  # fmt: skip
    assert "<textarea" not in kari.get(where).content.decode()
    assert not Note.objects.exists()


def test_whoever_does_not_see_the_matter_sees_no_note(gjovik):
    concern = collected()
    deny(concern, "tom")
    assert client_for("tom").post(f"/innboks/{concern.id}/notat", {"text": "x"}).status_code == 404
    with seen_as("tom"):
        assert not Note.objects.exists()
    with seen_as("kari"):
        assert Note.objects.count() == 1


def test_the_pages_stand_when_the_content_is_deleted_for_good(gjovik):
    kari, concern = client_for("kari"), collected()
    destroy(matter_id=concern.id, by=Reader.for_purpose("keys", gjovik))
    forget_keys()
    for address in (f"/innboks/{concern.id}", f"/innboks/{concern.id}/notat"):
        assert "Innholdet er slettet" in kari.get(address).content.decode()
    assert kari.post(f"/innboks/{concern.id}/notat", {"text": NOTE}).status_code == 422


def test_an_open_case_without_a_step_gets_one_from_its_page(gjovik):
    kari, case = client_for("kari"), way.case(category="akutt")
    actions.end_steps(concern=case.concern, by=as_person("kari"))
    where = f"/saker/{case.id}/steg"
    assert f'href="{where}">Legg neste steg' in kari.get(f"/saker/{case.id}").content.decode()
    owner, day = str(as_person("kari").user_id), way.in_hours(48).date().isoformat()
    assert kari.get(where).status_code == 200
    assert kari.post(where, {"then-text": "Ring legen", "then-owner": owner}).status_code == 422
    assert kari.post(where, {"then-text": "Ring legen", "then-owner": owner, "then-due_day": day}).status_code == 303
    step = NextStep.objects.get(done_at=None)
    assert (step.text, step.akutt) == ("Ring legen", True)
    with pytest.raises(Refused, match="lagt et neste steg mens du skrev"):
        actions.lay_step(concern=case.concern, step=way.step(), by=as_person("kari"))
    with pytest.raises(Refused, match="Saken er lukket"):
        actions.lay_step(
            concern=way.decided("advice").assessment.concern, step=way.step(), by=as_person("kari")
        )  # fmt: skip
