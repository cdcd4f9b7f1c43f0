"""Figures from the phone: counted by hand, without content, and so that no kommune's few calls can be worked out."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product, zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regional.hotline import figures as rules
from regional.hotline import figures_files
from regional.hotline.figures import (
    OTHERS,
    Fact,
    Period,
    by_kommune,
    closed_months,
    figures,
    in_words,
    periods,
    quantile,
)
from regional.hotline.figures_views import tables
from regional.hotline.models import Call
from regional.lines import actions as lines
from shared.codes.counting import Stop, counts_here, counts_in
from tests.cast import ref
from tests.client import client_for
from varde.access import Reader, Role
from varde.clock import OSLO, now
from varde.disclosure.cells import THRESHOLD, shield
from varde.exits.workbook import workbook

OCTOBER = Period("2026-10", "Oktober 2026", date(2026, 10, 1), date(2026, 10, 31))
NAMES = {"3407": "Gjøvik", "3442": "Østre Toten", "3443": "Vestre Toten", "3447": "Søndre Land", "3448": "Nordre Land"}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=OSLO).astimezone(UTC)


def fact(day: int = 5, hour: int = 10, state: str = "stored", place: str = "3407", wait: float | None = None, **more):
    begins = at(day, hour)
    rung = {} if wait is None else {"announced_at": begins, "answered_at": begins + timedelta(seconds=wait)}
    given = {"kind": "", "service": "Vakttelefonen", "line": "Felles"} | rung | more
    return Fact(started_at=begins, state=state, place=place, **given)


def test_figures_counted_by_hand():
    found = figures(
        [
            fact(5, 9, wait=10), fact(5, 9, wait=30), fact(6, 14, state="sent", wait=20),
            fact(7, 0, "returned", place=""), fact(11, 23, "ended", "", kind="spam"),
            fact(12, 8, "ended", "3405", kind="no_team"),
            fact(12, 8, "missed", "", missed=True, announced_at=at(12, 8)), fact(13, 8, "open", "", line=""),
            fact(1, 0).__class__(datetime(2026, 9, 30, 21, 59, tzinfo=UTC), "stored", "", "x", "", "3407"),
        ],
        OCTOBER,
    )  # fmt: skip
    assert (found.total, found.missed, found.announced) == (8, 1, 4)
    assert (found.wait_median, found.wait_p90) == (20, 30)
    outcome = dict(found.by_outcome)
    assert outcome["Sendt til en kommune"] == 3
    assert outcome["Kom tilbake, venter på ny kommune"] == outcome["Søppel eller misbruk"] == outcome["Pågår"] == 1
    assert sum(outcome.values()) == found.total
    assert dict(found.by_hour)["09–10"] == 2
    assert dict(found.by_hour)["00–01"] == 1
    assert dict(found.by_weekday) == {
        "Mandag": 4, "Tirsdag": 2, "Onsdag": 1, "Torsdag": 0, "Fredag": 0, "Lørdag": 0, "Søndag": 1,
    }  # fmt: skip
    assert found.by_line == [("Felles", 7), ("Uten linje", 1)]
    assert sum(count for _, count in found.over_time) == found.total
    assert found.over_time[0][0] == "Uke 40, fra 28.09.2026"


def test_a_night_call_belongs_to_the_day_and_hour_in_oslo():
    late = Fact(datetime(2026, 10, 24, 23, 30, tzinfo=UTC), "stored", "", "x", "", "3407")  # 01.30 on the 25th
    found = figures([late], OCTOBER)
    assert dict(found.by_hour)["01–02"] == dict(found.by_weekday)["Søndag"] == 1


@pytest.mark.parametrize(("values", "median", "ninety"), [([], None, None), ([7], 7, 7), (range(1, 11), 5, 9)])
def test_quantiles_by_nearest_rank(values, median, ninety):
    assert (quantile(list(values), 0.5), quantile(list(values), 0.9)) == (median, ninety)


def test_waits_in_words():
    assert [in_words(each) for each in (None, 5, 125)] == ["–", "5 sek", "2 min 05 sek"]


def test_what_can_be_chosen_is_closed_months_since_the_first_call():
    today = date(2026, 11, 23)
    assert [month.code for month in closed_months(today, date(2026, 9, 30))] == ["2026-10", "2026-09"]
    assert closed_months(today, date(2026, 11, 2)) == closed_months(today, None) == []
    assert [one.code for one in periods(today, None)] == ["30", "90", "365"]


# --- in which kommune a matter counts --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("way", "counted"),
    [
        ([Stop("3407", "kept")], "3407"),
        ([Stop("3407", "misrouted"), Stop("3442", "kept")], "3442"),
        ([Stop("3407", "misrouted"), Stop("3442", "misrouted"), Stop("3407", "kept")], "3407"),
        ([Stop("3407", "transferred"), Stop("3442", "kept")], "3442"),
        ([Stop("3407", "update")], None),
        ([Stop("3407", "misrouted")], None),
        ([], None),
    ],
)
def test_a_matter_counts_once_where_it_ended(way, counted):
    assert counts_in(way) == counted


@given(st.lists(st.builds(Stop, st.sampled_from(sorted(NAMES)), st.sampled_from(["misrouted", "transferred"]))))
def test_however_it_went_one_office_counts_it(way):
    whole = [*way, Stop("3407", "kept")]
    assert sum(counts_here(stop.fate) for stop in whole) == 1
    assert counts_in(whole) == "3407"


# --- by kommune ------------------------------------------------------------------------------------------------------
def test_by_kommune_small_counts_are_hidden_with_another_one():
    calls = [fact(place=place) for place, count in {"3407": 20, "3442": 9, "3443": 2, "3447": 7}.items()
             for _ in range(count)]  # fmt: skip
    shown = dict(by_kommune(calls, OCTOBER, NAMES, {}).sent or [])
    assert (shown["Gjøvik"], shown["Vestre Toten"], shown["Nordre Land"]) == (20, -1, -1)
    assert list(shown)[-1] == OTHERS


def test_by_kommune_counts_where_it_ended_and_contacts_given_and_nothing_else():
    calls = [fact(place="3407") for _ in range(6)]
    calls += [fact(state="returned", place="3407"), fact(state="open", place="3407"), fact(9, place="")]
    calls += [fact(state="ended", kind="no_team", place="3407"), fact(state="ended", kind="advice", place="3407")]
    assert rules.counted_for(calls[-2]) == "3407"
    assert sum(bool(rules.counted_for(call)) for call in calls) == 7


def test_what_is_told_of_an_earlier_report_is_a_part_of_that_one():
    calls = [fact(), fact(kind="update"), fact(kind="update", state="ended", place="")]
    assert [rules.counted_for(call) for call in calls] == ["3407", "", ""]
    outcome = dict(figures(calls, OCTOBER).by_outcome)
    assert (outcome["Sendt til en kommune"], outcome["Gjelder en tidligere melding"]) == (1, 2)
    assert sum(outcome.values()) == 3


def test_so_few_that_nothing_is_shown():
    assert by_kommune([fact()], OCTOBER, NAMES, {}) == rules.Kommuner(None, None)


def test_one_call_to_the_number_of_one_kommune_is_in_no_row_of_its_own():
    """The first call ever to a small kommune's number, on the day that it comes."""
    shared = [fact(line="Felles") for _ in range(20)]
    own = fact(line="", own="3448", service="Vakttelefonen", state="missed", place="")
    for calls in ([own], [*shared, own]):
        found = figures(calls, OCTOBER, owners={"3407", "3448"})
        assert found.by_line is None
    assert found.by_service == [(rules.OWN_SERVICE, 21)]
    crowd = [fact(line="", own=own) for own in ("3407", "3442", "3447") for _ in range(4)]
    found = figures([*shared, *crowd, own], OCTOBER, owners={"3407", "3442", "3447", "3448"})
    assert found.by_line == [("Felles", 20), (rules.OWN_LINES, 13)]


