"""Three lines of the region's phone, each with a number and a telephone that rings, and switching between them."""

from collections.abc import Iterator

import pytest

from regional.lines import actions
from regional.lines.models import Line
from regional.lines.setup import Rule, Setup
from tests.cast import ref
from varde.access import Reader
from varde.tenancy import directory

SHARED, OWN, CRISIS, NEW = "+4761000001", "+4761189500", "+4761000003", "+4761000004"


ALWAYS = Setup((Rule("krisesenter"),))


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """A process remembers an office's public facts for a minute."""
    directory.forget()
    yield
    directory.forget()


@pytest.fixture
def host(gjovikregionen) -> Reader:
    return Reader.for_purpose("setup", gjovikregionen)


def line(host: Reader, name: str, service: str, number: str, kommune: str = "", shared: str = "") -> Line:
    of = ref(kommune).id if kommune else None
    made = actions.open_line(name=name, service=service, kommune=of, shared_with=shared, by=host)
    actions.point(number=number, line=made, since=None, by=host)
    actions.ring(line=made, apparatus=[f"{number[:-1]}9"], since=None, by=host)
    return made


@pytest.fixture
def lines(host) -> dict[str, Line]:
    return {
        "shared": line(host, "Felles", "hotline", SHARED),
        "own": line(host, "Gjøvik", "own", OWN, "gjovik"),
        "crisis": line(host, "Krisesenteret", "krisesenter", CRISIS),
    }


def switch(host: Reader, setup: Setup, since=None, kommune: str = "gjovik") -> None:
    actions.set_setup(kommuner=[ref(kommune).id], since=since, setup=setup, by=host)
