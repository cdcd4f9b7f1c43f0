"""Attachments beside a concern: laid with it, checked and opened by the task, given out only with a trace."""

import uuid
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from tenants.inbox import attachments, attachments_sealed, attachments_tasks
from tenants.inbox.actions import open_concern, receive
from tenants.inbox.attached import Attachment, AttachmentChunk, AttachmentFinding
from tenants.inbox.models import Concern, Denial
from tenants.inbox.told import Told
from tests.cast import TEST, as_person, ref
from tests.client import client_for
from tests.documents import bad_files, papers, photos
from tests.documents.canaries import Canaries
from tests.documents.clamd import running
from tests.owner import as_owner
from varde.access import Reader
from varde.access.ticket import presented
from varde.audit.models import Entry
from varde.clock import now
from varde.documents.intake import NotTaken
from varde.documents.spool import Spool
from varde.documents.uploads import SentFile
from varde.privacy.errors import CannotOpen
from varde.privacy.models import DataKey
from varde.tenancy.door import office
from varde.tenancy.work import work

WORDS = Told(reporter_kind="privat", what="Jeg hører skrik om natten.")


def file(data: bytes, name: str = "bilde.jpg") -> SentFile:
    spool = Spool()
    spool.add(data)
    spool.close_writing()
    return SentFile(name=name, declared="image/jpeg", size=len(data), spool=spool)


def told(*files: SentFile, opened: bool = True) -> tuple[UUID, list[NotTaken]]:
    """A concern from the public form with files; opened by Kari."""
    with work(ref("gjovik"), "intake") as by:
        got = receive(told=WORDS, channel="web", by=by)
        left_out = attachments.attach(concern_id=got.concern_id, files=files, by=by)
    if opened:
        with work(ref("gjovik"), TEST):
            open_concern(concern=Concern.objects.get(id=got.concern_id), by=as_person("kari"))
    return got.concern_id, left_out


def checked(concern_id: UUID) -> list[attachments.Shown]:
    """What the team sees after the task has run."""
    attachments_tasks.waiting_attachments.run(ref("gjovik"))
    with work(ref("gjovik"), TEST):
        return attachments.shown(concern_id)


@pytest.fixture
def unscanned(house, settings):
    settings.CLAMD, settings.UNSCANNED_ATTACHMENTS = "", True


def stored() -> list[Attachment]:
    with work(ref("gjovik"), TEST):
        return list(Attachment.objects.order_by("number"))


def test_a_file_lies_with_the_concern_and_gets_a_copy(unscanned):
    words = Canaries()
    concern_id, left_out = told(file(photos.jpeg(words)), file(papers.pdf(words)), file(b"ID3" + bytes(600_000)))
    assert left_out == []
    lines = checked(concern_id)
    assert [(line.kind, line.virus, line.has_copy) for line in lines] == [
        ("bilde (JPEG)", "ikke virussjekket", True), ("PDF", "ikke virussjekket", True),
        ("lydopptak (MP3)", "ikke virussjekket", False),
    ]  # fmt: skip
    assert lines[2].opening == "det kan ikke lages renset kopi av denne filtypen"


def test_the_report_is_kept_when_no_file_can_be(unscanned, settings):
    settings.ATTACHMENTS_GIB = 0
    concern_id, left_out = told(file(b"Hei", "brev.txt"), file(bad_files.HTML, "side.jpg"))
    assert [(one.name, one.sentence) for one in left_out] == [
        ("brev.txt", "Det er ikke plass til flere vedlegg hos oss akkurat nå."),
        ("side.jpg", "Filtypen er ikke en av dem vi tar imot."),
    ]
    assert concern_id
    assert stored() == []


def test_a_database_that_refuses_a_file_keeps_the_report(unscanned, monkeypatch):
    def full(*_of, **_with):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")

    monkeypatch.setattr(attachments_sealed, "store", full)
    concern_id, left_out = told(file(b"Hei"))
    assert [one.reason for one in left_out] == ["failed"]
    with work(ref("gjovik"), TEST):
        assert Concern.objects.filter(id=concern_id).exists()
        assert not Attachment.objects.exists()


