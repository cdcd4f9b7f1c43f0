"""One demo and one Chromium for all browser tests; both are ended whatever happens."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.steps_story import Story
from tests.browser.walker import Town, chromium
from tests.whole.demo import Demo, running

_STANDING = ExitStack()


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """The whole platform in processes of its own, in a home that is deleted afterwards."""
    with _STANDING:
        yield _STANDING.enter_context(running())


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """After the last of them both are ended: beside the tests of another file the demo would only take their time, and
    those may want this thread's loop, which is Chromium's as long as it runs.
    """
    if nextitem is None or not nextitem.nodeid.startswith("tests/browser/"):
        _STANDING.close()


@pytest.fixture(scope="session")
def cookies() -> dict[str, Any]:
    """Who has logged in so far."""
    return {}


@pytest.fixture(scope="session")
def browser(demo: Demo) -> Browser:
    """Everybody in front of it has a context of their own, with nothing that another one left."""
    return _STANDING.enter_context(chromium())


@pytest.fixture
def town(demo: Demo, browser: Browser, cookies: dict[str, Any]) -> Iterator[Town]:
    """The demo as people see it."""
    opened = Town(demo, browser, cookies)
    yield opened
    opened.close()


@pytest.fixture
def story(town: Town, request: pytest.FixtureRequest) -> Iterator[Story]:
    """A journey, named after its file; in the end no page may have complained."""
    opened = Story(town, request.module.__name__.rpartition("journey_")[2].replace("_", "-"))
    yield opened
    opened.nobody_complained()
