"""A region of five kommuner over two years in the real product: each half-year is sent, closed and given out by two.

One kommune comes to it in the second year; cases become known late and are corrected afterwards. Needs `house`.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime

from psycopg import sql

from shared.contracts import Counts
from shared.registry.models import Office
from shared.registry.standing import ALWAYS
from tests.cast import TEST, ref
from tests.disclosure.whole_way import Region
from tests.regional.released import REGION, best, closed, comes_in, given_out
from varde.tenancy import directory
from varde.tenancy.fleet import Connection, connect
from varde.tenancy.work import work

HALVES = ("2024H1", "2024H2", "2025H1", "2025H2")
JOINS = 2
"""The half-year (by number) in which the fifth kommune comes."""
BORN = ("gjovik", "ostre-toten", "vestre-toten")
NEW = {
    "nordre-land": ("Nordre Land", "3448", ALWAYS),
    "sondre-land": ("Søndre Land", "3447", datetime(2025, 1, 1, tzinfo=UTC)),
}
POPULATION = 4_000
KOMMUNER = (*BORN, *NEW)


@contextmanager
def five() -> Iterator[Mapping[str, Office]]:
    """Two more in the region, by address, that nobody logs in to."""
    with connect(autocommit=True) as owner:
        owner.execute("UPDATE registry_office SET population = %s WHERE kind = 'kommune'", [POPULATION])
        made = {slug: _office(owner, slug) for slug in NEW}
        directory.forget()
        try:
            yield {slug: made.get(slug) or Office(id=ref(slug).id, number=ref(slug).number) for slug in KOMMUNER}
        finally:
            ids = [each.id for each in made.values()]
            owner.execute("DELETE FROM registry_standing WHERE kommune = ANY (%s)", [ids])
            owner.execute("DELETE FROM registry_office WHERE id = ANY (%s)", [ids])
            owner.execute("UPDATE registry_office SET population = NULL WHERE kind = 'kommune'")
            directory.forget()


def _office(owner: Connection, slug: str) -> Office:
    """An office in the registry, without rooms of its own, and both sides' yes since it came."""
    name, number, since = NEW[slug]
    made = Office(
        id=uuid.uuid4(), kind="kommune", slug=slug, name=name, number=number, population=POPULATION, active=False,
        started_on=date(since.year, 1, 1) if since > ALWAYS else None, schema_name=slug, login=slug,
    )  # fmt: skip
    fields = list(Office._meta.concrete_fields)
    columns = sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)
    places = sql.SQL(", ").join(sql.Placeholder() * len(fields))
    owner.execute(
        sql.SQL("INSERT INTO registry_office ({}) VALUES ({})").format(columns, places),
        [getattr(made, field.attname) for field in fields],
    )
    region = ref(REGION).id
    for side in (region, made.id):
        owner.execute(
            "INSERT INTO registry_standing (id, agreement, region, kommune, said_by, word, at, said_at, host)"
            " VALUES (%s, %s, %s, %s, %s, 'in', %s, %s, false)",
            [uuid.uuid4(), region, region, made.id, side, since, since],
        )
    return made


def goes_on(region: Region, offices: Mapping[str, Office], halves: Sequence[str] = HALVES) -> None:
    """Half-year by half-year: what is known by then is sent, it is closed, and all it offers is given out by two."""
    said: dict[tuple[str, str], Counts] = {}
    for number, half in enumerate(halves):
        for name, sent in region.sent(number).items():
            slug = KOMMUNER[int(name.removeprefix("k"))]
            for each in sent.own:
                quarter = str(each.quarter)
                if said.get((slug, quarter)) != each.counts:
                    said[slug, quarter] = each.counts
                    with work(ref(REGION), TEST):
                        comes_in(offices[slug], quarter, each.counts)
        closed(half)
        given_out(half, best)