def test_a_form_sent_again_stores_nothing_twice(unscanned):
    concern_id, _ = told(file(b"Hei"))
    with work(ref("gjovik"), "intake") as by:
        assert attachments.attach(concern_id=concern_id, files=[file(b"Hei")], by=by, again=True) == []
    assert len(stored()) == 1


def test_whoever_sends_reads_nothing_back(unscanned):
    with work(ref("gjovik"), "intake") as by, CaptureQueriesContext(connection) as asked:
        got = receive(told=WORDS, channel="web", by=by)
        attachments.attach(concern_id=got.concern_id, files=[file(b"Hei" * 200_000)], by=by)
        assert [model.objects.count() for model in (Attachment, AttachmentChunk, AttachmentFinding)] == [0, 0, 0]
    ours = [query["sql"] for query in asked if "inbox_attachment" in query["sql"] and "COUNT" not in query["sql"]]
    assert len([sql for sql in ours if sql.startswith("INSERT")]) == 4
    assert not any("RETURNING" in sql or sql.startswith('SELECT "') for sql in ours)


def test_nothing_that_was_sent_stands_in_the_clear(unscanned):
    words = Canaries()
    told(file(papers.text(words) + words("body").encode(), words("name")))
    with work(ref("gjovik"), TEST), connection.cursor() as cursor:
        for table in ("inbox_attachment", "inbox_attachmentchunk", "inbox_attachmentfinding"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            assert words.left_in((cursor.fetchone()[0] or "").encode()) == []
        cursor.execute("SELECT sealed FROM inbox_attachmentchunk")
        assert words.left_in(b"".join(bytes(row[0]) for row in cursor.fetchall())) == []


def tampered(sql: str) -> None:
    """What somebody with the whole database in hand does to it."""
    with as_owner(ref("gjovik")), connection.cursor() as cursor:
        for statement in sql.split(";"):
            cursor.execute(statement)
            assert cursor.rowcount


def pieces(attachment: Attachment, part: str = "original") -> bytes:
    with work(ref("gjovik"), TEST):
        return b"".join(attachments_sealed.opened(attachment, part))


def test_it_comes_out_as_it_went_in(unscanned):
    data = bytes(range(256)) * 3000
    told(file(b"ID3" + data))
    assert pieces(stored()[0]) == b"ID3" + data


@pytest.mark.parametrize("tamper", [
    "UPDATE inbox_attachmentchunk SET ordinal = 1 - ordinal + 10 WHERE ordinal < 2;"
    " UPDATE inbox_attachmentchunk SET ordinal = ordinal - 10 WHERE ordinal >= 10",
    "DELETE FROM inbox_attachmentchunk WHERE last; UPDATE inbox_attachmentchunk SET last = true WHERE ordinal = 1",
    "DELETE FROM inbox_attachmentchunk WHERE ordinal = 1",
    "UPDATE inbox_attachmentchunk SET part = 'copy'",
    "UPDATE inbox_attachmentchunk SET sealed = set_byte(sealed, 100, 255 - get_byte(sealed, 100))",
])  # fmt: skip
def test_pieces_that_were_swapped_cut_or_changed_do_not_open(unscanned, tamper):
    told(file(b"ID3" + bytes(600_000)))
    tampered(tamper)
    with pytest.raises(CannotOpen):
        pieces(stored()[0])


def test_a_piece_of_another_file_does_not_open_here(unscanned):
    told(file(b"ID3 en"), file(b"ID3 to"))
    one, two = stored()
    tampered(
        f"UPDATE inbox_attachmentchunk c SET sealed = o.sealed FROM inbox_attachmentchunk o"
        f" WHERE c.attachment_id = '{one.id}' AND o.attachment_id = '{two.id}'",
    )
    with pytest.raises(CannotOpen):
        pieces(one)


def test_malware_is_flagged_and_given_to_nobody(house, settings):
    with running("double") as settings.CLAMD:
        concern_id, _ = told(file(bad_files.EICAR, "a.txt"), file(b"Hei"))
        bad, good = checked(concern_id)
    assert (bad.virus, bad.may_open, bad.has_copy) == ("inneholder skadevare", False, False)
    assert (good.virus, good.may_open, good.has_copy) == ("virussjekket", True, True)
    client = client_for("kari")
    for part in ("kopi", "original"):
        assert client.post(f"/innboks/{concern_id}/vedlegg/{bad.id}/{part}", {"reason": "x"}).status_code in (405, 409)
    assert client.get(f"/innboks/{concern_id}/vedlegg/{bad.id}/kopi").status_code == 409


def test_while_the_scanner_is_down_a_file_waits_and_is_opened_when_it_is_back(house, settings):
    settings.CLAMD, settings.UNSCANNED_ATTACHMENTS = "127.0.0.1:9", True
    concern_id, _ = told(file(b"Hei"))
    (line,) = checked(concern_id)
    assert (line.virus, line.may_open) == ("venter på virussjekk", False)
    assert client_for("kari").get(f"/innboks/{concern_id}/vedlegg/{line.id}/kopi").status_code == 409
    with running("double") as settings.CLAMD:
        (line,) = checked(concern_id)
    assert (line.virus, line.has_copy) == ("virussjekket", True)


def test_let_through_unchecked_it_is_held_back_and_checked_when_there_is_a_scanner(unscanned, settings):
    concern_id, _ = told(file(b"Hei"))
    assert checked(concern_id)[0].may_open
    with running("double") as settings.CLAMD:
        settings.UNSCANNED_ATTACHMENTS = False
        with work(ref("gjovik"), TEST):
            assert not attachments.shown(concern_id)[0].may_open
        (line,) = checked(concern_id)
    assert (line.virus, line.has_copy) == ("virussjekket", True)
    with work(ref("gjovik"), TEST):
        assert AttachmentChunk.objects.filter(part="copy").count() == 1


def test_one_that_cannot_be_opened_any_more_is_tried_once(unscanned):
    concern_id, _ = told(file(b"Hei"))
    tampered("DELETE FROM inbox_attachmentchunk")
    (line,) = checked(concern_id)
    assert (line.may_open, line.opening) == (False, "det ble ikke laget renset kopi")
    with work(ref("gjovik"), "documents"):
        assert not attachments_tasks.waiting().exists()


def test_two_tasks_on_one_file_make_one_copy(unscanned):
    told(file(b"Hei"))
    for _ in range(2):
        attachments_tasks.open_attachment.run(ref("gjovik"), str(stored()[0].id))
    with work(ref("gjovik"), TEST):
        assert (AttachmentFinding.objects.count(), AttachmentChunk.objects.filter(part="copy").count()) == (1, 1)


def test_a_file_that_hurts_is_kept_and_the_reason_shown(unscanned):
    concern_id, _ = told(file(bad_files.zip_bomb(), "brev.docx"))
    (line,) = checked(concern_id)
    assert line.opening == "Filen er bygget slik at den ikke kan åpnes trygt."
    assert (line.has_copy, line.may_open) == (False, True)


def test_the_page_lists_them_and_the_copy_is_a_download(unscanned):
    words = Canaries()
    concern_id, _ = told(file(photos.jpeg(words), words("name")))
    (line,) = checked(concern_id)
    client = client_for("kari")
    html = client.get(f"/innboks/{concern_id}").content.decode()
    assert "Åpne renset kopi" in html
    assert "ikke virussjekket" in html
    answer = client.get(f"/innboks/{concern_id}/vedlegg/{line.id}/kopi")
    assert words.left_in(answer.getvalue()) == []
    assert answer["Content-Disposition"] == 'attachment; filename="vedlegg-1-renset.jpg"'
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cache-Control"] == "no-store"


def entries(what: str) -> list[Entry]:
    with work(ref("gjovik"), TEST):
        return list(Entry.objects.filter(what=what))


def test_the_original_asks_for_a_reason_and_is_logged_as_taken_out(unscanned):
    concern_id, _ = told(file(b"ID3 ord"))
    (line,) = checked(concern_id)
    client, address = client_for("kari"), f"/innboks/{concern_id}/vedlegg/{line.id}/original"
    assert "Hvorfor trenger du originalen?" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert entries("inbox.attachment.original") == []
    answer = client.post(address, {"reason": "Politiet ber om den."})
    assert answer.getvalue() == b"ID3 ord"
    (entry,) = entries("inbox.attachment.original")
    assert (entry.action, entry.object_id, entry.reason) == (
        "export", str(concern_id), "vedlegg 1: Politiet ber om den."
    )  # fmt: skip


def test_a_word_file_with_macros_gets_no_ending_that_runs_them(unscanned):
    concern_id, _ = told(file(papers.docx(Canaries(), more={"word/vbaProject.bin": b"x"})))
    (line,) = checked(concern_id)
    assert line.notes == ("Originalen inneholder makroer. De er ikke med i den rensede kopien.",)
    answer = client_for("kari").post(f"/innboks/{concern_id}/vedlegg/{line.id}/original", {"reason": "x"})
    assert answer["Content-Disposition"].endswith('original.bin"')


def test_before_somebody_has_opened_the_concern_nothing_is_given_out(unscanned):
    concern_id, _ = told(file(b"Hei"), opened=False)
    (line,) = checked(concern_id)
    client = client_for("kari")
    assert client.get(f"/innboks/{concern_id}/vedlegg/{line.id}/kopi").status_code == 404
    assert "Vedlegg 1" not in client.get(f"/innboks/{concern_id}").content.decode()


def test_hidden_absent_and_another_concerns_answer_alike(unscanned):
    mine, _ = told(file(b"Hei"))
    other, _ = told()
    (line,) = checked(mine)
    client = client_for("tom")
    with work(ref("gjovik"), TEST):
        kari = as_person("kari")
        Denial(concern_id=mine, user_id=client.person.id, kind="habilitet", at=now(), by_user=kari.user_id,
               by_name=kari.name).save(force_insert=True)  # fmt: skip
    answers = [
        client.get(f"/innboks/{concern}/vedlegg/{attachment}/{part}")
        for concern, attachment in ((mine, line.id), (uuid.uuid4(), line.id), (other, line.id), (other, uuid.uuid4()))
        for part in ("kopi", "original")
    ]
    assert {answer.status_code for answer in answers} == {404}
    with work(ref("gjovik"), TEST):
        assert not Entry.objects.filter(what__startswith="inbox.attachment.", action__in=["view", "export"]).exists()


def test_no_person_writes_that_a_file_is_clean(unscanned):
    concern_id, _ = told(file(bad_files.EICAR, "a.txt"))
    attachment = stored()[0]
    client_for("kari")
    finding = AttachmentFinding(attachment=attachment, concern_id=concern_id, at=now() + timedelta(days=1))
    finding.virus, finding.opening = "clean", "kept"
    with office(ref("gjovik")), transaction.atomic(), presented(as_person("kari")):
        assert Attachment.objects.count() == 1
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            finding.save()


def test_the_task_sees_attachments_and_no_concern(unscanned):
    told(file(b"Hei"))
    with work(ref("gjovik"), "documents"):
        assert (Attachment.objects.count(), Concern.objects.count()) == (1, 0)


def test_the_task_gets_the_keys_of_matters_with_files_alone(unscanned):
    with_file, _ = told(file(b"Hei"))
    without, _ = told()
    with work(ref("gjovik"), TEST):
        assert DataKey.objects.filter(id__in=[with_file, without]).count() == 2
    with work(ref("gjovik"), "documents"):
        assert list(DataKey.objects.filter(id__in=[with_file, without]).values_list("id", flat=True)) == [with_file]


def test_the_reader_type_is_a_person_or_a_purpose():
    assert Reader.for_purpose("documents", ref("gjovik")).purpose == "documents"
