"""One database for the whole run: an embedded server, the fleet's own migration, real offices with real logins."""

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.sabotage import seed, switches


def pytest_sessionstart() -> None:
    """`make sabotage` takes one mechanism away before any test module is read."""
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


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The quick ones first; the browser's demo would otherwise stand beside everything that comes after it.

    With several processes a file stays in one of them, and so do all that share the browser's demo.
    """
    items.sort(key=lambda item: (bool(item.get_closest_marker("browser")), bool(item.get_closest_marker("whole"))))
    for item in items:
        together = "browser" if item.get_closest_marker("browser") else item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(together))
