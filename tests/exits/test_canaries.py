"""Canaries are carried in through every door of the whole demo; then the bytes at every exit are searched (row T2).

Red without: the formatter or the event builder (tests/sabotage), `FILE_UPLOAD_HANDLERS` (a file in the temporary
folder), a stored address, a client key or receipt that is stored as it is.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pytest

from tests.exits.canaries import (
    Content,
    Reporter,
    Traces,
    backup,
    break_glass,
    make_case,
    read_file,
    register,
    unhexed,
)
from tests.exits.receiver import Receiver
from tests.exits.scan import Exit, Watch, exits, superuser, tables
from tests.whole.browser import Browser
from tests.whole.demo import Demo

pytestmark = pytest.mark.whole

KOMMUNE, SCHEMA, FINDINGS = "gjovik", "kommune_3407", "inbox_attachmentfinding"


class FaultyDemo(Demo):
    """The demo with planted faults, error events to us, one proxy believed, and a temporary folder of its own."""

    argv = (Demo.argv[0], "-m", "tests.exits.demo_with_faults")

    def __init__(self, dsn: str) -> None:
        super().__init__()
        (self.home / "tmp").mkdir()
        self.env |= {"VARDE_SENTRY_DSN": dsn, "VARDE_PROXIES": "1", "TMPDIR": str(self.home / "tmp")}


@dataclass
class World:
    """A running demo, its receiver of events, and what is made in its temporary folder."""

    demo: Demo
    receiver: Receiver
    watch: Watch

    def reporter(self, content: Content) -> Reporter:
        return Reporter(self.demo.port, content, Traces(), KOMMUNE)

    def person(self, role: str) -> Browser:
        """Somebody of the demo's people, logged in."""
        browser = Browser(KOMMUNE, self.demo.port)
        browser.log_in(f"{role}@{KOMMUNE}.example", self.demo.password())
        return browser


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """One for all of them."""
    with Receiver() as receiver:
        demo = FaultyDemo(receiver.dsn)
        try:
            demo.start()
            yield World(demo, receiver, Watch(demo.home / "tmp"))
        finally:
            demo.stop()


@pytest.fixture(scope="module")
def planted(world) -> tuple[Content, Traces]:
    """Everything carried in once, and told by mail."""
    content = Content()
    reporter = world.reporter(content)
    statuses = reporter.tell_all()
    assert statuses == [201, 201, 200, 422, 200, 404, 405, 400, 422, 413, 422, 403, 404, 302, 500, 500, 500]
    coordinator = world.person("koordinator")
    case = make_case(coordinator, content, register(coordinator, content))
    break_glass(coordinator, [world.person("teammedlem"), world.person("leder")], content, case)
    read_file(coordinator, content)
    told_of(world)
    assert any((world.demo.home / "mail").glob("*")), "no mail was sent"
    assert Demo.until(lambda: len(world.receiver.requests) >= 4, 20), "no error events came"
    return content, reporter.traces


@pytest.fixture(scope="module")
def found(world, planted) -> list[Exit]:
    """The bytes at every exit, and the table for the report."""
    content, traces = planted
    read = [*exits(world.demo, world.receiver.seen), backup(world.demo)]
    read = [replace(one, data=unhexed(one.data)) if one.name == "databasedump" else one for one in read]
    for one in read:
        told, kept = one.hits(asdict(content)), one.hits(asdict(traces))
        print(f"{one.name:<46}{len(one.data):>12} byte  innhold {len(told)}  spor {len(kept)}  {told + kept}")
    return read


def test_every_exit_was_read(found):
    empty = [one.name for one in found if not one.data]
    assert set(empty) <= {"midlertidige filer", "slettede, åpne filer", "Valkey, nøkler"}
    assert sum(len(one.data) for one in found) > 10_000_000


def test_nobodys_traces_are_at_any_exit(found, planted):
    """Address, browser, keys and receipts: in no event, log, mail, broker, file, session, dump or WAL."""
    assert {one.name: hits for one in found if (hits := one.hits(asdict(planted[1])))} == {}


def test_no_content_is_outside_the_database(found, planted):
    outside = [one for one in found if not one.holds_cases]
    assert {one.name: hits for one in outside if (hits := one.hits(asdict(planted[0])))} == {}


def test_content_in_the_database_is_sealed(found, planted):
    """A colleague's address is open in the WAL and the data files: that is the proof that the search finds."""
    inside = [one for one in found if one.holds_cases]
    assert [one.hits(asdict(planted[0])) for one in inside] == [[], ["member"], ["member"], []]
    assert all(f"koordinator@{KOMMUNE}.example".encode() in one.data for one in inside)


