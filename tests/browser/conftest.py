"""One demo for all browser tests, one Chromium per file; both are ended whatever happens."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.walker import Town, chromium
from tests.whole.demo import Demo, running


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """The whole platform in processes of its own, in a home that is deleted afterwards."""
    with running() as started:
        yield started


@pytest.fixture(scope="session")
def cookies() -> dict[str, Any]:
    """Who has logged in so far."""
    return {}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not longer than a file: other tests of the same run may want this thread's loop."""
    with chromium() as started:
        yield started


@pytest.fixture
def town(demo: Demo, browser: Browser, cookies: dict[str, Any]) -> Iterator[Town]:
    """The demo as people see it."""
    opened = Town(demo, browser, cookies)
    yield opened
    opened.close()
