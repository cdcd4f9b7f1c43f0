"""From a proposal to a confirmation, as people do it: class, bundle, archive, keep longer, confirm, take back."""

import io
import json
import zipfile
from hashlib import sha256
from uuid import uuid4
from xml.etree import ElementTree

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from tenants.closing.actions import close
from tenants.inbox.models import Cover
from tenants.kept import access, actions, bundle, ending, queries, states
from tenants.kept.models import Archived, Bundle, DueMark, KeptLonger, Order, RetentionClass, Tombstone
from tenants.kept.states import Facts, Standing, class_of, stops
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.test_kept_end import REPORT, decided_class, old_case, sent
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.clock import now
from varde.refusal import Refused

TODAY = queries.today()


def words(made: bytes) -> str:
    document = pypdfium2.PdfDocument(made)
    return " ".join(page.get_textpage().get_text_range() for page in document)


def marked(gjovik) -> None:
    with presented(Reader.for_purpose("retention", gjovik)):
        ending.mark_due(by=Reader.for_purpose("retention", gjovik))


def test_the_kommune_decides_on_a_class_and_every_change_is_kept(gjovik):
    arne, tom = client_for("arne"), client_for("tom")
    page = arne.get("/team/oppbevaring").content.decode()
    assert page.count(">Forslag<") == len(states.PROPOSED)
    assert "arkivplan" in page
    assert tom.get("/team/oppbevaring").status_code == 403
    privacy = client_for("tove", Role.PRIVACY_OFFICER).get("/team/oppbevaring").content.decode()
    assert states.PROPOSED[0].ground in privacy
    assert "/team/oppbevaring/case" not in privacy
    typed = {"name": "Avsluttet sak", "ground": "Arkivplanen punkt 4", "starts": "closed", "years": "5", "extra": "6",
             "then": "archive", "seen": ""}  # fmt: skip
    assert arne.post("/team/oppbevaring/case", typed | {"years": "0", "extra": "0"}).status_code == 422
    wrong = arne.post("/team/oppbevaring/case", typed | {"years": "mange", "name": "Vår klasse"})
    assert wrong.status_code == 422
    assert "Vår klasse" in wrong.content.decode()
    assert arne.post("/team/oppbevaring/case", typed).status_code == 303
    late = arne.post("/team/oppbevaring/case", typed | {"ground": "Noe helt annet"})
    assert late.status_code == 422
    assert "Noen andre var først ute" in late.content.decode()
    assert "Noe helt annet" in late.content.decode()
    page = arne.get("/team/oppbevaring").content.decode()
    assert "5 år og 6 måneder" in page
    assert "Arne Administrator" in page
    assert arne.get("/team/oppbevaring/tull").status_code == 404
    assert queries.classes()["case"].months == 66
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE kept_class SET months = 1")


