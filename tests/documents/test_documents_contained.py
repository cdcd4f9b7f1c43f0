"""A file that was made to hurt hurts its own process, and what comes back is a sentence."""

import contextlib
import os
import random
import secrets
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.documents import bad_files, papers, photos
from tests.documents.canaries import Canaries
from varde.documents import bounds, reader
from varde.documents.outcome import REASONS, Cleaned, Kept, Later, Unreadable

FUZZ_SECONDS = float(os.environ.get("VARDE_FUZZ_SECONDS", "12"))


def opened(data: bytes):
    return reader.clean([data[at : at + 262_144] for at in range(0, len(data), 262_144)], len(data))


@pytest.mark.parametrize("name", bad_files.REFUSED)
def test_what_was_made_to_hurt_is_refused_with_a_reason(name):
    build, reasons = bad_files.REFUSED[name]
    before = time.monotonic()
    outcome = opened(build())
    assert isinstance(outcome, Unreadable)
    assert outcome.reason in reasons, outcome
    assert outcome.sentence.endswith(".")
    assert time.monotonic() - before < 30


def test_a_picture_in_a_pdf_that_says_it_is_huge_costs_no_more_than_allowed():
    assert isinstance(opened(bad_files.pixel_flood_in_pdf()), Cleaned | Unreadable)


def test_names_that_climb_reach_nothing():
    name = f"varde-{secrets.token_hex(8)}"
    outcome = opened(bad_files.climbing_names(name))
    assert isinstance(outcome, Cleaned)
    assert b"root:" not in outcome.body
    assert not Path("/tmp", name).exists()


def test_of_a_polyglot_only_the_picture_comes_over():
    outcome = opened(bad_files.polyglot())
    assert isinstance(outcome, Cleaned)
    assert outcome.made == "jpeg"
    assert not any(sign in outcome.body for sign in (b"<script", b"PK\x03\x04", b"%PDF"))


def child_of(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parent's own way of starting, with another child."""
    monkeypatch.setattr(reader, "COMMAND", (sys.executable, "-I", "-c", code))


@pytest.mark.parametrize(("code", "reason"), [
    ("import os; os.abort()", "crashed"),
    ("import sys; sys.exit(1)", "crashed"),
    ("import sys; sys.exit(3)", "no_cage"),
    ("import sys; sys.stdin.buffer.read(); print('{}')", "crashed"),
    ("import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write(bytes(60_000_000))", "crashed"),
    ("while True: pass", "timeout"),
    ("import time; time.sleep(60)", "timeout"),
    ("import os, time; os.fork() or time.sleep(60); time.sleep(60)", "timeout"),
])  # fmt: skip
def test_a_child_that_dies_lies_floods_or_hangs_is_an_outcome(code, reason, monkeypatch):
    monkeypatch.setattr(bounds, "CHILD_WALL_SECONDS", 1.5)
    child_of(code, monkeypatch)
    before = time.monotonic()
    assert opened(b"x" * 3_000_000) == Unreadable(reason)
    assert time.monotonic() - before < 5


def test_a_child_that_was_taken_over_cannot_pass_off_a_page_as_a_picture(monkeypatch):
    says = (
        "import sys\nfrom varde.documents import frames\nsys.stdin.buffer.read()\nbody = b'<script>alert(1)</script>'\n"
    )
    says += "head = {'outcome': 'cleaned', 'kind': 'jpeg', 'made': 'jpeg', 'notes': []}\n"
    says += "sys.stdout.buffer.write(frames.opening(head, len(body)) + body)"
    child_of(says, monkeypatch)
    assert opened(b"x") == Unreadable("crashed")


def test_nothing_of_a_child_is_left_running(monkeypatch):
    child_of("import os, time\nif os.fork() == 0: time.sleep(77)\ntime.sleep(77)", monkeypatch)
    monkeypatch.setattr(bounds, "CHILD_WALL_SECONDS", 1.0)
    opened(b"x")
    until = time.monotonic() + 10  # whoever was killed stands in the list until init has buried it
    while _running(b"time.sleep(77)") and time.monotonic() < until:
        time.sleep(0.05)
    assert not _running(b"time.sleep(77)")


def _running(code: bytes) -> list[str]:
    """Processes whose command line holds `code`; one may end between the listing and the reading."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if code in path.read_bytes():
                found.append(str(path))
    return found


def test_the_third_waits_and_is_told_later(monkeypatch):
    child_of("import time; time.sleep(60)", monkeypatch)
    monkeypatch.setattr(bounds, "CHILD_WALL_SECONDS", 2.0)
    two = [threading.Thread(target=opened, args=(b"x",)) for _ in range(bounds.CHILDREN_AT_ONCE)]
    for thread in two:
        thread.start()
    time.sleep(0.5)
    assert reader.clean([b"x"], 1, wait=0.2) == Later()
    for thread in two:
        thread.join()
    monkeypatch.undo()
    assert reader.clean([b"Hei"], 3, wait=0.2) == Cleaned("txt", "txt", b"Hei")


def test_too_large_a_file_starts_no_child(monkeypatch):
    child_of("raise SystemExit(9)", monkeypatch)
    assert reader.clean([], bounds.FILE_BYTES + 1) == Unreadable("too_large")


def test_a_file_of_the_largest_size_goes_through():
    data = b"ID3" + bytes(bounds.FILE_BYTES - 3)
    assert opened(data) == Kept("mp3")


def test_broken_at_random_places_every_file_still_gives_an_outcome():
    """A short fuzz: bits turned and pieces cut, moved and doubled. Longer with VARDE_FUZZ_SECONDS."""
    seed = random.SystemRandom().randrange(2**32)
    dice, words = random.Random(seed), Canaries()
    sources = [photos.jpeg(words), photos.png(words), photos.gif(words), photos.webp(words), photos.heic(words),
               papers.pdf(words), papers.docx(words), papers.text(words)]  # fmt: skip
    until, count = time.monotonic() + FUZZ_SECONDS, 0
    while time.monotonic() < until:
        data = _broken(bytearray(dice.choice(sources)), dice)
        outcome = opened(data)
        assert isinstance(outcome, Cleaned | Kept | Unreadable), f"seed {seed}, file {count}"
        assert not isinstance(outcome, Unreadable) or outcome.reason in REASONS
        count += 1
    assert count > 5


def _broken(data: bytearray, dice: random.Random) -> bytes:
    for _ in range(dice.choice((1, 3, 30))):
        at, length = dice.randrange(len(data)), dice.choice((1, 4, 64))
        match dice.randrange(4):
            case 0:
                data[at : at + length] = dice.randbytes(length)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length]
            case _:
                data[at : at + 1] = dice.choice((b"\0", b"\xff", b"\x7f\xff\xff\xff"))
        data = data or bytearray(b"x")
    return bytes(data)


def test_the_web_keeps_its_memory():
    picture, peak = bad_files.wide_picture(), "/proc/self/clear_refs"
    Path(peak).write_text("5")  # the peak is counted from here
    before = highest()
    assert isinstance(opened(picture), Cleaned)
    assert highest() - before < 60_000


def highest() -> int:
    """The most memory that this process has held, in kB."""
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
