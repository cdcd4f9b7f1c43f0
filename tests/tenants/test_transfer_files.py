"""The files of a matter follow it to another kommune: nothing lost, nothing believed, and the matter never waits."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts import TransferFile, TransferPiece
from shared.post.actions import _open_one, open_mail
from shared.post.handlers import Envelope
from shared.post.models import SealedLetter
from shared.post.queries import waiting_ids
from tenants.closing import transfer_queries
from tenants.closing.transfer_files import credible, within
from tenants.closing.transfer_files_handlers import NotYet, store_piece
from tenants.closing.transfer_files_queries import NOT_SENT_ON, files_of
from tenants.closing.transfer_models import Transfer
from tenants.inbox import attachments, attachments_later, attachments_sealed, attachments_tasks
from tenants.inbox.actions import open_concern
from tenants.inbox.attached import Attachment, AttachmentChunk, AttachmentFinding, AttachmentLater
from tenants.inbox.attachments_travel import PIECE_BYTES, DoesNotFit
from tenants.inbox.models import Concern
from tests.cast import TEST, as_person, ref
from tests.client import client_for
from tests.documents.test_attachments import file, tampered
from tests.tenants import transfers, way
from varde.audit.models import Entry
from varde.clock import now
from varde.tenancy.work import work

LONG, BRIEF = b"ID3" + bytes(range(256)) * 6000, b"Vedtak om verge"
THERE = "ostre-toten"
LATER = "Vergen, i brev"


@pytest.fixture
def unscanned(house, settings):
    settings.CLAMD, settings.UNSCANNED_ATTACHMENTS = "", True


def with_files() -> Concern:
    """One file that came with the report and takes two letters, and one that was laid later."""
    concern, kari = way.opened(), as_person("kari")
    attachments.attach(concern_id=concern.pk, files=[file(LONG, "lyd.mp3")], by=kari)
    attachments_later.lay(concern=concern, files=[file(BRIEF, "vedtak.txt")], came_from=LATER, key="k", by=kari)
    return concern


def sent(start=with_files) -> UUID:
    with work(ref("gjovik"), TEST):
        concern = start()
        transfers.hand_over(concern)
        return concern.pk


def shown_there() -> list[attachments.Shown]:
    with work(ref(THERE), TEST):
        return attachments.shown(Concern.objects.get().pk)


def state(concern_id: UUID) -> transfer_queries.Sent:
    with work(ref("gjovik"), TEST):
        return transfer_queries.sent(Concern.objects.get(pk=concern_id))


def test_they_come_under_the_other_matters_key_with_who_brought_them_and_are_checked_there(unscanned):
    concern_id = sent()
    before = state(concern_id).files
    assert (before.sent, before.delivered) == (2, 0)
    with work(ref("gjovik"), TEST):
        assert max(len(row.sealed) for row in SealedLetter.objects.all()) < 2 * PIECE_BYTES
    assert open_mail(ref(THERE)) == 4
    assert (state(concern_id).files.delivered, state(concern_id).files.stayed) == (2, [])
    with work(ref(THERE), TEST):
        there = Concern.objects.get()
        rows = list(Attachment.objects.order_by("number"))
        assert [b"".join(attachments_sealed.opened(row, "original")) for row in rows] == [LONG, BRIEF]
        assert {row.key_id for row in rows} == {there.pk} != {concern_id}
        later = AttachmentLater.objects.get()
        assert (later.attachment_id, later.came_from, later.by_name) == (rows[1].pk, LATER, "Gjøvik")
        assert Entry.objects.filter(what="post.receipt.TransferPiece", object_id=str(there.pk)).count() == 3
    with work(ref("gjovik"), TEST):
        assert Entry.objects.filter(what="post.TransferPiece", object_id=str(concern_id)).count() == 3
    assert not any(line.has_copy for line in shown_there())
    attachments_tasks.waiting_attachments.run(ref(THERE))
    assert [line.has_copy for line in shown_there()] == [False, True]


def test_pieces_wait_for_their_matter_come_in_any_order_and_nobody_opens_half_a_file(unscanned):
    sent()
    first, *rest = waiting_ids(ref(THERE))
    for letter in rest:
        with pytest.raises(NotYet):
            _open_one(ref(THERE), letter)
    assert _open_one(ref(THERE), first)
    for letter in reversed(rest[1:]):
        assert _open_one(ref(THERE), letter)
    assert [line.opening for line in shown_there()] == ["underveis fra den andre kommunen", "ikke åpnet ennå"]
    attachments_tasks.waiting_attachments.run(ref(THERE))
    assert [line.may_open for line in shown_there()] == [False, True]
    assert open_mail(ref(THERE)) == 1
    attachments_tasks.waiting_attachments.run(ref(THERE))
    assert [line.may_open for line in shown_there()] == [True, True]


def test_without_room_the_matter_comes_and_says_what_did_not_and_how_to_get_it(house, settings):
    sent()
    settings.ATTACHMENTS_GIB = 0
    assert open_mail(ref(THERE)) == 4
    nina = client_for("nina")
    with work(ref(THERE), TEST):
        assert not Attachment.objects.exists()
        concern = open_concern(concern=Concern.objects.get(), by=as_person("nina"))
    page = nina.get(f"/innboks/{concern.pk}").content.decode()
    for said in ("Disse vedleggene kom ikke med", "Vedlegg 1 (lydopptak (MP3))", "Vedlegg 2 (ren tekst)",
                 "Det var ikke plass", "be dem sende filene på en sikker måte"):  # fmt: skip
        assert said in page
    assert f'href="/innboks/{concern.pk}/vedlegg"' in page


def test_what_cannot_go_is_named_before_and_after_and_stops_nothing(house):
    def start() -> Concern:
        concern = with_files()
        first = Attachment.objects.get(number=1)
        AttachmentFinding(attachment=first, concern=concern, at=now(), virus="infected", opening="waiting").save()
        return concern

    with work(ref("gjovik"), TEST):
        concern = start()
        damaged = Attachment.objects.get(number=2)
    kari = client_for("kari")
    looked = {name: value for name, value in transfers.typed().items() if name != "send"} | {"vis": "1"}
    page = kari.post(f"/innboks/{concern.pk}/overfor", looked)
    assert "Filen inneholder skadevare." in page.content.decode()
    tampered(f"DELETE FROM inbox_attachmentchunk WHERE attachment_id = '{damaged.pk}'")
    with work(ref("gjovik"), TEST):
        transfers.hand_over(Concern.objects.get(pk=concern.pk))
    assert open_mail(ref(THERE)) == 1
    files = state(concern.pk).files
    assert (files.sent, [line.name for line in files.stayed]) == (
        0, ["Vedlegg 1 (lydopptak (MP3))", "Vedlegg 2 (ren tekst)"]
    )  # fmt: skip
    assert "Disse vedleggene fulgte ikke med" in kari.get(f"/innboks/{concern.pk}").content.decode()
    with work(ref(THERE), TEST):
        assert len(transfer_queries.arrived(Concern.objects.get()).stayed) == 2


def test_no_other_office_lays_a_piece_and_none_that_does_not_fit(house):
    concern_id = sent()
    first, *_ = waiting_ids(ref(THERE))
    assert _open_one(ref(THERE), first)
    with work(ref("gjovik"), TEST):
        letter = Transfer.objects.get(concern_id=concern_id).letter_id

    def laid(sender: str, ordinal: int, data: bytes) -> int:
        piece = TransferPiece(transfer=letter, number=2, ordinal=ordinal, data=data)
        with work(ref(THERE), "post") as by:
            store_piece(piece, Envelope(uuid4(), ref(sender), now()), by)
        with work(ref(THERE), TEST):
            return AttachmentChunk.objects.count()

    assert laid("nabo", 0, b"x" * len(BRIEF)) == 0
    for ordinal, data in ((0, BRIEF + b"x"), (1, BRIEF), (-1, BRIEF), (0, b"")):
        with pytest.raises(DoesNotFit):
            laid("gjovik", ordinal, data)
    assert laid("gjovik", 0, BRIEF) == 1
    assert laid("gjovik", 0, BRIEF) == 1


def test_of_an_anonymous_report_nobody_is_told_whom_a_later_file_came_from_or_what_it_was_called(house):
    with work(ref("gjovik"), TEST):
        concern = with_files()
        assert (files_of(concern)[1].came_from, bool(files_of(concern)[1].name)) == (LATER, True)
        concern.anonymous = True
        came, later = files_of(concern)
    assert (came.came_from, later.came_from) == ("", NOT_SENT_ON)
    assert [(file.name, file.declared) for file in (came, later)] == [("", "")] * 2


ONE = TransferFile(number=1, kind="txt", size=5, name="", declared="", at=now(), came_from="", left_out="")


@given(st.lists(st.integers(1, 100)), st.integers(-10, 300))
def test_never_more_than_there_is_room_for_and_no_file_left_out_that_there_was_room_for(sizes, room):
    files = within([replace(ONE, number=at, size=size) for at, size in enumerate(sizes)], room, "no_room")
    follow = sum(file.size for file in files if not file.left_out)
    assert follow <= max(room, 0)
    assert all(file.size > room - follow for file in files if file.left_out)


def test_what_another_office_says_of_a_file_is_not_taken_on_trust():
    odd = [replace(ONE, number=2, kind="exe"), replace(ONE, number=3, size=10**9), replace(ONE, number=4, size=0)]
    found = credible([replace(ONE, number=0), replace(ONE, number=99_999), ONE, ONE, *odd])
    assert [(file.number, file.left_out) for file in found] == [
        (1, ""), (2, "unknown_kind"), (3, "unknown_kind"), (4, "unknown_kind"),
    ]  # fmt: skip
