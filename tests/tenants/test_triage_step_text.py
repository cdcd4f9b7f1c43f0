"""What the next step says can be put right: owner and day stay, what stood is kept, and the second is told."""

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from tenants.inbox.actions import move
from tenants.triage.actions import complete_step
from tenants.triage.models import NextStep
from tenants.triage.step_text_actions import as_done, as_seen, put_right
from tenants.triage.step_text_models import StepWas
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import stored, text_of
from varde.clock import now
from varde.refusal import Overtaken, Refused

WAS, NEW = "Ring den utsatte på trygt tidspunkt", "Ring søsteren, ikke den utsatte"


def test_it_is_put_right_on_the_page_and_the_old_words_are_kept(gjovik):
    kari, case = client_for("kari"), way.case()
    place, step = f"/innboks/{case.concern_id}/steg/tekst", NextStep.objects.get()
    assert place in text_of(kari, f"/saker/{case.id}/steg")
    assert WAS in text_of(kari, place)
    empty = kari.post(place, {"text": " ", "seen": as_seen(step)})
    assert (empty.status_code, "Fyll ut" in empty.content.decode()) == (422, True)
    answer = kari.post(place, {"text": NEW, "seen": as_seen(step)})
    assert (answer.status_code, answer["Location"]) == (303, f"/saker/{case.id}/steg")
    fresh = NextStep.objects.get()
    assert (fresh.text, fresh.owner_id, fresh.due_at) == (NEW, step.owner_id, step.due_at)
    assert WAS in text_of(kari, place)
    assert f"Slik sto det før: {WAS}" in text_of(kari, f"/saker/{case.id}")
    assert WAS.encode().hex() not in stored("triage_stepwas")
    late = kari.post(place, {"text": "Karis andre tekst", "seen": as_seen(step)})
    assert late.status_code == 422
    for said in ("var først ute", "Karis andre tekst", NEW):
        assert said in late.content.decode()


def test_words_for_a_step_that_is_done_are_never_saved_on_the_next_one(gjovik):
    kari, case = client_for("kari"), way.case()
    place, step = f"/innboks/{case.concern_id}/steg/tekst", NextStep.objects.get()
    complete_step(step=step, came_of="Hun svarte ikke", then=way.step(), by=as_person("kari"))
    for _ in range(2):
        late = kari.post(place, {"text": NEW, "seen": as_seen(step)})
        assert (late.status_code, "alt meldt steget som gjort" in late.content.decode()) == (422, True)
        assert NEW in late.content.decode()
        assert as_seen(NextStep.objects.get(done_at=None)) not in late.content.decode()
    with pytest.raises(Overtaken):
        put_right(concern=case.concern, text=NEW, seen="", by=as_person("kari"))
    assert not StepWas.objects.exists()


def test_a_matter_that_is_over_and_those_outside_change_nothing(gjovik):
    case = way.case()
    place, step = f"/innboks/{case.concern_id}/steg/tekst", NextStep.objects.get()
    tom = client_for("tom")
    assert tom.get(place).status_code == tom.post(place, {"text": NEW, "seen": as_seen(step)}).status_code == 404
    his = way.case(by="tom")
    with seen_as("tom"), pytest.raises(DatabaseError), transaction.atomic():
        StepWas(
            concern_id=his.concern_id, step=step, was="x", at=now(), by_user=as_person("tom").user_id, by_name="Tom"
        ).save()
    move(concern=case.concern, to="closed", by=as_person("kari"))
    with pytest.raises(Refused):
        put_right(concern=case.concern, text=NEW, seen=as_seen(step), by=as_person("kari"))
    assert NextStep.objects.get(pk=step.pk).text == WAS


def test_a_step_that_is_done_is_put_right_and_both_texts_stay(gjovik):
    kari, case = client_for("kari"), way.case()
    step = NextStep.objects.get()
    place = f"/innboks/{case.concern_id}/steg/{step.pk}/rett"
    assert kari.get(place).status_code == 404
    assert way.logged("triage.step", "denied", step.pk)
    complete_step(step=step, came_of="Hun svarte ikke", then=way.step(), by=as_person("kari"))
    step.refresh_from_db()
    step = NextStep.objects.get(pk=step.pk)
    assert place in text_of(kari, f"/saker/{case.id}")
    sent = {"text": NEW, "came_of": "Søsteren svarte", "seen": as_done(step)}
    empty = kari.post(place, sent | {"came_of": " "})
    assert (empty.status_code, "Skriv hva som er riktig" in empty.content.decode()) == (422, True)
    assert NEW in empty.content.decode()
    answer = kari.post(place, sent)
    assert (answer.status_code, answer["Location"]) == (303, f"/saker/{case.id}#tidslinje")
    fresh = NextStep.objects.get(pk=step.pk)
    assert (fresh.text, fresh.came_of, fresh.done_at, fresh.done_by_name) == (
        NEW, "Søsteren svarte", step.done_at, "Kari Koordinator",
    )  # fmt: skip
    assert sorted((row.was, row.outcome) for row in StepWas.objects.all()) == [("Hun svarte ikke", True), (WAS, False)]
    page = text_of(kari, f"/saker/{case.id}")
    for said in (NEW, "Søsteren svarte", f"Slik sto det før: {WAS}", "Slik sto det før: Hun svarte ikke"):
        assert said in page
    late = kari.post(place, sent | {"text": "Karis andre tekst"})
    assert (late.status_code, "var først ute" in late.content.decode()) == (422, True)
    assert "Karis andre tekst" in late.content.decode()
    tom = client_for("tom")
    assert tom.get(place).status_code == tom.post(place, sent).status_code == 404
    move(concern=case.concern, to="closed", by=as_person("kari"))
    assert kari.get(place).status_code == 303
    assert kari.post(place, sent | {"seen": as_done(fresh), "text": "For sent"}).status_code == 422
    assert NextStep.objects.get(pk=step.pk).text == NEW
