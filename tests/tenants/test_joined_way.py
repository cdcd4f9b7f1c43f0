"""Two matters that are one: joined into one, told truly to both reporters, counted once, and parted again."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.cases.actions import add_member
from tenants.cases.models import Case
from tenants.cases.queries import registered
from tenants.closing import after_actions
from tenants.inbox import callbacks_actions, shutting
from tenants.inbox import told as inbox_told
from tenants.inbox.actions import move, open_concern, receive
from tenants.inbox.calls_models import Callback
from tenants.inbox.models import Concern
from tenants.inbox.queries import readers_of, with_receipt
from tenants.inbox.receipts import receipt_for
from tenants.joined import access, actions, queries
from tenants.joined.actions import Wish
from tenants.joined.duties import open_duties
from tenants.joined.models import Join
from tenants.joined.states import TURN
from tenants.measures.models import Measure
from tenants.persons.models import Person, PersonLink
from tenants.persons.spoken import SafetyWarning
from tenants.persons.spoken_actions import Told, warn
from tenants.triage.models import NextStep
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import PHONE, card_in, text_of
from tests.tenants.test_hidden import deny
from varde.access import Reader
from varde.access.ticket import presented
from varde.clock import now
from varde.refusal import Overtaken, Refused

WHY = "Samme kvinne, meldt av naboen og av hjemmetjenesten"


def join(gone: Concern, kept: Concern, **kwargs: object) -> Join:
    """By Kari, everything carried over."""
    keys = [duty.key for duty in open_duties(gone)]
    return actions.join(
        concern=gone, into=kept, wish=Wish(**({"reason": WHY, "carried": keys} | kwargs)), by=as_person("kari")
    )


def fresh(concern: Concern) -> Concern:
    return Concern.objects.get(pk=concern.pk)


def state_of(gjovik, concern: Concern) -> str:
    """What the holder of the receipt is told."""
    with presented(Reader.for_purpose("receipt", gjovik)):
        return with_receipt(gjovik, receipt_for(gjovik, concern.pk)).progress


def test_the_coordinator_joins_two_cases_and_what_was_left_goes_on_in_one(gjovik):
    """The whole way through the page: choose, look over, join; nothing that was open is left behind."""
    kari, kept, gone = client_for("kari"), way.case(), way.case()
    visit, stop = way.measure(gone), way.measure(gone)
    callbacks_actions.plan(
        plan=callbacks_actions.Plan("Fru Berg", PHONE, way.in_hours(5), way.person("kari")), concern=gone.concern,
        by=as_person("kari"),
    )  # fmt: skip
    card, other = card_in(gone.concern, phone=PHONE), card_in(gone.concern, "suspected", name="Nils Nabo")
    told = Told("dog", "Løs hund i gården", way.in_hours(200).date(), other)
    warn(concern=gone.concern, told=told, by=as_person("kari"))
    NextStep.objects.filter(concern=gone.concern).update(due_at=way.in_hours(3))
    path = f"/innboks/{gone.concern_id}/sla-sammen"
    assert "Hvilken hører den sammen med?" in text_of(kari, path)
    page = text_of(kari, f"{path}?andre={kept.name.removeprefix('Sak ')}")
    for shown in (kept.name, "Hjemmetjenesten ser innom", "Fru Berg", "Ola Utsatt", "Fristen blir"):
        assert shown in page
    carried = [duty.key for duty in open_duties(gone.concern) if duty.key != f"tiltak-{stop.id}"]
    typed = {"andre": str(kept.concern_id), "reason": WHY, "carried": carried, "cards": [str(card.id)]}
    again = kari.post(path, typed)
    assert (
        again.status_code,
        "Skriv hvorfor det som ikke" in again.content.decode(),
        WHY in again.content.decode(),
    ) == (422, True, True)
    sent = kari.post(path, typed | {"ended_because": "Gjøres alt av nattjenesten"})
    assert (sent.status_code, sent.headers["Location"]) == (303, f"/saker/{kept.id}")
    assert (fresh(gone.concern).progress, Case.objects.get(pk=gone.pk).state) == ("closed", "closed")
    assert open_duties(gone.concern) == []
    assert not NextStep.objects.filter(concern=gone.concern, done_at=None).exists()
    assert {Measure.objects.get(pk=key).status for key in (visit.pk, stop.pk)} == {"stopped"}
    assert [each.title for each in Measure.objects.filter(case=kept)] == ["Hjemmetjenesten ser innom"]
    assert [duty.kind for duty in open_duties(kept.concern)] == ["Ring tilbake", "Tiltak"]
    assert NextStep.objects.get(concern=kept.concern, done_at=None).due_at < way.in_hours(4)
    assert [(each.role, each.merged_into) for each in Person.objects.filter(concern=kept.concern)] == [
        ("exposed", None)
    ]
    assert PersonLink.objects.get().other_person == card
    assert [row.text for row in SafetyWarning.objects.filter(concern=kept.concern)] == ["Løs hund i gården"]
    assert way.logged("inbox.concern", "change", gone.concern_id)
    shown = text_of(kari, f"/saker/{kept.id}")
    for word in (f"Hva har skjedd i {gone.name}", WHY, "Slått sammen med"):
        assert word in shown
    assert "Skill fra hverandre" in text_of(kari, f"/saker/{gone.id}")


def test_who_is_to_be_called_because_they_reported_does_not_go_along(gjovik):
    """Whoever sees the other matter alone learns neither that this one is there nor that somebody reported it."""
    told = inbox_told.Told(reporter_kind="privat", what="x", reporter_name="Mona Nabo", reporter_phone="99 88 77 66")
    got = receive(told=told, channel="web", by=Reader.for_purpose("intake", gjovik))
    way.person("kari")
    way.case(concern=open_concern(concern=Concern.objects.get(id=got.concern_id), by=as_person("kari")))
    gone, kept = fresh(Concern.objects.get(id=got.concern_id)), way.case(owner="tom")
    plan = callbacks_actions.Plan("x", "", way.in_hours(5), way.person("kari"), to_reporter=True)
    callbacks_actions.plan(plan=plan, concern=gone, by=as_person("kari"))
    (duty,) = (each for each in open_duties(gone) if each.kind == "Ring tilbake")
    assert "Ring melderen før dere slår sammen" in duty.becomes
    join(gone, kept.concern)
    with seen_as("tom"):
        assert not Callback.objects.exists()
    assert Callback.objects.get().done_at is not None


def test_both_receipts_tell_the_truth_and_neither_that_they_were_joined(gjovik):
    kept, gone = way.opened(hours_ago=9), way.opened()
    join(gone, kept)
    assert (state_of(gjovik, gone), state_of(gjovik, kept)) == ("opened", "opened")
    way.decided("more_info", concern=kept)
    assert (state_of(gjovik, gone), state_of(gjovik, kept)) == ("in_progress", "in_progress")
    move(concern=kept, to="closed", by=as_person("kari"))
    assert state_of(gjovik, gone) == "closed"
    assert gone.messages.count() == 0


def test_a_third_goes_on_by_way_of_the_second(gjovik):
    head, middle, last = way.case(), way.case(), way.case()
    join(last.concern, middle.concern)
    join(middle.concern, head.concern)
    assert state_of(gjovik, last.concern) == "in_progress"
    assert [row.concern_id for row in queries.joined_here(head.concern)] == [last.concern_id, middle.concern_id]


def test_it_is_counted_once_and_twice_again_when_parted(gjovik):
    kept, gone = way.case(), way.case()
    assert len(list(registered())) == 2
    row = join(gone.concern, kept.concern)
    with presented(Reader.for_purpose("returns", gjovik)):
        assert [each.case_id for each in registered()] == [kept.id]
    page = text_of(client_for("kari"), f"/statistikk/{kept.counted_from.year}Q{(kept.counted_from.month + 2) // 3}")
    assert f"{gone.name} er slått sammen med {kept.name}" in page
    actions.split(joined=row, reason="To søstre", step=way.step(), by=as_person("kari"))
    assert len(list(registered())) == 2


def test_what_was_joined_can_be_parted_with_a_reason_while_the_other_is_open(gjovik):
    kari, kept, gone = client_for("kari"), way.case(), way.case()
    row = join(gone.concern, kept.concern)
    path = f"/innboks/{gone.concern_id}/skill-fra"
    typed = {"reason": "", "text": "Ring søsteren", "owner": str(way.person("kari").id), "due_day": "2027-12-01"}
    assert kari.post(path, typed).status_code == 422
    assert kari.post(path, typed | {"reason": "To søstre"}).status_code == 303
    assert (fresh(gone.concern).progress, Case.objects.get(pk=gone.pk).state) == ("in_progress", "open")
    assert NextStep.objects.get(concern=gone.concern, done_at=None).text == "Ring søsteren"
    assert kari.get(path).status_code == 404
    with pytest.raises(Refused, match="alt skilt"):
        actions.split(joined=row, reason="x", step=way.step(), by=as_person("kari"))
    again = join(gone.concern, kept.concern)
    move(concern=kept.concern, to="closed", by=as_person("kari"))
    with pytest.raises(Refused, match="er lukket"):
        actions.split(joined=again, reason="x", step=way.step(), by=as_person("kari"))


def test_while_it_is_joined_it_is_taken_up_by_no_other_way(gjovik):
    kept, gone = way.case(), way.case()
    join(gone.concern, kept.concern)
    with pytest.raises(Refused, match="Skill dem"):
        after_actions.reopen(case=Case.objects.get(pk=gone.pk), reason="x", step=way.step(), by=as_person("kari"))
    with pytest.raises(ProgrammingError, match="another matter"), transaction.atomic():
        move(concern=gone.concern, to="in_progress", by=as_person("kari"))


# --- what is refused --------------------------------------------------------------------------------------------


def test_each_thing_that_cannot_be_has_its_sentence(gjovik):
    kari, case = client_for("kari"), way.case()
    new, unopened, over = way.opened(), way.received(), way.opened()
    move(concern=over, to="closed", by=as_person("kari"))
    urgent = way.case(category="akutt")
    for gone, kept, said in (
        (new, new, "med seg selv"),
        (new, unopened, "må åpnes"),
        (over, case.concern, "er ikke åpen"),
        (case.concern, new, TURN),
        (urgent.concern, case.concern, "haster mer"),
        (way.opened(hours_ago=90), new, "kom først"),
    ):
        with pytest.raises(Refused, match=said):
            join(gone, kept)
        assert said in text_of(kari, f"/innboks/{gone.pk}/sla-sammen?andre={kept.pk}")
    with pytest.raises(Refused, match="Skriv hvorfor"):
        join(new, case.concern, reason=" ")
    assert not Join.objects.exists()


def test_the_second_of_two_is_told_and_keeps_what_was_typed(gjovik):
    kari, kept, gone = client_for("kari"), way.case(), way.case()
    path, typed = f"/innboks/{gone.concern_id}/sla-sammen", {"andre": str(kept.concern_id), "reason": WHY}
    seen = "0" * 32
    way.measure(gone)
    told = kari.post(path, typed | {"seen": seen, "carried": [duty.key for duty in open_duties(gone.concern)]})
    assert (told.status_code, "endret hva som gjenstår" in told.content.decode()) == (422, True)
    join(gone.concern, way.case().concern)
    late = kari.post(path, typed).content.decode()
    assert "slo den sammen med" in late
    assert WHY in late
    with pytest.raises(Overtaken):
        join(gone.concern, kept.concern)


def test_only_a_coordinator_who_sees_both_joins(gjovik):
    kept, gone = way.case(), way.case()
    add_member(case=gone, user=way.person("tom"), by=as_person("kari"))
    add_member(case=kept, user=way.person("tom"), by=as_person("kari"))
    tom = client_for("tom")
    with seen_as("tom"):
        assert tom.get(f"/innboks/{gone.concern_id}/sla-sammen").status_code == 403
        with pytest.raises(Refused, match="Bare en koordinator"):
            actions.join(concern=gone.concern, into=kept.concern, wish=Wish(WHY), by=as_person("tom"))
    way.person("tove")
    deny(kept.concern, "kari", by="kari")
    kari = client_for("kari")
    with seen_as("kari"):
        hidden = kari.get(f"/innboks/{gone.concern_id}/sla-sammen?andre={kept.concern_id}").content
        absent = kari.get(f"/innboks/{gone.concern_id}/sla-sammen?andre={kept.id}").content
        assert b"Ingen sak med dette nummeret" in hidden
        assert kept.name.encode() not in hidden + absent


# --- who sees what ----------------------------------------------------------------------------------------------


def test_whoever_is_shut_out_of_one_is_shut_out_of_both_and_stays_so(gjovik):
    kept, gone = way.opened(hours_ago=9), way.opened()
    for name in ("tom", "tove"):
        way.person(name)
    deny(gone, "tom")
    row = join(gone, kept)
    for name, sees in (("kari", 2), ("tove", 2), ("tom", 0)):
        with seen_as(name):
            assert Concern.objects.filter(pk__in=[gone.pk, kept.pk]).count() == sees
            assert Join.objects.count() == (1 if sees else 0)
    deny(kept, "tove")
    with seen_as("tove"):
        assert not Concern.objects.filter(pk=gone.pk).exists()
    actions.split(joined=row, reason="To søstre", step=way.step(), by=as_person("kari"))
    with seen_as("tom"):
        assert not Concern.objects.filter(pk=kept.pk).exists()


def test_what_the_shut_out_held_in_the_other_goes_to_the_one_who_joins(gjovik):
    gone, kept = way.case(), way.case(owner="tom")
    for name in ("tove",):
        add_member(case=kept, user=way.person(name), by=as_person("kari"))
    deny(gone.concern, "tom")
    join(gone.concern, kept.concern)
    assert NextStep.objects.get(concern=kept.concern, done_at=None).owner == way.person("kari")
    assert way.person("tom") not in readers_of(kept.concern_id)


def test_the_joining_is_there_only_for_those_who_see_both(gjovik):
    kept, gone = way.case(), way.case()
    add_member(case=gone, user=way.person("tom"), by=as_person("kari"))
    add_member(case=kept, user=way.person("tove"), by=as_person("kari"))
    join(gone.concern, kept.concern)
    for name, mine, others in (("tom", gone, kept), ("tove", kept, gone)):
        client = client_for(name)
        with seen_as(name):
            page = text_of(client, f"/saker/{mine.id}")
            assert Join.objects.count() == 0
        for word in (others.name, str(others.id), str(others.concern_id), WHY):
            assert word not in page


def test_members_of_the_one_are_put_on_the_other_by_choice(gjovik):
    kept, gone = way.case(), way.case()
    tom = way.person("tom")
    add_member(case=gone, user=tom, by=as_person("kari"))
    assert queries.lacking_members(gone.concern, kept.concern) == [tom]
    join(gone.concern, kept.concern, members=[tom])
    assert tom in readers_of(kept.concern_id)


def test_a_covered_matter_is_joined_only_with_one_covered_for_the_same_two(gjovik):
    tove = way.person("tove")
    way.person("tom")
    gone, kept = way.opened(), way.opened(hours_ago=9)
    with seen_as("kari") as kari:
        shutting.cover(concern=gone, substitute=tove, by=kari)
        with pytest.raises(Refused, match="Skjerm begge"):
            join(gone, kept)
        shutting.cover(concern=kept, substitute=tove, by=kari)
        join(gone, kept)
        with pytest.raises(Refused, match="Skill dem"):
            shutting.uncover(concern=fresh(kept), by=kari)
    with seen_as("tom"):
        assert Concern.objects.count() == 0


def test_a_joining_cannot_be_forged_or_rewritten(gjovik):
    kept, gone = way.opened(hours_ago=9), way.opened()
    row = join(gone, kept)
    hidden = way.opened()
    deny(hidden, "tom")
    with seen_as("tom"):
        for sql in (
            "INSERT INTO joined_join (id, concern_id, into_id, reason, at, by_name, ended_by_name, ended_reason)"
            f" VALUES (gen_random_uuid(), '{hidden.pk}', '{kept.pk}', '', now(), '', '', '')",
            f"UPDATE joined_join SET into_id = '{gone.pk}'",
            "DELETE FROM joined_join",
        ):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
    row.ended_at = now()
    row.save(update_fields=["ended_at"])
    with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
        row.save(update_fields=["ended_at"])


def test_search_finds_both(gjovik):
    kari, kept, gone = client_for("kari"), way.opened(hours_ago=9), way.opened()
    for concern in (kept, gone):
        card_in(concern, "suspected", name="Nils Nabo")
    join(gone, kept)
    assert "2 treff" in kari.post("/sok", {"sok": "Nils Nabo"}).content.decode()


def test_linked_matters_are_offered_first(gjovik):
    from tenants.persons.actions import link

    kari, kept, gone = client_for("kari"), way.case(), way.case()
    link(person=card_in(gone.concern), other=card_in(kept.concern), by=as_person("kari"))
    page = text_of(kari, f"/innboks/{gone.concern_id}/sla-sammen")
    assert page.index("Koblet som samme person") < page.index(kept.name)


def test_an_unopened_one_is_first_opened(gjovik):
    kari, concern = client_for("kari"), way.received()
    assert kari.get(f"/innboks/{concern.pk}/sla-sammen").status_code == 303
    open_concern(concern=concern, by=as_person("kari"))
    assert kari.get(f"/innboks/{concern.pk}/sla-sammen").status_code == 200


def test_whoever_works_in_the_one_is_not_asked_why_they_read_the_other(gjovik):
    kept, gone = way.case(), way.case()
    tom = way.person("tom")
    add_member(case=kept, user=tom, by=as_person("kari"))
    row = join(gone.concern, kept.concern)
    with presented(Reader.for_purpose("verify", gjovik)):
        (task,) = [each for each in access.tasks([gone.concern_id])[gone.concern_id] if each.user_id == tom.id]
    assert task.holds(tom.id, row.at)
