"""What a kommune's report is compared with: the period before, or the report that it corrects; never a later one."""

from datetime import date

import pytest

from tenants.reporting import access, queries
from tests.cast import TEST, ref
from tests.tenants.test_reporting_way import H2, browser, finished, kari
from tests.tenants.test_returns_sending import closed_case
from varde.access import Reader
from varde.access.ticket import presented

__all__ = ["kari"]
H1, NEXT = "2019H1", "2020H1"


@pytest.fixture
def later(kari):
    """The half-year after is finished first."""
    return finished(kari, NEXT)


def differs(found) -> dict[tuple[str, str], tuple]:
    return {(one.table, one.row): (one.before, one.after) for one in found.differences if one.table == "Saker"}


def test_a_report_is_held_beside_the_period_before_it_and_no_later_one(later, kari):
    report = finished(kari)
    assert access.report_for(kari, report.id).compared is None
    page = browser("kari").get(f"/bufdir/{report.id}").content.decode()
    assert "Det er ingen ferdig rapport for samme periode eller for et tidligere halvår" in page
    older = finished(kari, H1)
    again = finished(kari, NEXT)  # the later period's own report goes before an earlier period's
    assert queries.before(H2) == report
    assert queries.before(NEXT, again.number) == later
    assert queries.before(H1, older.number) is None


def test_another_period_is_compared_by_what_both_have(kari):
    finished(kari)
    found = access.report_for(kari, finished(kari, NEXT).id).compared
    assert found.label == "2. halvår 2019"
    assert differs(found)["Saker", "Saker i perioden"] == (3, 0)
    assert not {one.table for one in found.differences} & {"Saker i hvert kvartal", "Kvartal for kvartal"}
    assert not [one for one in found.differences if "kvartal" in one.row or "halvår" in one.row]


def test_a_correction_is_compared_quarter_by_quarter(kari, gjovik):
    finished(kari)
    with presented(Reader.for_purpose(TEST, ref("gjovik"))):
        closed_case(date(2019, 12, 1))
    found = access.report_for(kari, finished(kari).id).compared
    assert ("Saker i hvert kvartal", "4. kvartal 2019", 1, 2) in {
        (one.table, one.row, one.before, one.after) for one in found.differences
    }
