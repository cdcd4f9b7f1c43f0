"""One trial: thirteen secrets through a web error, a database error and a task error; what left the processes."""

from dataclasses import dataclass
from pathlib import Path

from tests.exits.programs import environment, running, until
from tests.exits.receiver import Receiver
from tests.exits.secrets13 import Planted
from tests.exits.server import free_port
from varde.celery import app

EVENTS = 5  # three of the web, one of a thread in it, one of the worker


@dataclass
class Outcome:
    """Bytes and counts; `log` is what web, worker and the database wrote."""

    planted: Planted
    statuses: list[int]
    requests: list[bytes]
    events: bytes
    log: bytes


def trial(servers: dict[str, str], home: Path, database_log: Path, without: str = "") -> Outcome:
    """Run it; `without` names the protection that is taken away."""
    planted, port = Planted(), free_port()
    before = database_log.stat().st_size
    with Receiver() as receiver:
        env = environment(servers, home, VARDE_SENTRY_DSN=receiver.dsn, PLANTED_WITHOUT=without)
        with running(home, port, env):
            statuses = planted.send_all(port)
            planted.send_garbage(port)
            app.send_task("planted.fail", args=[planted.secret["exception text"]])
            until(lambda: len(receiver.requests) >= EVENTS, 20)
        log = b"".join((home / f"{name}.log").read_bytes() for name in ("web", "worker"))
        log += database_log.read_bytes()[before:]
        return Outcome(planted, statuses, receiver.requests, receiver.seen, log)
