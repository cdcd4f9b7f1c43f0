"""One database for the whole run: an embedded server, the fleet's own migration, real offices with real logins."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from tests.sabotage import seed, switches


def pytest_sessionstart() -> None:
    """`make sabotage` takes one mechanism away before any test module is read."""
    # A busy machine makes slow examples, which says nothing of what is tested.
    settings.register_profile("house", suppress_health_check=[HealthCheck.too_slow], deadline=None)
    settings.load_profile("house")
    switches.take_away()


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, str]]:
    """PostgreSQL and Valkey from the wheels, for as long as the run lasts."""
    from django.conf import settings

    from varde.embedded import Postgres, Valkey

    sown = seed.sow(settings.HOME)
    postgres, valkey = Postgres(settings.HOME), Valkey(settings.HOME)
    with postgres, valkey:
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

    from tests.offices import build_offices
    from varde.celery import app, configure
    from varde.tenancy import fleet
    from varde.tenancy.backend.base import close_pools
    from varde.tenancy.cluster import bootstrap

    settings.DATABASES["default"].update(HOST=servers["host"], PORT=servers["port"])
    connections["default"].settings_dict.update(HOST=servers["host"], PORT=servers["port"])
    settings.BROKER_URL = servers["broker"]
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
    """What a process remembers of bells must not carry from one test to the next."""
    from varde import celery

    celery._rung.clear()


# What takes long is begun first, so that no process stands idle at the end.
_LONG = ("browser/", "whole/", "exits/", "twins/", "sabotage/", "varde/test_fleet.py")


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
