"""The pages of the action plan: written, read, reported on and taken away as paper, by the right people."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from regional.plan import demo, queries
from regional.plan.models import Adoption, Evidence, Goal, Measure, Plan, Progress
from tests.cast import ref
from tests.client import client_for
from tests.owner import as_owner
from tests.regional.planned import adopted, drafted, measure, of, working
from varde.access import Role
from varde.documents import beside
from varde.identity.actions import invite
from varde.refusal import Refused
from varde.tenancy.work import work

HERE = "/lederteam/handlingsplan"


@pytest.fixture
def sara(gjovikregionen):
    return client_for("liv", Role.SECRETARY)


@pytest.fixture
def liv(gjovikregionen):
    return client_for("liv")


@pytest.fixture
def plan(gjovikregionen):
    with working() as by:
        made, goal = drafted(by)
        measure(made, goal, by, due_on=date(2026, 1, 20))
        measure(made, goal, by, "Side på nettstedet", kommuner=(ref("gjovik").id,), owner=of("gjovik"))
        adopted(made, by)
    return made


def text(response) -> str:
    return response.content.decode()


def typed(goal, **more):
    return {"goal": str(goal.id), "what": "Lag en plakat", "owner": "organ", "body": "Lederteamet",
            "due_on": "2026-12-01"} | more  # fmt: skip


def test_a_secretary_writes_and_enters_a_plan_without_help(sara):
    assert "Lag et utkast" in text(sara.get(HERE))
    sent = sara.post(f"{HERE}/ny", {"title": "Felles plan", "first_year": 2026, "last_year": 2027})
    plan = Plan.objects.get()
    assert (sent.status_code, sent.headers["Location"]) == (303, f"{HERE}/{plan.id}")
    assert "Utkastet er tomt" in text(sara.get(f"{HERE}/{plan.id}"))
    sara.post(f"{HERE}/{plan.id}/mal/nytt", {"title": "Alle vet hvor de kan si fra"})
    goal = Goal.objects.get()
    assert f'value="{goal.id}" selected' in text(sara.get(f"{HERE}/{plan.id}/tiltak/nytt?mal={goal.id}"))
    sara.post(f"{HERE}/{plan.id}/tiltak/nytt", typed(goal, kommuner=[str(ref("gjovik").id)]))
    assert "Lag en plakat" in text(sara.get(HERE))
    seen = queries.whole_seen(plan)
    said = {"decision": "Lederteamet, sak 4", "decided_on": "2026-01-12", "seen": seen}
    assert sara.post(f"{HERE}/{plan.id}/vedta", said).status_code == 303
    shown = text(sara.get(HERE))
    assert "Gjelder nå" in shown
    assert "Lederteamet, sak 4" in shown
    assert f"{HERE}/{plan.id}/vedtatt" in shown


def test_what_was_typed_stands_when_something_is_wrong(sara):
    sent = sara.post(f"{HERE}/ny", {"title": "Felles plan", "first_year": 2027, "last_year": 2026})
    assert sent.status_code == 422
    assert "kan ikke være før" in text(sent)
    assert 'value="Felles plan"' in text(sent)
    sara.post(f"{HERE}/ny", {"title": "Felles plan", "first_year": 2026, "last_year": 2027})
    plan = Plan.objects.get()
    sara.post(f"{HERE}/{plan.id}/mal/nytt", {"title": "Mål"})
    sent = sara.post(f"{HERE}/{plan.id}/tiltak/nytt", typed(Goal.objects.get(), body="", what="Lag fagdag"))
    assert sent.status_code == 422
    assert "Skriv hvem som har ansvaret." in text(sent)
    assert "Lag fagdag" in text(sent)


def test_a_stale_page_changes_nothing(sara):
    with working() as by:
        plan, goal = drafted(by)
        row = measure(plan, goal, by)
    old = queries.measure_seen(row)
    there = f"{HERE}/tiltak/{row.id}/endre"
    assert sara.post(there, typed(goal, what="Først", seen=old)).status_code == 303
    sent = sara.post(there, typed(goal, what="Sist", seen=old))
    assert sent.status_code == 422
    assert "var først ute" in text(sent)
    assert Measure.objects.get().what == "Først"
    assert sara.post(f"{HERE}/mal/{goal.id}", {"title": "Nytt mål", "seen": queries.goal_seen(goal)}).status_code == 303
    again = {"title": "Plan", "first_year": 2026, "last_year": 2026, "seen": queries.plan_seen(plan)}
    assert sara.post(f"{HERE}/{plan.id}/endre", again).status_code == 303


def test_a_draft_is_taken_apart_again(sara):
    with working() as by:
        plan, goal = drafted(by)
        row = measure(plan, goal, by)
    assert "Flytt eller slett dem først" in text(sara.post(f"{HERE}/mal/{goal.id}/slett", follow=True))
    sara.post(f"{HERE}/tiltak/{row.id}/slett")
    sara.post(f"{HERE}/mal/{goal.id}/slett")
    sara.post(f"{HERE}/{plan.id}/slett")
    assert not Plan.objects.exists()


def test_the_plan_is_shown_for_all_what_is_common_what_is_late_and_each_kommune(liv, plan):
    whole = text(liv.get(HERE))
    assert "Lag en plakat" in whole
    assert "Over frist" in whole
    assert "Regnet ut" in whole
    assert 'role="img"' in whole
    common, home = (text(liv.get(f"{HERE}?vis={one}")) for one in ("felles", ref("gjovik").id))
    assert "Side på nettstedet" not in common
    assert "Side på nettstedet" in home
    assert "Lag en plakat" not in home
    assert "Side på nettstedet" not in text(liv.get(f"{HERE}?vis=over-frist"))
    assert liv.get(f"{HERE}?vis=tull").status_code == 400


def test_members_read_and_write_nothing(liv, plan):
    row = Measure.objects.filter(plan=plan).first()
    shown = text(liv.get(f"{HERE}/tiltak/{row.id}"))
    assert "Hva er nytt?" not in shown
    assert liv.post(f"{HERE}/tiltak/{row.id}", {"status": "done"}).status_code == 404
    assert liv.post(f"{HERE}/tiltak/{row.id}/dokumentasjon", {"evidence": "Virker"}).status_code == 404
    assert not Progress.objects.exists()


def test_nobody_opens_the_editing_of_an_adopted_plan(sara, plan):
    row, goal = Measure.objects.filter(plan=plan).first(), Goal.objects.get(plan=plan)
    for there in (f"{plan.id}/endre", f"{plan.id}/vedta", f"{plan.id}/mal/nytt", f"mal/{goal.id}",
                  f"tiltak/{row.id}/endre"):  # fmt: skip
        assert sara.get(f"{HERE}/{there}").status_code == 404
    for there in (f"{plan.id}/slett", f"mal/{goal.id}/slett", f"tiltak/{row.id}/slett"):
        assert sara.post(f"{HERE}/{there}").status_code == 404


def test_progress_is_entered_on_the_measure(sara, plan):
    row = Measure.objects.filter(plan=plan, what="Lag en plakat").get()
    there = f"{HERE}/tiltak/{row.id}"
    assert sara.post(there, {"status": "stopped", "seen": ""}).status_code == 422
    assert sara.post(there, {"seen": ""}).status_code == 422
    sent = {"status": "running", "text": "Trykkeriet er i gang.", "due_on": "2027-01-15", "owner": "organ",
            "body": "Vertskommunen", "seen": ""}  # fmt: skip
    assert sara.post(there, sent).status_code == 303
    shown = text(sara.get(there))
    assert "Trykkeriet er i gang." in shown
    assert "Ny ansvarlig: Vertskommunen" in shown
    assert "(vedtatt: 20.01.2026)" in shown
    assert sara.post(there, sent).status_code == 422


def test_evidence_is_words_and_the_cleaned_copy_of_a_file(sara, plan):
    row = Measure.objects.filter(plan=plan).first()
    there = f"{HERE}/tiltak/{row.id}/dokumentasjon"
    assert sara.post(there, {"evidence": ""}).status_code == 422
    note = SimpleUploadedFile("../navn på noen.txt", b"62 steder har plakaten.", "text/html")
    assert sara.post(there, {"evidence": "Plakaten henger.", "file": note}).status_code == 303
    kept = Evidence.objects.get()
    assert kept.kind == "txt"
    got = sara.get(f"{HERE}/dokumentasjon/{kept.id}")
    assert "62 steder" in b"".join(got.streaming_content).decode()
    assert got.headers["Content-Type"] == "application/octet-stream"
    assert "navn" not in got.headers["Content-Disposition"]
    assert "Plakaten henger." in text(sara.get(f"{HERE}/tiltak/{row.id}"))


def test_a_file_that_is_no_document_is_refused_and_the_words_stand(sara, plan):
    row = Measure.objects.filter(plan=plan).first()
    bad = SimpleUploadedFile("x.pdf", b"MZ\x90\x00 not a document", "application/pdf")
    sent = sara.post(f"{HERE}/tiltak/{row.id}/dokumentasjon", {"evidence": "Plakaten henger.", "file": bad})
    assert sent.status_code == 422
    assert "ikke en av dem vi tar imot" in text(sent)
    assert "Plakaten henger." in text(sent)
    assert not Evidence.objects.exists()


def test_a_file_that_no_scanner_has_seen_is_not_kept(settings, sara, plan):
    settings.UNSCANNED_ATTACHMENTS = False
    settings.CLAMD = ""
    row = Measure.objects.filter(plan=plan).first()
    note = SimpleUploadedFile("a.txt", b"tekst", "text/plain")
    sent = sara.post(f"{HERE}/tiltak/{row.id}/dokumentasjon", {"evidence": "Virker.", "file": note})
    assert beside.WAITING in text(sent)
    assert not Evidence.objects.exists()


def test_no_file_is_no_fault():
    assert beside.only([]) is None
    with pytest.raises(Refused, match="kunne ikke lagres"):
        beside.only([beside.SentFile(name="a", declared="", size=1, spool=None, refused="failed")])


def test_the_plan_leaves_as_paper_and_as_rows_and_as_it_was_adopted(liv, plan):
    made = b"".join(liv.get(f"{HERE}/{plan.id}/pdf").streaming_content)
    assert made.startswith(b"%PDF-")
    book = liv.get(f"{HERE}/{plan.id}/xlsx")
    assert "varde-plan-" in book.headers["Content-Disposition"]
    strings = zipfile.ZipFile(io.BytesIO(book.content)).read("xl/sharedStrings.xml").decode()
    assert "Lag en plakat" in strings
    assert "Gjøvik" in strings
    kept = b"".join(liv.get(f"{HERE}/{plan.id}/vedtatt").streaming_content)
    with working() as by:
        measure(plan, None, by, "Fagdag", origin="Sak 9", origin_kind="decision")
    assert b"".join(liv.get(f"{HERE}/{plan.id}/vedtatt").streaming_content) == kept


def test_there_is_no_adopted_paper_of_a_draft(liv):
    with working() as by:
        plan, _ = drafted(by)
    assert liv.get(f"{HERE}/{plan.id}/vedtatt").status_code == 404


def test_the_next_plan_is_made_of_this_one(sara, plan):
    shown = text(sara.get(f"{HERE}/ny"))
    assert f'value="{plan.id}" selected' in shown
    sent = {"title": "Neste plan", "first_year": 2028, "last_year": 2029, "carry": str(plan.id)}
    made = sara.post(f"{HERE}/ny", sent).headers["Location"]
    assert "Side på nettstedet" in text(sara.get(made))
    assert "Et utkast til ny plan er under arbeid" in text(sara.get(HERE))


def test_the_demo_tells_a_plan_with_all_that_a_plan_can_meet(house):
    region = ref("gjovikregionen")
    with work(region, "setup") as by:
        invite(email="vert@example.org", name="Vera Vert", roles=[Role.HOST_ADMINISTRATOR], by=by)
    assert demo.seed(region)
    assert not demo.seed(region)
    assert not demo.seed(ref("gjovik"))
    with as_owner(region):
        assert (Goal.objects.count(), Measure.objects.count(), Adoption.objects.count()) == (3, 10, 1)
        assert {one.status for one in Progress.objects.all()} == {"done", "running", "stopped"}
