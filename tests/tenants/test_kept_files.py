"""Files that no bundle can hold stop the end until somebody decides; and what is hidden is not told of by waiting."""

import io
import json
import zipfile

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from tenants.inbox import shutting
from tenants.inbox.attached import Attachment, AttachmentFinding
from tenants.joined.models import Join
from tenants.kept import bundle, bundle_papers, queries, tasks
from tenants.kept.bundle_index import Index
from tenants.kept.models import Bundle, RetentionClass, WithoutFile
from tests.cast import as_person, ref, seen_as
from tests.client import client_for
from tests.tenants import way
from tests.tenants.people import text_of
from tests.tenants.test_kept_end import decided_class, old_case, ordered, sent
from tests.tenants.test_kept_end import gjovik as inn
from varde.access import Reader
from varde.access.ticket import presented
from varde.clock import now
from varde.documents.paper import Facts, Table, Text


def unchecked(case, number: int = 2) -> Attachment:
    file = Attachment(concern=case.concern, number=number, at=now(), name="video.mp4", kind="mp4", size=3)
    file.save()
    return file


def test_a_file_that_was_not_checked_stops_the_end_until_a_coordinator_says_why_it_may_go(house):
    with inn():
        decided_class()
        case = old_case(member="tom")
        file, key = unchecked(case), case.concern_id
        ordered(case)
    sent(case)
    done = tasks.run(ref("gjovik"))
    assert (done.gone, done.left) == (0, 1)
    assert "ikke fått alle filene" in done.reasons[0]
    kari, path = client_for("kari"), f"/oppbevaring/{key}/uten-fil"
    kari.post(f"/oppbevaring/{key}/trekk")
    assert "Vedlegg 2" in text_of(kari, f"/oppbevaring/{key}")
    assert client_for("tom").post(path, {"chosen": [str(file.pk)], "reason": "x"}).status_code == 403
    without = kari.post(path, {"chosen": [str(file.pk)], "reason": ""})
    assert (without.status_code, "checked" in without.content.decode()) == (422, True)
    assert kari.post(path, {"chosen": [str(file.pk)], "reason": "Filen var tom"}).status_code == 303
    page = text_of(kari, f"/oppbevaring/{key}")
    assert "Filen var tom" in page
    late = kari.post(path, {"chosen": [str(file.pk)], "reason": "Igjen"})
    assert late.status_code == 422
    for said in ("Igjen</textarea>", "Noe har endret seg siden du åpnet siden", "er ikke lagret"):
        assert said in late.content.decode()
    with inn():
        assert way.logged("kept.file", "create", key)
        ordered(case)
    assert tasks.run(ref("gjovik")).gone == 1
    with inn():
        assert not WithoutFile.objects.exists()


def test_the_bundle_says_which_files_are_not_in_it_and_only_whoever_may_confirm_does_without(gjovik):
    decided_class()
    case = old_case(member="tom")
    file, broken = unchecked(case), unchecked(case, 3)
    AttachmentFinding(attachment=broken, concern=case.concern, at=now(), virus="clean", opening="kept").save()
    answer = client_for("kari").post(f"/oppbevaring/{case.concern_id}/pakke")
    told = json.loads(zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).read("metadata.json"))
    assert ["ikke virussjekket" in told["merknad"][0], "skadet" in told["merknad"][1]] == [True, True]
    assert set(Bundle.objects.get().without) == {str(file.pk), str(broken.pk)}
    with seen_as("tom") as tom:
        row = WithoutFile(concern=case.concern, attachment=file, reason="x", at=now(), by_user=tom.user_id, by_name="T")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)
    with seen_as("kari") as kari:
        assert [each.pk for each in queries.left_out(Bundle.objects.get())] == [file.pk, broken.pk]
        row = WithoutFile(concern=way.case().concern, attachment=file, reason="x", at=now(), by_user=kari.user_id)
        with pytest.raises(ProgrammingError, match="not of this matter"), transaction.atomic():
            row.save(force_insert=True)
    with seen_as("tove"):
        assert queries.left_out(Bundle(pk=told["systemID"])) == []


def test_nothing_is_told_of_a_joined_matter_that_is_hidden_only_that_the_end_waits(gjovik):
    decided_class()
    case, hidden = old_case(member="tom"), way.case()
    tove = way.person("tove")
    way.person("kari")
    Join(concern=case.concern, into=hidden.concern, reason="Samme", at=now(), by_name="Kari").save(force_insert=True)
    with seen_as("kari") as kari:
        assert queries.one(case.concern) is None  # sees both: the other one is open
        shutting.deny(concern=hidden.concern, user=tove, kind="other", by=kari)
    ordered(case)
    with seen_as("tom"):
        found = queries.one(case.concern)
        assert found is not None
        assert (found.standing.is_due, found.matter.hidden, found.waits) == (True, False, True)
    page = text_of(client_for("tom"), f"/oppbevaring/{case.concern_id}")
    assert "Slettingen venter" in page
    assert "slått sammen" not in page
    with presented(Reader.for_purpose("retention", gjovik)):
        assert queries.matters([case.concern_id]) == {}
        assert queries.ready_orders(now()) == {}


def test_a_class_is_not_decided_in_a_time_to_come(gjovik):
    with seen_as("arne"):
        row = RetentionClass(code="case", name="x", ground="x", starts="closed", months=1, then="delete")
        row.decided_at, row.decided_by_name = way.in_hours(24), "Arne"
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)


def test_the_list_of_everything_names_each_row_and_repeats_none(gjovik):
    case = old_case()
    concern, by = case.concern, as_person("kari")
    drawn = [*bundle._of_matter(concern, case, by), *bundle._of_case(case, by)]
    listed, *rest = bundle_papers.everything(concern, [(each.path, each.paper.pieces) for each in drawn])
    kept = bundle_papers.as_kept(concern)
    assert isinstance(listed, Table)
    assert len(listed.rows) == len(kept)
    own = [piece.text for piece in rest if isinstance(piece, Text)]
    assert way.TELLER not in own
    assert "Hun ringte meg" not in " ".join(own)
    held = {each.path: " ".join(repr(each.paper.pieces).split()) for each in drawn}
    for found, (_, _, _, place) in zip(kept, listed.rows, strict=True):
        said = own if place == "Her" else [held[place]]
        for line in found.text.splitlines():
            assert any(line.partition(": ")[2] in each or line in each for each in said), (found.title, place)
    assert {"01-meldingen.pdf", "03-saken.pdf"} <= {row[3] for row in listed.rows}


def test_a_short_word_is_said_only_with_its_label():
    index = Index([("1.pdf", [Facts((("Samtykker", "Ja"), ("Sted", "Hjemme"))), Text("Hun ringte meg sent i går.")])])
    assert index.where("Samtykker: Ja") == "1.pdf"
    assert index.where("hun ringte meg  sent") == "1.pdf"
    assert index.where("Hva ble sagt: Hun ringte meg sent\nSamtykker: Ja") == "1.pdf"
    for not_said in ("Ja", "Anmeldt: Ja", "Samtykker: Nei", "Hun ringte meg sent\nAnmeldt: Ja", ""):
        assert index.where(not_said) == ""