def test_a_matter_goes_its_way_to_the_confirmation_and_back(gjovik):
    case = old_case()
    key, kari = case.concern_id, client_for("kari")
    page = kari.get(f"/oppbevaring/{key}").content.decode()
    assert "forslag, ikke vedtatt av kommunen" in page
    assert "Kommunen har ikke vedtatt" in page
    decided_class()
    sent(case)
    assert kari.get("/oppbevaring").content.decode().count(case.name) == 0
    marked(gjovik)
    assert case.name in kari.get("/oppbevaring").content.decode()
    assert f'href="/oppbevaring/{key}"' in kari.get("/start").content.decode()
    assert client_for("tove").get(f"/oppbevaring/{key}").status_code == 404
    assert case.name not in client_for("tove").get("/oppbevaring").content.decode()

    answer = kari.post(f"/oppbevaring/{key}/pakke")
    assert 'filename="arkivpakke.zip"' in answer["Content-Disposition"]
    _look_at(b"".join(answer.streaming_content), case)
    assert way.logged("kept.bundle", "export", key)
    assert way.logged("inbox.reporter", "view", key) is False  # nobody said who reported
    assert "Arkivet har ikke" in kari.get(f"/oppbevaring/{key}").content.decode()

    which = {"bundle_id": str(Bundle.objects.get().pk)}
    wrong = kari.post(
        f"/oppbevaring/{key}/arkivert", which | {"reference": "hos Ola", "received_on": TODAY.isoformat()}
    )
    assert (wrong.status_code, "hos Ola" in wrong.content.decode()) == (422, True)
    early = kari.post(f"/oppbevaring/{key}/arkivert", which | {"reference": "2026/17", "received_on": "2020-01-01"})
    assert (early.status_code, "2026/17" in early.content.decode()) == (422, True)
    right = which | {"reference": "2026/17", "received_on": TODAY.isoformat()}
    assert kari.post(f"/oppbevaring/{key}/arkivert", right).status_code == 303
    assert Archived.objects.get().bundle == Bundle.objects.get()

    past = kari.post(f"/oppbevaring/{key}/behold", {"until": "2020-01-01", "reason": "Klagesak"})
    assert (past.status_code, "Klagesak" in past.content.decode()) == (422, True)
    later = TODAY.replace(year=TODAY.year + 1, day=1).isoformat()
    assert kari.post(f"/oppbevaring/{key}/behold", {"until": later, "reason": "Klagesak"}).status_code == 303
    assert (
        "Oppbevaringstiden er ikke ute" in kari.post("/oppbevaring", {"matter": str(key)}, follow=True).content.decode()
    )
    kari.post(f"/oppbevaring/{key}/behold", {"end": "1"})
    assert [row.until is None for row in KeptLonger.objects.order_by("at")] == [False, True]

    assert "slettes om en uke" in kari.post("/oppbevaring", {"matter": str(key)}, follow=True).content.decode()
    order = Order.objects.get()
    assert (order.not_before - order.confirmed_at).days == 7
    assert kari.post(f"/oppbevaring/{key}/pakke", follow=True).status_code == 200  # told, not given
    assert Bundle.objects.count() == 1
    kari.post(f"/oppbevaring/{key}/trekk")
    assert "Slettes snart" not in kari.get(f"/oppbevaring/{key}").content.decode()
    assert "Det er ingen bekreftelse" in kari.post(f"/oppbevaring/{key}/trekk", follow=True).content.decode()