# --- whoever solves the whole page for what it hides -----------------------------------------------------------------
TEAMS, WITHOUT = {"1": "A", "2": "B", "3": "C", "4": "D"}, {"5": "E", "6": "F"}
LINES = ("1", "2", "5")
CONTACT = {"state": "ended", "kind": "no_team"}
few = st.integers(0, 9)
months = st.fixed_dictionaries(
    {
        "sent": st.fixed_dictionaries(dict.fromkeys(TEAMS, few)),
        "contacts": st.fixed_dictionaries(dict.fromkeys([*WITHOUT, "9"], few)),
        "lines": st.fixed_dictionaries(dict.fromkeys([*LINES, ""], few)),
        "shared": st.integers(0, 12),
    }
)


def file_of(month) -> dict[str, dict[str, int | None]]:
    """What the file says, by table; None for what it hides. The same rows are on the page."""
    lines = [fact(line="", own=own) for own, n in month["lines"].items() for _ in range(n)]
    lines += [fact() for _ in range(month["shared"])]
    # What was sent and what was given came by any line: each call has one of each, as they come.
    outcomes = [{"state": "stored", "place": place} for place, n in month["sent"].items() for _ in range(n)]
    outcomes += [CONTACT | {"place": place} for place, n in month["contacts"].items() for _ in range(n)]
    other = {"state": "ended", "kind": "advice", "place": ""}
    pairs = zip_longest(outcomes, lines)
    calls = [replace(line or fact(line="", own=""), **(outcome or other)) for outcome, line in pairs]
    counted = figures(calls, OCTOBER, owners=set(LINES))
    rows = figures_files.rows(OCTOBER, counted, tables(counted), OCTOBER, by_kommune(calls, OCTOBER, TEAMS, WITHOUT))
    said: dict[str, dict[str, int | None]] = {}
    for table, label, count in rows[1:]:
        said.setdefault(str(table), {})[str(label)] = count if isinstance(count, int) else None
    return said


