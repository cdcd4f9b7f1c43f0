"""Files of a form lie sealed while they are on their way, and none of them can cost the form its words."""

import io
import os
import tempfile
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http.multipartparser import MultiPartParserError
from django.test import RequestFactory

from tests.client import client_for
from tests.documents import bad_files
from varde.documents import bounds, room, uploads
from varde.documents.intake import NOT_TAKEN, judge, shown_name
from varde.documents.room import Room
from varde.documents.spool import Spool
from varde.documents.uploads import SealedFiles

PLENTY = Room(used=0, most=10**10)


def sent(*files, **fields):
    """A form with files, read by the handler."""
    request = RequestFactory().post("/", {"what": "ord", **fields, "attachments": [named(*file) for file in files]})
    request.upload_handlers = [SealedFiles(request)]
    assert request.POST["what"] == "ord"
    return request.FILES.getlist("attachments")


def named(name, data):
    file = io.BytesIO(data)
    file.name = name
    return file


def test_a_file_comes_out_as_it_went_in():
    data = os.urandom(700_000)
    (file,) = sent(("a.jpg", data))
    assert b"".join(file.spool.chunks()) == data == b"".join(file.spool.chunks())
    assert [len(chunk) for chunk in file.spool.chunks()] == [262_144, 262_144, 175_712]
    assert (file.spool.head, file.spool.tail, file.size) == (data[:4096], data[-65536:], 700_000)


def test_on_the_disk_there_is_no_name_and_no_word_of_it(settings):
    data = b"Kanari" * 100_000
    spool = Spool()
    spool.add(data)
    spool.close_writing()
    on_disk = os.pread(spool._file.fileno(), 2_000_000, 0)
    assert len(on_disk) > 600_000
    assert b"Kanari" not in on_disk
    assert list((Path(settings.HOME) / "run/spool").iterdir()) == []
    spool.discard()
    spool.discard()


def test_nothing_is_left_in_the_temporary_folder():
    before = set(Path(tempfile.gettempdir()).iterdir())
    sent(("a.jpg", b"Kanari" * 1_000_000))
    assert [path for path in set(Path(tempfile.gettempdir()).iterdir()) - before if path.is_file()] == []


def test_the_end_of_the_request_gives_the_room_back():
    (file,) = sent(("a.txt", b"Hei"))
    file.close()
    with pytest.raises(ValueError, match="closed"):
        list(file.spool.chunks())


@pytest.mark.parametrize(("data", "reason"), [
    (b"x" * (bounds.FILE_BYTES + 1), "too_large"), (bad_files.HTML, "unknown_kind"), (bad_files.SVG, "unknown_kind"),
    (b"MZ" + b"\0" * 50, "unknown_kind"), (bad_files.zip_of_nothing(), "unknown_kind"), (b"", "empty"),
    (b"Hei", ""), (b"\xff\xd8\xff\xe0", ""),
], ids=lambda value: value if isinstance(value, str) else "")  # fmt: skip
def test_each_file_gets_its_reason_and_the_words_are_kept(data, reason):
    (judged,) = judge(sent(("bilde.jpg", data)), PLENTY)
    assert judged.refused == reason
    assert not reason or NOT_TAKEN[reason].endswith(".")


def test_the_eleventh_is_let_pass_by():
    judged = judge(sent(*[(f"{number}.txt", b"Hei") for number in range(12)]), PLENTY)
    assert [one.refused for one in judged] == [""] * 10 + ["too_many"] * 2


def test_the_room_is_used_up_from_the_first_to_the_last():
    judged = judge(sent(*[("a.txt", b"x" * 40)] * 3), Room(used=0, most=100))
    assert [one.refused for one in judged] == ["", "", "no_room"]
    assert (Room(80, 100).nearly_full, Room(79, 100).nearly_full, Room(100, 100).full) == (True, False, True)


def test_on_a_nearly_full_disk_no_file_is_spooled(settings):
    settings.DISK_RESERVE_GIB = 10**6
    (file,) = sent(("a.txt", b"Hei"))
    assert (file.spool, file.refused) == (None, "no_room")


def test_a_disk_that_cannot_be_asked_counts_as_full(monkeypatch):
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _path: (_ for _ in ()).throw(OSError()))
    assert not room.enough_disk()


def test_a_disk_that_fails_half_way_costs_only_the_file(monkeypatch):
    def full(self, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(uploads.Spool, "add", full)
    (file,) = sent(("a.txt", b"Hei"))
    assert (file.spool, file.refused) == (None, "failed")


def test_a_form_that_was_cut_off_is_no_form():
    whole = RequestFactory().post("/", {"what": "ord", "attachments": named("a.txt", b"Hei" * 1000)})
    body = whole.read()
    for end in (len(body) - 1, len(body) // 2):
        cut = WSGIRequest(whole.environ | {"wsgi.input": io.BytesIO(body[:end])})
        cut.upload_handlers = [SealedFiles(cut)]
        with pytest.raises(MultiPartParserError):
            cut.POST["what"]


def test_the_form_token_is_still_asked_for(house):
    client = client_for("kari")
    client.handler.enforce_csrf_checks = True
    assert client.post("/innboks/ny", {"what": "x", "attachments": named("a", b"x")}).status_code == 403


@pytest.mark.parametrize(("name", "shown"), [
    ("../../etc/passwd", "passwd"), ("C:\\Users\\Kari\\bilde.jpg", "bilde.jpg"), (None, ""),
    ("a\r\nb\x00.jpg", "ab.jpg"), ("\u202egpj.exe", "gpj.exe"), ("x" * 300, "x" * 119 + "…"),
])  # fmt: skip
def test_a_name_is_shown_to_its_sender_in_one_short_line(name, shown):
    assert shown_name(name) == shown
