"""Something goes wrong at a chosen moment on the way from «send» to «a person has opened it», and what came of it.

The way has five steps, each run as the product runs it. A step is run in a process of its own (a fork), with a fault at
the n-th event: a statement to the database, and before and after each commit. Then somebody tries again, as the
product does: the operator presses the button once more, the sweep reads the post. In the end exactly one concern lies
in the kommune with its words, and the operator's screen has never said more than what was so.

`killed`: the process is ended by `kill -9`. `database`: the server ends the connection. `broker`: nobody hears the
bell. `disk`: no file of the process may grow. `full`: none of the database server's may, so that it falls and recovers
(only where the server is the trial's own). `clock`: the step's clock is two days wrong. `twice`: two processes do the
same step at once, and a third after them.
"""

import logging
import os
import resource
import signal
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import kombu.pools
import psycopg
from django.conf import settings
from django.db import connection, transaction

from regional.hotline import access, actions
from regional.hotline.models import Call
from shared.post.actions import open_mail
from shared.post.models import Receipt, SealedLetter
from tenants.inbox.actions import open_concern
from tenants.inbox.models import Concern
from varde.access import Reader
from varde.access.ticket import presented
from varde.audit.trail import trail
from varde.celery import app, configure, let_go_of_the_database
from varde.clock import now, telling
from varde.tenancy.door import OfficeRef, office
from varde.tenancy.work import work

FAULTS = ("killed", "database", "broker", "disk", "clock", "twice")
EVERY_EVENT = ("killed", "database", "full")
STEPS = ("send", "store", "settle", "open", "heard")
TOLD = {"reporter_kind": "privat", "what": "Hun får ikke lov til å gå ut."}


@dataclass(frozen=True, slots=True)
class Way:
    """Where it goes: the region with its operator, the kommune with whoever opens; `dsn` is the server's superuser."""

    region: OfficeRef
    kommune: OfficeRef
    operator: Reader
    opener: Reader
    dsn: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one trial: concerns that are missing, that are there too often, and screens that said too much."""

    fault: str
    step: str
    lost: int
    doubled: int
    early: int
    struck: bool


def doing[T](by: Reader, act: Callable[[], T]) -> T:
    """One act of a person, in one transaction with its log, as a request does it."""
    with office(by.office), transaction.atomic(), trail() as rows, presented(by):
        done = act()
        rows.flush()
    return done


def steps(way: Way, call_id: UUID, reference: str) -> dict[str, Callable[[], object]]:
    """The five, by name; each may be done again."""

    def send() -> None:
        doing(
            way.operator,
            lambda: actions.forward(call_id=call_id, told=TOLD, to=way.kommune.id, by=way.operator),
        )

    def opens() -> None:
        def act() -> None:
            concern = Concern.objects.get(reference=reference)
            if concern.progress == "received":
                open_concern(concern=concern, by=way.opener)

        doing(way.opener, act)

    return {
        "send": send,
        "store": lambda: open_mail(way.kommune),
        "settle": lambda: open_mail(way.region),
        "open": opens,
        "heard": lambda: open_mail(way.region),
    }


def trial(way: Way, step: str, fault: str, event: int = 1) -> Outcome:
    """One call along the whole way, with the fault in this step at this event."""
    started = doing(way.operator, lambda: actions.start_call(by=way.operator))
    todo = steps(way, started.id, started.reference)
    early, struck = 0, False
    for name in STEPS:
        if name == step:
            struck = _strike(way, todo[name], fault, event)
            early += says_too_much(way, started.id)
        todo[name]()
        early += says_too_much(way, started.id)
    return Outcome(fault, step, *_counted(way, started.id, started.reference), early, struck)


def events_of(way: Way, step: str) -> int:
    """How many events the step has when nothing goes wrong."""
    started = doing(way.operator, lambda: actions.start_call(by=way.operator))
    todo = steps(way, started.id, started.reference)
    for name in STEPS[: STEPS.index(step)]:
        todo[name]()
    count = 0

    def one() -> None:
        nonlocal count
        count += 1

    with watched(one):
        todo[step]()
    for name in STEPS[STEPS.index(step) + 1 :]:
        todo[name]()
    return count


def says_too_much(way: Way, call_id: UUID) -> int:
    """1 when the operator's screen says delivered without a receipt, or opened without a person who opened."""
    with office(way.region), transaction.atomic(), trail(), presented(way.operator):
        said = {line.id: line.state.label for line in access.list_past(way.operator)}.get(call_id, "")
        letter = Call.objects.get(id=call_id).letter_id
        stored = letter is not None and Receipt.objects.filter(id=letter, state="stored").exists()
        transaction.set_rollback(True)
    if "Åpnet" in said:
        with work(way.kommune, "ledger"):
            return int(not Concern.objects.filter(letter_id=letter, opened_at__isnull=False).exists())
    return int("Levert" in said and not stored)