def _look_at(content: bytes, case) -> None:
    """Every paper is there, every print is right, and the prints are listed."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = archive.namelist()
    assert {"01-meldingen.pdf", "03-saken.pdf", "05-sluttrapport-1.pdf", "vedlegg/vedlegg-1.jpg"} <= set(names)
    assert way.TELLER in words(archive.read("01-meldingen.pdf"))
    story = words(archive.read("03-saken.pdf"))
    assert all(said in story for said in ("Hun ringte meg", "Takk for at du sa fra", case.name))
    assert archive.read("vedlegg/vedlegg-1.jpg") == b"abc"
    listed = dict(reversed(line.split("  ")) for line in archive.read("sha256.txt").decode().splitlines())
    assert listed == {name: sha256(archive.read(name)).hexdigest() for name in names if name != "sha256.txt"}
    told = json.loads(archive.read("metadata.json"))
    assert (told["tittel"], told["kassasjon"]["klasse"]) == (case.name, "Avsluttet sak")
    assert ElementTree.fromstring(archive.read("metadata.xml")).findtext("systemID") == str(case.id)
    assert sha256(archive.read("sha256.txt")).hexdigest() == Bundle.objects.get().sha256


def test_who_may_and_when(gjovik):
    case = old_case(member="tom")
    decided_class()
    sent(case)
    concern = case.concern
    open_case = way.case()
    with seen_as("kari") as kari:
        with pytest.raises(Refused, match="ikke avsluttet"):
            actions.keep_longer(concern=open_case.concern, until=None, reason="", by=kari)
        with pytest.raises(Refused, match="Lag arkivpakken"):
            actions.note_archived(concern=concern, bundle_id=uuid4(), reference="1", received_on=TODAY, by=kari)
        made = actions.note_bundle(concern=concern, files=1, sha256="0" * 64, made_at=now(), by=kari)
        actions.note_archived(concern=concern, bundle_id=made.pk, reference="1", received_on=TODAY, by=kari)
        with pytest.raises(Refused, match="ikke vedtatt"):
            actions.clear(kind="talk", by=kari)
    with seen_as("tom") as tom:
        for refused in (lambda: actions.confirm(concern=concern, by=tom), lambda: actions.clear(kind="talk", by=tom)):
            with pytest.raises(PermissionDenied):
                refused()
    with seen_as("tove") as tove, pytest.raises(PermissionDenied):
        actions.keep_longer(concern=concern, until=None, reason="", by=tove)
    with seen_as("kari") as kari:
        actions.confirm(concern=concern, by=kari)
        with pytest.raises(Refused, match="alt bekreftet av Kari"):
            actions.confirm(concern=concern, by=kari)


def test_nobody_lays_a_confirmation_past_the_week_or_a_mark_or_a_tombstone(gjovik):
    case = old_case()
    with seen_as("kari") as kari:
        now = queries.now()
        order = Order(
            concern=case.concern, class_code="case", confirmed_at=now, confirmed_by=kari.user_id,
            confirmed_by_name="Kari", not_before=now,
        )  # fmt: skip
        mark = DueMark(concern=case.concern, class_code="case", due_on=TODAY, marked_at=now)
        stone = Tombstone(
            class_code="case", class_name="x", received_month=TODAY, closed_on=TODAY, deleted_on=TODAY, was_case=True,
            hidden=False, confirmed_by=kari.user_id, confirmed_by_name="Kari", key_destroyed=True,
        )  # fmt: skip
        for row in (order, mark, stone):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                row.save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM kept_facts(NULL)")
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT count(*) FROM kept_loose()")
            assert cursor.fetchone() == (0,)


def facts(**given) -> Facts:
    whole = {"has_case": True, "closed_on": TODAY, "last_contact_on": TODAY, "received_on": TODAY}
    return Facts(**(whole | given))


def test_each_matter_has_the_class_that_its_end_gives(gjovik):
    assert class_of(facts()) == "case"
    assert class_of(facts(ending="unfounded")) == class_of(facts(ending="misuse")) == "short"
    assert class_of(facts(has_case=False)) == "no_case"
    assert class_of(facts(moved=True, ending="misuse")) == "moved"
    concern = way.opened(hours_ago=100)
    way.decided("advice", concern=concern, step=None)
    short = way.case()
    close(
        case=short, report=type(REPORT)(done="Ingenting", ending="misuse"), outcomes=["closer_follow_up"],
        by=as_person("kari"),
    )  # fmt: skip
    with seen_as("kari") as kari:
        found = queries.matters([concern.pk, short.concern_id])
        made = bundle.make(concern, queries.one(concern), kari)
    assert "Fare for gjentakelse" in words(zipfile.ZipFile(io.BytesIO(made.content)).read("03-saken.pdf"))
    assert {key: class_of(one.facts) for key, one in found.items()} == {
        concern.pk: "no_case", short.concern_id: "short",
    }  # fmt: skip
    assert found[concern.pk].facts.closed_on == TODAY


def test_what_stops_is_said_in_full():
    proposal = states.newest([])["case"]
    standing = Standing(proposal, TODAY, is_due=False, archived=False, changed_since=False, others=("Tallene …",))
    assert len(stops(standing)) == 4
    decided = states.newest(
        [queries.as_class(RetentionClass(code="case", name="x", ground="y", starts="closed", months=1, then="delete"))]
    )["case"]
    assert decided.time == "1 måned"
    assert not decided.archives


def test_of_a_covered_matter_only_those_two_know_also_when_it_is_gone(gjovik):
    case = old_case(about_staff="staff")
    decided_class()
    way.person("tove")
    concern = case.concern
    tom = way.person("tom")
    Cover.objects.filter(concern=concern).update(holder=tom, substitute=None)
    marked(gjovik)
    with seen_as("kari"):
        assert queries.matters([concern.pk]) == {}
        assert not queries.due().exists()
    with seen_as("tom") as reader:
        assert queries.matters([concern.pk])[concern.pk].hidden
        assert access.may_confirm(reader, concern)
        assert access.confirmable(reader, [concern]) == {concern.pk}
        confirmed_by = reader.user_id
    Tombstone(
        class_code="case", class_name="x", received_month=TODAY, closed_on=TODAY, deleted_on=TODAY, was_case=True,
        hidden=True, confirmed_by=confirmed_by, confirmed_by_name="Tom", key_destroyed=True,
    ).save()  # fmt: skip
    for name, sees in (("tom", True), ("kari", False), ("tove", False)):
        with seen_as(name):
            assert Tombstone.objects.exists() is sees


def test_the_list_asks_as_much_for_many_as_for_one(gjovik):
    decided_class()
    cases = [old_case() for _ in range(4)]
    counts = []
    with seen_as("kari"):
        for asked in (cases[:1], cases):
            with CaptureQueriesContext(connection) as caught:
                assert len(queries.seen([case.concern_id for case in asked])) == len(asked)
            counts.append(len(caught))
    assert counts[0] == counts[1]