def test_a_word_left_open_in_a_bytea_column_would_be_found(world):
    """COPY and pg_dump write such a column as hex."""
    asked = "COPY (SELECT convert_to('kanari i klartekst', 'UTF8')) TO STDOUT"
    with superuser(world.demo) as connection, connection.cursor().copy(asked) as copy:
        line = b"".join(bytes(chunk) for chunk in copy)
    assert b"kanari" not in line
    assert b"kanari i klartekst" in unhexed(line)


def test_nothing_that_was_sent_was_laid_in_a_temporary_file(world, planted):
    assert world.watch.made == []


# --- two reporters who differ by their address only --------------------------------------------------------------

PATTERNS = (
    (rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,]?\d*(?:[+-]\d\d(?::?\d\d)?|Z)?", b"<tid>"),
    (rb"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", b"<id>"),
    (rb"(?:\\\\x)?[0-9a-f]{16,}", b"<hash>"),
    (rb"(?:navn|tekst|mistenkt|fortalt|brev)<hash>", b"<ord>"),
    (rb"(?m)(^|\t)\d{1,9}(?=\t|$)", rb"\1<tall>"),
    (rb"[A-Za-z0-9_+/=-]{60,}", b"<lukket>"),
)


def plain(data: bytes) -> bytes:
    """The bytes without ids and time."""
    for pattern, instead in PATTERNS:
        data = re.sub(pattern, instead, data)
    return data


def traces_of(world: World) -> dict[str, list[bytes]]:
    """All that grows: rows of every table, log lines, mail files, events."""
    with superuser(world.demo) as connection:
        grown = {name: lines for name, lines in tables(connection) if not name.endswith("fleet.ledger")}
    for path in sorted((world.demo.home / "log").iterdir()):
        grown[f"log/{path.name}"] = path.read_bytes().splitlines()
    grown["events"] = [request.rsplit(b"\n", 2)[-2] for request in world.receiver.requests]
    return grown


def told_of(world: World) -> None:
    """Until the team is told of all that came in and every file is read: that too leaves traces, a moment later."""
    untold = f"SELECT FROM {SCHEMA}.inbox_concern WHERE told_at IS NULL AND progress = 'received'"
    unread = f"SELECT FROM {SCHEMA}.inbox_attachment WHERE id NOT IN (SELECT attachment_id FROM {SCHEMA}.{FINDINGS})"
    unsaid = f"SELECT FROM {SCHEMA}.cases_glassrequest WHERE approved AND told_at IS NULL"
    with superuser(world.demo) as connection:
        for waiting in (untold, unread, unsaid):
            assert Demo.until(lambda sql=waiting: connection.execute(sql).fetchone() is None, 60)


def one_more(world: World, content: Content) -> dict[str, list[bytes]]:
    """What one more reporter leaves behind, without ids and time."""
    told_of(world)
    before, events = traces_of(world), len(world.receiver.requests)
    world.reporter(content).tell_all()
    assert Demo.until(lambda: len(world.receiver.requests) >= events + 4, 20)
    told_of(world)
    after = traces_of(world)
    new = {name: list(lines) for name, lines in after.items()}
    for name, lines in before.items():
        for line in lines:
            if line in new[name]:
                new[name].remove(line)
    return {name: sorted(plain(line) for line in lines) for name, lines in new.items() if lines}


def undisturbed(world: World, content: Content) -> dict[str, list[bytes]]:
    """The same when the quarter's round of the ledger did not fall into it: that is the clock's trace, nobody's."""
    found = one_more(world, content)
    return one_more(world, content) if "public.post_round" in found else found


def test_two_reporters_from_different_addresses_leave_the_same_traces(world, planted):
    content = Content()
    first, second = undisturbed(world, content), undisturbed(world, content)
    size = sum(len(line) for lines in first.values() for line in lines)
    print(f"sammenlignet: {sum(map(len, first.values()))} rader og linjer, {size} byte, fra {sorted(first)}")
    assert first == second
    assert any(name.endswith("inbox_concern") for name in first)


def test_the_temporary_folder_is_the_processes_own(world):
    pids = world.demo.pids("gunicorn")
    assert pids
    environment = b"".join(Path(f"/proc/{pid}/environ").read_bytes() for pid in pids)
    assert environment.count(os.fsencode(f"TMPDIR={world.demo.home / 'tmp'}")) == len(pids)
