"""Four half-years, two years and all since the start given out one after the other by two persons in the real product,
read back from every text that anybody gets, and laid siege to.

Five kommuner, one of which comes in the second year; cases are known late and are corrected. The attackers share no
code with engine or auditor, and get nothing but the texts, each kommune with its own cases beside.

VARDE_WAYS=5 pytest tests/regional/test_over_time.py -s      so many regions, about a minute each
"""

import io
import os
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from django.db import connection

from regional.bufdir import access, actions
from regional.bufdir.actions import Written
from regional.bufdir.models import Kind
from regional.dashboard.cli import main as report_cli
from regional.releases.problem import World
from regional.releases.queries import read_ledger, world
from shared.post.actions import open_mail
from tests.cast import TEST, ref
from tests.client import anonymous, client_for
from tests.disclosure.print_out import printed_by
from tests.disclosure.siege import siege
from tests.disclosure.whole_way import Region, Shown
from tests.regional.five import HALVES, JOINS, five, goes_on
from tests.regional.read_back import (
    Json,
    Said,
    filled,
    of_machine,
    of_page,
    of_report,
    of_rows,
    of_table,
    rows_of_cells,
    rows_of_page,
    rows_of_paper,
    tables_of,
    through_time,
)
from tests.regional.reading import of_csv, of_json, rows_of
from tests.regional.released import REGION, copies, person, works
from tests.regional.test_hotline_api import a_token
from tests.wipe import wipe
from varde.tenancy.work import work

WAYS = int(os.environ.get("VARDE_WAYS", "1"))
REPORTED = ("2024H2", "2025H1", "2025")


@dataclass
class Out:
    """What stands in the frozen copies, the truth that only the test knows, and what each way says."""

    tables: dict[str, Json]
    truth: World
    ways: dict[str, Said]

    @property
    def whole(self) -> Said:
        """All that was frozen."""
        return {name: text for table in self.tables.values() for name, text in of_table(table).items()}


@pytest.fixture(scope="module", params=range(WAYS))
def out(request, django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Out]:
    with django_db_blocker.unblock(), five() as offices:
        try:
            goes_on(Region(request.param, change="joins", halves=HALVES, at=JOINS), offices)
            with work(ref(REGION), "returns"):
                truth = world(read_ledger())
            tables = tables_of(copies())
            yield Out(tables, truth, ways(tables, tmp_path_factory.mktemp("paper")))
        finally:
            connection.close()
            wipe()


def ways(tables: dict[str, Json], folder: Any) -> dict[str, Said]:
    """Everything that is shown of the releases, read by whoever may."""
    liv = client_for("liv")
    works()
    open_mail(ref("gjovik"))
    found = {
        "page": _drawn(liv, "/statistikk", tables),
        "kommune": _drawn(client_for("kari"), "/statistikk/regionen", tables),
        "over time": _over_time(liv, tables),
        "machine": _by_machine(),
    }
    for way, said in (*_reports(tables), *_to_bufdir(liv, tables, folder)):
        found.setdefault(way, {}).update(said)
    return found


def _drawn(client: Any, path: str, tables: dict[str, Json]) -> Said:
    said: Said = {}
    for name, table in tables.items():
        answer = client.get(path, {"tabell": name})
        assert answer.status_code == 200
        said |= of_page(answer.content.decode(), table)
    return said


def _over_time(client: Any, tables: dict[str, Json]) -> Said:
    said: Said = {}
    keys = dict.fromkeys(one["key"] for table in tables.values() for one in table["questions"])
    for kind, key, share in product(("half", "year", "start", "quarter"), ("saker", *keys), ("antall", "andel")):
        asked = {"slag": kind, "sporsmal": key, "tall": share}
        page = client.get("/statistikk/over-tid", asked).content.decode()
        if "v-series__table" in page and (key, share) != ("saker", "andel"):
            kept = [table for table in tables.values() if table["kind"] == kind]
            said |= through_time(page, key, kept, share=share == "andel")
    return said