@cache
def ways(rows: int, total: int) -> frozenset[int]:
    """By trying every way of sharing a total between so many rows: what the first of them can be."""
    if rows == 1:
        return frozenset({total})
    return frozenset(first for first in range(total + 1) if ways(rows - 1, total - first))


def nobody_solves(truth: dict[str, int], printed: dict[str, int | None], total: int, known: set[str]) -> None:
    """Whoever knows the total, one row of their own, and perhaps a row that must be nothing, finds each small count
    possible at both ends. `known`: rows that must be nothing when they are."""
    assert sum(truth.values()) == total
    assert all(count is None or count == truth[row] >= THRESHOLD for row, count in printed.items())
    hidden = {row for row in truth if printed.get(row) is None}
    for knower, nothing in product([None, *hidden], [set(), {row for row in known if not truth[row]}]):
        unknown = hidden - {knower} - nothing
        rest = sum(truth[row] for row in unknown)
        if any(truth[row] < THRESHOLD for row in unknown):
            possible = ways(len(unknown), rest)
            assert (0 in possible, max(possible) >= THRESHOLD) == (True, True), (truth, printed, knower, nothing)


@settings(max_examples=150, deadline=None, report_multiple_bugs=False)
@given(months)
def test_nobody_solves_the_page_for_a_small_count(month):
    """All sums of the page and the file, held against each other by trying every table."""
    said = file_of(month)
    outcome = said["Hva samtalene førte til"]
    for table, title, total, names in (
        ("sent", "Sendt til kommunen", "Sendt til en kommune", TEAMS),
        ("contacts", "Kontakt gitt", "Kommunen har ikke team: ordinær kontakt gitt", WITHOUT),
    ):
        truth = dict.fromkeys([*names.values(), OTHERS], 0)
        for place, count in month[table].items():
            truth[names.get(place, OTHERS)] += count
        printed = said.get(f"{title}, {OCTOBER.label}")
        # A table that is not shown tells of no single row; what the total tells, it tells of the region.
        if printed is not None:
            nobody_solves(truth, printed, outcome[total] or 0, {OTHERS})


@settings(max_examples=150, deadline=None, report_multiple_bugs=False)
@given(months)
def test_nobody_solves_the_page_for_the_calls_to_one_kommunes_number(month):
    said = file_of(month)
    whole = said["I alt"]["Samtaler"] or 0
    own = {key: count for key, count in month["lines"].items() if key}
    by_hand = whole - month["shared"] - sum(own.values())
    printed = [row for title in ("Hvem som svarte", "Hvilken linje") for row in said.get(title, ())]
    assert set(printed) <= {"Felles", rules.OWN_SERVICE, rules.OWN_LINES}
    if "Hvilken linje" in said:
        rest = whole - (said["Hvilken linje"].get("Felles") or 0)
        nobody_solves(own | {"": by_hand}, dict.fromkeys([*own, ""]), rest, {""})


