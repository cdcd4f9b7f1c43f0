"""One database for the whole run: an embedded server, the fleet's own migration, real offices with real logins."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from tests.sabotage import seed, switches
from tests.whole import shared
from varde.tenancy import directory

_BEGAN = datetime.now(UTC)
_LAID = pytest.StashKey[Path | None]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """`make sabotage` takes one mechanism away before any test module is read."""
    # Dozens of programs are started: each would translate a thousand modules anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    session.config.stash[_LAID] = shared.lay()
    # A busy machine makes slow examples, which says nothing of what is tested.
    settings.register_profile("house", suppress_health_check=[HealthCheck.too_slow], deadline=None)
    settings.load_profile("house")
    switches.take_away()
    # Counting queries is not to depend on how long a test took.
    directory.KEEP_SECONDS = 24 * 3600.0


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """What is read here lives until the end: the collector of garbage would go through all of it again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What the processes of the run shared goes with the one that laid it, and a home that nobody moved into."""
    from django.conf import settings

    shared.remove(session.config.stash.get(_LAID, None))
    with suppress(OSError):
        settings.HOME.rmdir()


# How the database that serves the tests in this process differs from the demo's. Those that are about a server's
# settings or about a broken server start one of their own.
QUICK = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "128MB", "max_wal_size": "1GB"}


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, str]]:
    """PostgreSQL and Valkey from the wheels, for as long as the run lasts."""
    from django.conf import settings

    from varde.embedded import Postgres, Valkey
    from varde.embedded.postgres import SETTINGS

    sown = seed.sow(settings.HOME)
    postgres, valkey = Postgres(settings.HOME), Valkey(settings.HOME)
    with pytest.MonkeyPatch.context() as patched:
        for name, value in QUICK.items():
            patched.setitem(SETTINGS, name, value)
        postgres.start()
    with ExitStack() as stack:
        stack.callback(postgres.stop)
        stack.enter_context(valkey)
        yield {
            "dsn": postgres.superuser_dsn(),
            "host": postgres.host,
            "port": str(postgres.port),
            "broker": valkey.url,
            "sown": "yes" if sown else "",
        }
    seed.leave(settings.HOME)
    postgres.discard()
    shutil.rmtree(settings.HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(servers: dict[str, str], django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The house as `make demo` builds it: cluster, fleet, two regions and their kommuner."""
    from django.conf import settings
    from django.db import connections

    from tests import wipe
    from tests.offices import build_offices
    from varde.celery import app, configure
    from varde.tenancy import fleet
    from varde.tenancy.backend.base import close_pools
    from varde.tenancy.cluster import bootstrap

    settings.DATABASES["default"].update(HOST=servers["host"], PORT=servers["port"])
    connections["default"].settings_dict.update(HOST=servers["host"], PORT=servers["port"])
    settings.BROKER_URL = servers["broker"]
    wipe.server[:] = [servers["dsn"]]
    configure(app)
    with django_db_blocker.unblock():
        if not servers["sown"]:
            bootstrap(
                servers["dsn"],
                database=settings.DATABASES["default"]["NAME"],
                migrator_password=os.environ["VARDE_MIGRATOR_PASSWORD"],
                login_key=settings.LOGIN_KEY,
            )
            fleet.migrate()
            build_offices()
        switches.take_away_in_database()
        yield
        connections.close_all()
        close_pools()


pytest_plugins = ["tests.cast"]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What a process remembers of bells and offices must not carry from one test to the next."""
    from tests.cast import ref
    from varde import celery

    celery._rung.clear()
    ref.cache_clear()


@pytest.fixture(autouse=True)
def _today_is_today(request: pytest.FixtureRequest) -> None:
    """A run that goes on past midnight must not hold what it asks of a page against yesterday."""
    from varde.clock import now
    from varde.ui.dates import day_of

    module, today = request.module, day_of(now())
    began = day_of(_BEGAN)
    if today != began and getattr(module, "TODAY", None) == began:
        module.TODAY = today


# What takes long is begun first, so that no process stands idle at the end.
# Two that want a demo do not stand first: one of them would wait for what the other lays.
_LONG = ("browser/", "twins/", "whole/", "exits/", "sabotage/", "telephony/", "varde/test_fleet.py")


def _length(nodeid: str) -> int:
    return next((at for at, path in enumerate(_LONG) if nodeid.startswith(f"tests/{path}")), len(_LONG))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With several processes the long ones first; alone the quick ones, beside which no demo should stand."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: _length(item.nodeid))
    else:
        items.sort(key=lambda item: (bool(item.get_closest_marker("browser")), bool(item.get_closest_marker("whole"))))


class ByFile(LoadScopeScheduling):
    """A file stays in one process, with what it builds once; so do all that share the browser's demo.

    xdist's own groups are said in an attribute that pytest no longer reads (9.2): then each test went its own way.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "tests/browser" if nodeid.startswith("tests/browser/") else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """In the order of the collection."""
    config.option.loadscopereorder = False
    return ByFile(config, log)