def _by_machine() -> Said:
    said: Said = {}
    with work(ref(REGION), TEST):
        token = a_token("releases")
    client, head = anonymous(REGION), {"authorization": f"Bearer {token}"}
    for one in client.get("/api/v1/releases", headers=head).json()["releases"]:
        said |= of_machine(client.get(one["href"], headers=head).content)
    return said


def _reports(tables: dict[str, Json]) -> Iterator[tuple[str, Said]]:
    """What the command writes of every table but the quarters', which hold a number of cases alone."""
    for name, table in tables.items():
        if table["kind"] != "quarter":
            period = name if table["kind"] != "start" else f"{HALVES[0][:4]}Q1..{name[-6:-2]}Q4"
            for ending, reads in (("json", of_json), ("csv", of_csv)):
                kept = io.BytesIO()
                with redirect_stdout(io.TextIOWrapper(kept, write_through=True)):
                    assert report_cli(["--region", REGION, "--period", period, "--format", ending]) == 0
                    content = kept.getvalue()
                yield f"report as {ending}", of_report(reads(content), table)


def _to_bufdir(client: Any, tables: dict[str, Json], folder: Any) -> Iterator[tuple[str, Said]]:
    """Reports that one makes and another approves: the page, and the files of each."""
    for period in REPORTED:
        with person("stine") as by:
            texts = Written({"comment": "", "explained": "Det er ikke kjent."})
            draft = actions.make(kind=Kind.BUFDIR, period=period, written=texts, by=by)
        with person("sara") as by:
            access.draft_for(by, draft.id)
        with person("sara") as by:
            number = actions.approve(draft=draft.id, seen=draft.digest, by=by).number
        start = tables.get(f"start..{HALVES[-1] if period == '2025' else period}")
        page = client.get(f"/bufdir/{number}").content.decode()
        yield "to Bufdir, page", of_rows(rows_of_page(page), tables[period], start)
        files = {each: client.get(f"/bufdir/{number}/fil/{each}").content for each in ("csv", "xlsx")}
        yield "to Bufdir, csv", of_rows(rows_of_cells(files["csv"].decode()), tables[period], start)
        yield "to Bufdir, xlsx", of_rows(rows_of(files["xlsx"]), tables[period], start)
        if period == "2025":
            paper = client.get(f"/bufdir/{number}/fil/pdf").content
            yield "to Bufdir, pdf", of_rows(rows_of_paper(paper, folder), tables[period], start)


def test_every_way_says_what_was_frozen_and_no_more(out):
    whole = out.whole
    for way, said in out.ways.items():
        assert {name: text for name, text in said.items() if text != whole.get(name, ":")} == {}, way
        told = sum(text != ":" for text in said.values())
        print(f"{way}: {told} of {sum(text != ':' for text in whole.values())}")
        assert told > 40, way


def test_machines_pages_and_kommuner_leave_nothing_out(out):
    """But for how many ticks there are of a question that is told in groups."""
    told = {name for name, text in out.whole.items() if text != ":" and name[2] not in ("ticks", "multi")}
    for way in ("page", "kommune", "machine"):
        assert {name for name in told if out.ways[way].get(name) is None} == set(), way


def test_nobody_finds_out_anything_from_all_that_is_shown(out):
    problem, _ = printed_by(Shown(out.truth, list(out.tables.values())))
    said = [
        one
        for way in out.ways.values()
        for one in printed_by(Shown(out.truth, [filled(table, way) for table in out.tables.values()]))[1]
    ]
    unique = {(frozenset(one.atoms.items()), one.low, one.high): one for one in said}
    assert len(unique) > 60
    found = siege(problem, unique.values())
    assert not found, dict(found)
    print(f"{len(said)} statements, {len(unique)} different, {len(out.ways)} ways: nothing found")