counts = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 12), min_size=1)


@given(counts)
def test_nobody_works_out_a_small_count(given_counts):
    """By trying every table: whoever reads it, also one who knows their own row, finds both ends possible."""
    shown = shield(given_counts)
    if shown is None:
        return
    hidden = [key for key, count in shown.items() if count is None]
    assert all(count is None or count >= THRESHOLD for count in shown.values())
    for knower in [None, *hidden]:
        unknown = [key for key in hidden if key != knower]
        total = sum(given_counts[key] for key in unknown)
        for key in unknown:
            if given_counts[key] < THRESHOLD:
                others = len(unknown) - 1
                possible = {value for value in range(total + 1) if others or value == total}
                assert 0 in possible
                assert max(possible) >= THRESHOLD


@given(counts)
def test_what_is_large_alone_is_shown(given_counts):
    if all(count >= THRESHOLD for count in given_counts.values()):
        assert shield(given_counts) == given_counts


# --- the page and the file -------------------------------------------------------------------------------------------
@pytest.fixture
def host(gjovikregionen):
    month = (now().astimezone(OSLO).replace(day=1) - timedelta(days=1)).replace(hour=10)
    for number in range(9):
        Call(
            reference=f"V-{number}", state="stored", place="3407" if number < 8 else "3442", started_at=month,
            announced_at=month, answered_at=month + timedelta(seconds=15), ended_at=month, operator_name="=Olga",
        ).save()  # fmt: skip
    return client_for("liv", Role.HOST_ADMINISTRATOR)


def test_the_page_shows_counts_waits_and_no_small_kommune(host):
    shown = host.get("/vakttelefon/tall").content.decode()
    assert "15 sek" in shown
    assert "Hva samtalene førte til" in shown
    assert "V-0" not in shown
    assert "Olga" not in shown.partition("<main")[2]
    assert host.get("/vakttelefon/tall?periode=1999-01").status_code == 400
    assert host.get("/vakttelefon/tall?maned=hei").status_code == 400


def test_the_page_and_the_file_name_no_line_of_one_kommune(host):
    """One caller with a withheld number, to the number of a small kommune, an hour ago."""
    by, moment = Reader.for_purpose("setup", ref("gjovikregionen")), now()
    own = lines.open_line(name="TryggEst i Gjøvik", service="own", kommune=ref("gjovik").id, shared_with="", by=by)
    Call(reference="V-OWN", state="missed", line=own.id, started_at=moment, announced_at=moment, missed_at=moment,
         external_id="1.9", masked="withheld").save()  # fmt: skip
    for address in ("/vakttelefon/tall?periode=30", "/vakttelefon/tall/fil/csv?periode=30"):
        shown = host.get(address).content.decode()
        assert "TryggEst i Gjøvik" not in shown
        assert "Hvilken linje" not in shown
    assert "nummeret til én kommune" in host.get("/vakttelefon/tall?periode=30").content.decode()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_file_says_what_the_page_says_and_is_logged(host, ending):
    answer = host.get(f"/vakttelefon/tall/fil/{ending}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="varde-tall-')
    body = answer.content
    if ending == "xlsx":
        body = zipfile.ZipFile(io.BytesIO(body)).read("xl/sharedStrings.xml")
    else:
        assert body.startswith("\ufeffTabell;Hva;Antall\n".encode())
    assert "Sendt til en kommune" in body.decode()
    assert host.get("/vakttelefon/tall/fil/pdf").status_code == 404


def test_a_workbook_is_text_and_numbers_and_runs_nothing():
    made = zipfile.ZipFile(io.BytesIO(workbook([("Hva", "=1+1", None), ("<a> & b", 3, 1.5), ("https://x.no", "7", 0)])))
    sheet, texts = (made.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "sharedStrings"))
    assert "'=1+1" in texts
    assert "&lt;a&gt; &amp; b" in texts
    assert "<t>7</t>" in texts, "a number that somebody wrote as text has become a number"
    assert "<v>1.5</v>" in sheet
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
