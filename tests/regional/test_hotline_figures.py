"""Figures from the phone: counted by hand, without content, and so that no kommune's few calls can be worked out."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional.hotline import figures as rules
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
from regional.hotline.models import Call
from shared.codes.counting import Stop, counts_here, counts_in
from tests.client import client_for
from varde.access import Role
from varde.clock import OSLO, now
from varde.disclosure.cells import shield
from varde.disclosure.rule import THRESHOLD
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
    assert found.by_line == [("Felles", 7)]
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
    shown = dict(by_kommune(calls, OCTOBER, NAMES) or [])
    assert (shown["Gjøvik"], shown["Vestre Toten"], shown["Nordre Land"]) == (20, -1, -1)
    assert list(shown)[-1] == OTHERS


def test_by_kommune_counts_where_it_ended_and_contacts_given_and_nothing_else():
    calls = [fact(place="3407") for _ in range(6)]
    calls += [fact(state="returned", place="3407"), fact(state="open", place="3407"), fact(9, place="")]
    calls += [fact(state="ended", kind="no_team", place="3407"), fact(state="ended", kind="advice", place="3407")]
    assert rules.counted_for(calls[-2]) == "3407"
    assert sum(bool(rules.counted_for(call)) for call in calls) == 7


def test_so_few_that_nothing_is_shown():
    assert by_kommune([fact()], OCTOBER, NAMES) is None


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


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_file_says_what_the_page_says_and_is_logged(host, ending):
    answer = host.get(f"/vakttelefon/tall/fil/{ending}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="varde-tall-')
    body = answer.content
    if ending == "xlsx":
        body = zipfile.ZipFile(io.BytesIO(body)).read("xl/sharedStrings.xml")
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
