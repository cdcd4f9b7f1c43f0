"""What other rooms show of the plan."""

from collections.abc import Iterator

from regional.cooperation.consequences import Asked, Consequence
from regional.plan import queries
from varde.clock import now
from varde.ui.dates import day_of

LEAVES = "Tiltakene blir stående i planen, og lederteamet bestemmer hvem som tar over."
JOINS = "Felles tiltak gjelder også den nye kommunen. Det den skal gjøre hjemme, tas inn i neste versjon."


def consequences(asked: Asked) -> Iterator[Consequence]:
    """What a step of the agreement means for the plan in force: measures that are open and are the kommune's own."""
    plan = queries.in_force()
    found = [one for one in queries.lines(plan, day_of(now())) if one.now.is_open] if plan else []
    if asked.kind == "join":
        yield Consequence("Felles tiltak i handlingsplanen", len(queries.common(found)), JOINS, where=queries.HERE)
    elif asked.kind in ("leave", "end"):
        own = queries.of_kommune(found, asked.kommune.id)
        yield Consequence("Åpne tiltak i handlingsplanen", len(own), LEAVES, where=queries.HERE)
