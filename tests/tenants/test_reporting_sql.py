"""What SQL can lay with the office's own login, as the owner of the report: the next report, and no other."""

import hashlib

import pytest
from django.db import DatabaseError, connection, transaction

from tenants.reporting import queries
from tenants.reporting.grant_models import GrantReport
from tenants.reporting.models import Draft, Report, ReportCopy
from tests.cast import ref
from tests.tenants.test_reporting_grant import finish
from tests.tenants.test_reporting_way import H2, drafted, finished, kari
from varde.access import Reader
from varde.access.ticket import presented
from varde.clock import now
from varde.ui.dates import day_of

__all__ = ["kari"]


def report(by, **more) -> Report:
    given = {"number": 1, "period": H2, "form": "bufdir_2018", "finished_at": now(), "finished_by": by.user_id}
    return Report(**given | {"finished_by_name": by.name} | more)


def at_once() -> None:
    """What is asked at the end of the transaction is asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_report_without_its_copy_is_not_committed(kari):
    with pytest.raises(DatabaseError, match="has a frozen copy"), transaction.atomic():
        report(kari).save()
        at_once()
    row = drafted(kari)
    with transaction.atomic():
        laid = report(kari)
        laid.save()
        ReportCopy(report=laid, draft=row.id, finished_by=kari.user_id, content=row.content, digest=row.digest).save()
        at_once()
    assert Report.objects.get().number == 1


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_number_is_used_once_and_none_is_left_out(kari, number):
    first = finished(kari)
    with pytest.raises(DatabaseError, match="without a gap"), transaction.atomic():
        report(kari, number=number, replaces=first).save()


def test_a_correction_is_of_the_newest_of_its_period(kari):
    first = finished(kari)
    second = finished(kari)
    for replaces in (None, first):
        with pytest.raises(DatabaseError, match="newest report of its period"), transaction.atomic():
            report(kari, number=3, replaces=replaces).save()
    with pytest.raises(DatabaseError, match="newest report of its period"), transaction.atomic():
        report(kari, number=3, period="2019H1", replaces=second).save()


def test_nobody_lays_a_report_as_of_another_kommune(kari):
    with pytest.raises(DatabaseError), transaction.atomic():
        report(kari, former=ref("ostre-toten").id).save()


def test_what_is_finished_is_neither_changed_nor_taken_away(kari):
    finished(kari)
    for table in ("reporting_report", "reporting_copy"):
        for statement in (f"UPDATE {table} SET finished_by = finished_by", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_a_grant_report_corrects_the_newest_of_its_year_and_says_why(kari):
    year = day_of(now()).year
    first = finish(year, kari)
    content = first.content.replace("300", "400")
    given = {
        "year": year, "content": content, "digest": hashlib.sha256(content.encode()).hexdigest(),
        "finished_at": now(), "finished_by": kari.user_id, "finished_by_name": kari.name,
    }  # fmt: skip
    for more in (
        {},
        {"because": "Feil."},
        {"replaces": first},
        {"replaces": first, "year": year - 1, "because": "Feil"},
    ):
        with pytest.raises(DatabaseError, match="newest report of its year"), transaction.atomic():
            GrantReport(**given | more).save()
    GrantReport(**given, replaces=first, because="Feil i antallet.").save()


def test_an_order_is_in_ones_own_name_and_says_nothing_yet(kari):
    own = {"period": H2, "ordered_at": now(), "ordered_by": kari.user_id, "ordered_by_name": kari.name}
    for forged in ({"ordered_by_name": "Tove"}, {"said": "Ferdig."}, {"digest": "x" * 64}, {"content": "{}"}):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Draft(**own | forged).save(force_insert=True)
    Draft(**own).save(force_insert=True)


@pytest.mark.parametrize("asked", ["reporting_shut_out(%s)", "reporting_shut_out_by(%s, now())"])
def test_nobody_asks_by_sql_whether_something_is_hidden_from_somebody(kari, asked):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", [kari.user_id])


def test_what_the_worker_asks_tells_a_person_nothing(kari):
    assert not queries.is_clean(kari.user_id)
    with presented(Reader.for_purpose("returns", ref("gjovik"))):
        assert queries.is_clean(kari.user_id)
