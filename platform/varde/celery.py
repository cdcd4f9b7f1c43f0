"""Work later and nightly. A task is given keys, enters its office through the door, or does not run at all."""

import hashlib
import hmac
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from celery import Celery
from celery.signals import beat_init, setup_logging, worker_init, worker_process_init
from kombu.exceptions import OperationalError

from varde.tenancy import directory
from varde.tenancy.door import OfficeRef, office

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varde.settings.production")
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

log = logging.getLogger("varde.celery")
app = Celery("varde")


def configure(celery: Celery) -> None:
    """Late acknowledgement: a killed worker's task is run again. Results are rows in the offices, not here."""
    celery.conf.update(
        broker_url=settings.BROKER_URL,
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        broker_connection_retry_on_startup=True,
        broker_transport_options={
            "visibility_timeout": 900,
            "socket_connect_timeout": 1,
            "socket_timeout": 2,
        },
        worker_hijack_root_logger=False,
        timezone="Europe/Oslo",
    )


configure(app)
app.autodiscover_tasks()


_rung: dict[tuple[str, UUID, tuple[str, ...]], float] = {}


def refuse_bad_start(*, keys: bool = True, **_kwargs: Any) -> None:
    """A worker or beat does not start where the web would not.

    SystemExit, because Celery only notes any other error of a signal's receiver, and starts. A database that does
    not answer cannot be asked, so that is a refusal too.
    """
    from varde.tenancy import guard

    try:
        guard.refuse_bad_start(keys=keys)
    except (ImproperlyConfigured, DatabaseError) as refused:
        log.critical("refused to start", exc_info=refused)
        raise SystemExit(1) from None


def refuse_bad_beat(**_kwargs: Any) -> None:
    """Beat only rings, so it has no folder of keys to answer for."""
    refuse_bad_start(keys=False)


def let_go_of_the_database(**_kwargs: Any) -> None:
    """Before a process begins to work: what was asked at the start was asked on lines that it must not have.

    Celery closes the bare file of every open one. Theirs is a number that the next file gets, and the line's own end
    then closes that one too: a module that is being imported, another line to the database.
    """
    from django.db import connections

    from varde.tenancy.backend.base import close_pools

    connections.close_all()
    close_pools()


def leave_the_log(**_kwargs: Any) -> None:
    """Where somebody answers this, Celery makes no handlers of its own: ours show no message (varde.exits.lines)."""


setup_logging.connect(leave_the_log)
worker_init.connect(refuse_bad_start)
worker_init.connect(let_go_of_the_database)
beat_init.connect(refuse_bad_beat)
# Connected before Celery's own receivers, so it is heard before them.
worker_process_init.connect(let_go_of_the_database)


class NotAnOffice(RuntimeError):
    """A message without a true office: refused, never run with other rights."""


def _stamp(name: str, office_id: str, args: tuple[Any, ...]) -> str:
    """Who writes to the broker must not be able to choose an office."""
    text = "\x1f".join([name, office_id, *map(str, args)])
    return hmac.new(settings.LOGIN_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Bell:
    """Asks for a task of one office by its name; losing the ring loses nothing."""

    name: str

    def ring(self, ref: OfficeRef, *args: str, wait: float = 0) -> None:
        """Ask a worker to do it, in `wait` seconds; a broker that is away is only noted."""
        office_id = str(ref.id)
        stamped = [office_id, _stamp(self.name, office_id, args), *args]
        try:
            app.send_task(self.name, args=stamped, retry=False, countdown=wait or None)
        except (OperationalError, OSError) as error:
            log.warning("bell not heard: %s", type(error).__name__)

    def ring_once_a(self, seconds: float, ref: OfficeRef, *args: str) -> None:
        """Ring at once, and for all that comes within so many seconds once more at their end: a flood is one piece of
        news, but what comes after somebody has looked is told too. Counted in each process."""
        key, at = (self.name, ref.id, args), time.monotonic()
        last = _rung.get(key, at - seconds)
        if last > at:  # a ring for all of this is on its way
            return
        _rung[key] = max(at, last + seconds)
        self.ring(ref, *args, wait=_rung[key] - at)


@dataclass(frozen=True, slots=True)
class OfficeTask(Bell):
    """A task of one office and the function that does it."""

    run: Callable[..., None]


def office_task(
    name: str, *, every: float | None = None, kinds: tuple[str, ...] = ("kommune", "region", "drift")
) -> Callable[[Callable[..., None]], OfficeTask]:
    """A function `(ref, *keys)` as a task of an office; `every` seconds for all offices of `kinds`."""

    def decorate(function: Callable[..., None]) -> OfficeTask:
        def run(office_id: str = "", stamp: str = "", *args: str) -> None:
            ref = _true_office(name, office_id, stamp, args)
            with office(ref):
                function(ref, *args)

        app.task(name=name)(run)
        if every is not None:
            args = [name, _stamp("fan_out", name, kinds), *kinds]
            app.conf.beat_schedule[name] = {"task": "fan_out", "schedule": every, "args": args}
        return OfficeTask(name, function)

    return decorate


def _true_office(name: str, office_id: str, stamp: str, args: tuple[str, ...]) -> OfficeRef:
    if not hmac.compare_digest(stamp, _stamp(name, office_id, args)):
        raise NotAnOffice("Oppgaven kom uten et gyldig kontor.")
    ref = directory.office_with_id(UUID(office_id))
    if ref is None:
        raise NotAnOffice("Kontoret finnes ikke lenger.")
    return ref


def fan_out(name: str = "", stamp: str = "", *kinds: str) -> None:
    """Ring one task in every office of the given types; asked for by the beat alone."""
    if not hmac.compare_digest(stamp, _stamp("fan_out", name, kinds)):
        raise NotAnOffice("Utsendingen kom ikke fra klokken.")
    for ref in directory.offices():
        if ref.kind in kinds:
            Bell(name).ring(ref)


app.task(name="fan_out")(fan_out)
