"""Takes one mechanism away, in the build of the tests alone. The product has no such switches.

`VARDE_SABOTAGE=<name>` makes tests/conftest.py call `take_away` before any test module is read, and
`take_away_in_database` when the offices stand. A switch that finds nothing to take away fails loudly: then no test is
run, and the sabotage counts as not caught.
"""

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any

NAME = "VARDE_SABOTAGE"
Taking = Callable[[], None]
code: dict[str, Taking] = {}
database: dict[str, Taking] = {}


def in_code(function: Taking) -> Taking:
    """A switch that replaces code, at the beginning of the session."""
    code[function.__name__] = function
    return function


def in_database(function: Taking) -> Taking:
    """A switch that changes the database of the tests, after it is built."""
    database[function.__name__] = function
    return function


def replace(where: str, value: Any) -> Any:
    """Put `value` in the place of "package.module:name.attribute"; what stood there comes back."""
    module, _, path = where.partition(":")
    holder: Any = import_module(module)
    *way, last = path.split(".")
    for step in way:
        holder = getattr(holder, step)
    before = holder[last] if isinstance(holder, dict) else getattr(holder, last)
    if isinstance(holder, dict):
        holder[last] = value
    else:
        setattr(holder, last, value)
    return before


def every() -> set[str]:
    """The names of all switches."""
    for module in (
        "without_code",
        "without_guards",
        "without_database",
        "without_telephone",
        "without_phone",
        "without_console",
        "without_lines",
        "without_leaders",
        "without_meetings",
        "without_delivery",
        "without_plan",
        "without_releases",
        "without_reports",
        "without_own_reports",
        "without_standing",
        "without_orders",
        "without_merge",
        "without_cooperation",
        "without_matters",
        "without_onboarding",
        "without_disclosure",
        "without_figures",
    ):
        import_module(f"tests.sabotage.{module}")
    return code.keys() | database.keys()


def take_away() -> None:
    """At the beginning of the session; LookupError for a name that is no switch."""
    name = os.environ.get(NAME, "")
    if not name:
        return
    if name not in every():
        raise LookupError(f"no switch is called {name}")
    _do_not_shrink()
    code.get(name, lambda: None)()


def _do_not_shrink() -> None:
    """A property that no longer holds is asked for one example, not for the smallest: that takes minutes."""
    from hypothesis import Phase, settings

    house = settings.get_profile("house")
    settings.register_profile("sabotage", house, phases=(Phase.explicit, Phase.generate))
    settings.load_profile("sabotage")


def take_away_in_database() -> None:
    """When the offices stand."""
    database.get(os.environ.get(NAME, ""), lambda: None)()
