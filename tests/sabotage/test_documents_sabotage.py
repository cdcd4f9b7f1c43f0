"""Without its protection each promise about files breaks: so the tests that hold them are not blind."""

import io
import socket
import subprocess
import sys

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory
from PIL import Image

from tenants.inbox import attachments_sealed, attachments_tasks, views_public
from tests.client import client_for
from tests.documents import bad_files, papers, photos
from tests.documents.canaries import Canaries
from tests.documents.clamd import answering
from tests.documents.test_attachments import checked, file, pieces, stored, tampered, told
from tests.documents.test_attachments_forms import named, send
from tests.documents.test_attachments_forms import stored as forms_stored
from tests.documents.test_documents_cage import TRIES, tried
from varde.documents import reader, scanner
from varde.documents.outcome import Unreadable
from varde.exits.uploads import InMemory

READ_HERE = """
import sys
from varde.documents import child
def peak():
    return int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
child.warm()
before = peak()
child.work(sys.stdin.buffer.read())
print(peak() - before)
"""


def test_read_in_the_web_process_a_small_file_takes_the_memory_of_everybody():
    """The promise is `test_the_web_keeps_its_memory`: 60 MB. Read where it is, the same picture takes 200 and more."""
    here = subprocess.run([sys.executable, "-c", READ_HERE], input=bad_files.wide_picture(), capture_output=True)
    assert int(here.stdout) > 200_000


def test_without_the_count_of_pixels_a_flood_is_unpacked(monkeypatch):
    """The child's own limit then stops it: the second line."""
    without = "from varde.documents import bounds, child; bounds.PIXELS = 10**12; raise SystemExit(child.main())"
    monkeypatch.setattr(reader, "COMMAND", (*reader.COMMAND[:4], "-c", without))
    flood = bad_files.pixel_flood()
    assert reader.clean([flood], len(flood)) == Unreadable("memory", "png")


def test_taking_out_the_document_info_alone_leaves_everything_else():
    """What a cleaner that knows only the info dictionary would hand out."""
    words = Canaries()
    papers.pdf(words)
    left = words.left_in(papers.pdf(words, info=False))
    assert {"pdf XMP", "pdf note author", "picture in pdf EXIF Artist", "pdf attachment"} <= set(left)
    assert not {"pdf author", "pdf title"} & set(left)
    assert len(left) > 25


def test_a_picture_that_is_only_saved_again_keeps_its_comment():
    """Pillow's plain save() carries a JPEG's comment over; a fresh picture does not."""
    words, room = Canaries(), io.BytesIO()
    Image.open(io.BytesIO(photos.jpeg(words))).save(room, "JPEG")
    assert "jpeg comment" in words.left_in(room.getvalue())


def test_without_a_print_of_the_files_a_file_is_lost_in_silence(house, monkeypatch):
    """The promise is `test_the_same_words_sent_again_with_other_files_are_never_taken_for_the_same`."""
    monkeypatch.setattr(views_public, "print_of", lambda _files: "")
    assert send(key="n" * 32).status_code == 201
    assert send(named(b"Hei", "brev.txt"), key="n" * 32).status_code == 201
    assert forms_stored() == (1, [])


def test_without_the_handler_in_place_a_large_file_stops_the_report(house, settings):
    """The promise is `test_a_file_is_refused_and_the_report_is_received`."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("PreparedForFiles")]
    assert send(named(b"x" * 3_000_000, "brev.txt")).status_code == 413
    assert forms_stored() == (0, [])


def test_a_scanner_that_fails_open_serves_malware(monkeypatch, settings):
    settings.CLAMD = "127.0.0.1:9"
    assert not scanner.may_open(scanner.scan([bad_files.EICAR]).verdict)
    monkeypatch.setattr(scanner, "understood", lambda _answer: scanner.Scan(scanner.Verdict.CLEAN))
    with answering(b"") as settings.CLAMD:
        assert scanner.may_open(scanner.scan([bad_files.EICAR]).verdict)


@pytest.mark.parametrize("name", ["connect", "read a file"])
def test_without_the_cage_a_child_reaches_out(name):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        code = TRIES[name].format(port=listening.getsockname()[1])
        assert tried(code, enter="cage.limit()") == "inside"


def test_a_scanner_that_fails_open_lets_the_whole_way_out(house, settings, monkeypatch):
    """Promise: `test_while_the_scanner_is_down_a_file_waits…`. With «away» taken for clean, EICAR reaches a person."""
    settings.CLAMD = "127.0.0.1:9"
    monkeypatch.setattr(attachments_tasks, "scan", lambda _chunks: scanner.Scan(scanner.Verdict.CLEAN))
    concern_id, _ = told(file(bad_files.EICAR, "a.txt"))
    (line,) = checked(concern_id)
    answer = client_for("kari").get(f"/innboks/{concern_id}/vedlegg/{line.id}/kopi")
    assert bad_files.EICAR in answer.getvalue()


def test_pieces_bound_to_nothing_can_be_cut_off_unseen(house, settings, monkeypatch):
    """Promise: `test_pieces_that_were_swapped_cut_or_changed_do_not_open`."""
    settings.CLAMD, settings.UNSCANNED_ATTACHMENTS = "", True
    monkeypatch.setattr(attachments_sealed, "_bound", lambda *_of: b"")
    told(file(b"ID3" + bytes(600_000)))
    tampered("DELETE FROM inbox_attachmentchunk WHERE last; UPDATE inbox_attachmentchunk SET last = true")
    assert len(pieces(stored()[0])) == 262_144


def test_an_upload_that_stops_the_request_loses_the_words(house):
    """Promise: `test_each_file_gets_its_reason_and_the_words_are_kept`. The frame's way is to refuse the whole form."""
    big = io.BytesIO(b"x" * 3_000_000)
    request = RequestFactory().post("/", {"what": "ord", "attachments": big})
    request.upload_handlers = [InMemory(request)]
    with pytest.raises(RequestDataTooBig):
        request.POST  # noqa: B018