def _counted(way: Way, call_id: UUID, reference: str) -> tuple[int, int]:
    with work(way.kommune, "ledger"):
        there = list(Concern.objects.filter(reference=reference))
        readable = sum(row.what == TOLD["what"] for row in there)
    with work(way.region, "ledger"):
        call = Call.objects.get(id=call_id)
        letters = SealedLetter.objects.filter(id=call.letter_id).count()
    lost = int(readable == 0 or letters == 0 or call.opened_at is None)
    return lost, max(0, len(there) - 1)


@contextmanager
def watched(event: Callable[[], None], failed: Callable[[Exception], None] = lambda error: None) -> Iterator[None]:
    """Tell of every statement, and before and after each commit; and of those that fail."""
    commit = connection.commit

    def told(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        event()
        try:
            return execute(sql, params, many, context)
        except Exception as error:
            failed(error)
            raise

    def committed() -> None:
        event()
        try:
            commit()
        except Exception as error:
            failed(error)
            raise
        event()

    connection.commit = committed  # type: ignore[method-assign]
    try:
        with connection.execute_wrapper(told):
            yield
    finally:
        del connection.commit


def _strike(way: Way, step: Callable[[], object], fault: str, event: int) -> bool:
    """Did it really happen? The one that does the step says so itself, or is dead by the signal."""
    if fault == "clock":
        with telling(now() + timedelta(days=2 if event % 2 else -2)), suppress(Exception):
            step()
        return True
    if fault == "twice":
        both = [_forked(step) for _ in range(2)]
        for child in both:
            os.waitpid(child, 0)
        step()
        return True
    heard, told = os.pipe()
    child = _forked(lambda: _with_fault(way, step, fault, event, lambda: os.write(told, b"x")))
    os.close(told)
    _, status = os.waitpid(child, 0)
    with os.fdopen(heard, "rb") as said:
        struck = bool(said.read())
    _await_server(way)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL if fault == "killed" else struck


def _await_server(way: Way) -> None:
    """A server whose disk was full may fall, and starts again by itself."""
    for _ in range(300):
        with suppress(psycopg.OperationalError), psycopg.connect(way.dsn):
            return
        time.sleep(0.1)


def _forked(work_: Callable[[], object]) -> int:
    """A process of its own with lines of its own, and nowhere to write but its files; its pid."""
    let_go_of_the_database()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        work_()
    except BaseException:
        os._exit(1)
    os._exit(0)


type Struck = Callable[[], object]


def _with_fault(way: Way, step: Callable[[], object], fault: str, event: int, struck: Struck) -> None:
    if fault == "broker":
        _without_broker(struck)
        step()
    elif fault == "disk":
        signal.signal(signal.SIGXFSZ, lambda *_: struck())
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        step()
    else:
        _at_event(way, step, fault, event, struck)


def _without_broker(struck: Struck) -> None:
    """Where the broker was, nobody answers; it has struck when a bell was not heard."""
    settings.BROKER_URL = "redis://127.0.0.1:1/0"
    configure(app)
    kombu.pools.reset()
    app.set_current()
    app._pool = None
    app.amqp._producer_pool = None
    lines = logging.Handler()
    lines.emit = lambda record: struck() if "bell not heard" in record.msg else None  # type: ignore[method-assign]
    logging.getLogger("varde.celery").addHandler(lines)


def _at_event(way: Way, step: Callable[[], object], fault: str, event: int, struck: Struck) -> None:
    left = event

    def one() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            _fire(way, fault, struck)

    def failed(error: Exception) -> None:
        if fault == "full" and left <= 0 and ("File too large" in str(error) or connection.connection.closed):
            struck()

    with watched(one, failed):
        step()


def _fire(way: Way, fault: str, struck: Struck) -> None:
    if fault == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(10)
    backend = connection.connection.info.backend_pid if connection.connection else 0
    if fault == "full":
        _let_nothing_grow(backend)
        return
    with psycopg.connect(way.dsn, autocommit=True) as mighty:
        if mighty.execute("SELECT pg_terminate_backend(%s, 2000)", [backend]).fetchone() == (True,):
            struck()


def _let_nothing_grow(backend: int) -> None:
    """No file of this server process; said by one of its own user, because only that one may."""
    owner = os.stat(f"/proc/{backend}")
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    with suppress(BaseException):
        os.setgroups([])
        os.setresgid(owner.st_gid, owner.st_gid, owner.st_gid)
        os.setresuid(owner.st_uid, owner.st_uid, owner.st_uid)
        resource.prlimit(backend, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    os._exit(0)


__all__ = ["EVERY_EVENT", "FAULTS", "STEPS", "Outcome", "Way", "events_of", "says_too_much", "trial"]
