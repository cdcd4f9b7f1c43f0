"""Web and worker with planted faults, as processes, against the test run's own servers."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from varde.embedded.process import end, spawn
from varde.embedded.supervisor import Demo, healthy, web, worker

ROOT = Path(__file__).resolve().parents[2]


def environment(servers: dict[str, str], home: Path, **more: str) -> dict[str, str]:
    """What a child of the demo is given, for the database and broker of this test run."""
    return {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "DJANGO_SETTINGS_MODULE": "varde.settings.demo",
        "VARDE_MODE": "demo",
        "VARDE_HOME": str(home),
        "VARDE_KEYS": str(settings.KEYS_DIR),
        "VARDE_PUBLIC_HOST": "localhost",
        "VARDE_DB_HOST": servers["host"],
        "VARDE_DB_NAME": settings.DATABASES["default"]["NAME"],
        "VARDE_BROKER_URL": servers["broker"],
        "VARDE_STATIC_ROOT": str(home / "static"),
        "VARDE_SECRET_KEY": settings.SECRET_KEY,
        "VARDE_LOGIN_KEY": settings.LOGIN_KEY,
        "VARDE_PROXIES": "1",
        **more,
    }


def with_faults(argv: list[str]) -> list[str]:
    """The same program with the faults of `tests.exits.planted`."""
    swapped = {"varde.wsgi:application": "tests.exits.planted:application", "varde.celery": "tests.exits.planted"}
    return [swapped.get(word, word) for word in argv]


def until(true: Callable[[], bool], seconds: float) -> bool:
    """Ask until it is so, or the time is up."""
    limit = time.monotonic() + seconds
    while not true():
        if time.monotonic() > limit:
            return False
        time.sleep(0.1)
    return True


@contextmanager
def running(home: Path, port: int, env: dict[str, str]) -> Iterator[None]:
    """gunicorn and a worker with the demo's own arguments; logs are `home`/web.log and `home`/worker.log."""
    demo = Demo(home, port, [f"127.0.0.1:{port}"], None)  # type: ignore[arg-type]
    started: list[subprocess.Popen[bytes]] = []
    try:
        for name, argv in (("web", web(demo)), ("worker", worker(demo))):
            started.append(spawn(with_faults(argv), log=home / f"{name}.log", env=env, cwd=ROOT))
        assert until(lambda: healthy(port), 60), (home / "web.log").read_text()
        yield
    finally:
        for process in started:
            end(process)


def ask(port: int, path: str) -> int:
    """The status of a GET at Gjøvik's address."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", path, headers={"Host": f"gjovik.localhost:{port}"})
    status = line.getresponse().status
    line.close()
    return status


def python() -> str:
    """This interpreter."""
    return sys.executable
