"""The kommune's grant report: what is registered, what is asked for, finished by the owner of the figures, frozen."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from shared.reporting.document import canonical, read
from tenants.outreach.models import Activity
from tenants.reporting import grant_actions, grant_document, grant_queries
from tenants.reporting.grant_actions import Written
from tenants.reporting.grant_document import Line, Registered
from tenants.reporting.grant_models import GrantReport
from tenants.reporting.grant_sources import Agreed
from tests.cast import seen_as
from tests.tenants.test_reporting_way import anybody, browser, finished, kari
from varde.access.ticket import presented
from varde.clock import now
from varde.privacy.models import FrozenRow
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of

__all__ = ["kari"]
HERE = "/bufdir/tilskudd"
WORDS = Written({"money": "Halv stilling.", "reach": "300 ansatte."})


@pytest.fixture
def year() -> int:
    return day_of(now()).year


def held(year: int) -> None:
    with presented(anybody()):
        Activity(
            kind="course", title="Fagdag", held_on=date(year, 1, 5), audience="staff", reach=40, cost=9000,
            made_at=now(), made_by_name="Kari Koordinator",
        ).save()  # fmt: skip


def finish(year, by, written=WORDS):
    seen = grant_actions.print_of(grant_actions.made(year=year, written=written, by=by))
    return grant_actions.finish(year=year, written=written, seen=seen, by=by)


def tables_of(row: GrantReport) -> dict[str, list[tuple]]:
    made = read(row.content.encode())
    return {table.name: list(table.rows) for section in made.sections for table in section.tables}


def test_activities_and_reach_are_those_that_are_registered(kari, year):
    held(year)
    row = finish(year, kari)
    found = tables_of(row)
    assert [line[1:] for line in found["slag"]] == [(1, 40, 9000)]
    made = {one.title: one for one in read(row.content.encode()).sections}
    assert made["Hvem som er nådd"].text == "300 ansatte."
    assert any("Ingen opplæring" in one for one in made["Det som mangler i registreringene"].notes)


def test_results_are_those_of_the_finished_report(kari, monkeypatch):
    number = finished(kari, "2019").number
    had = grant_queries.registered(kari, 2019, date(2020, 1, 5))
    made = grant_document.document(had, office="Gjøvik", year=2019, texts={}, meta=())
    results = next(one for one in made.sections if one.title == "Resultater")
    assert f"nr. {number}" in results.text
    assert results.tables[0].rows[0] == ("2019", 3)
    assert {table.key for table in results.tables} == {"cases", "kategori", "utfall", "handtert_av"}


def test_only_the_named_owner_makes_it(kari, year):
    with seen_as("tom") as tom, presented(tom), pytest.raises(PermissionDenied):
        grant_actions.made(year=year, written=WORDS, by=tom)
    with presented(anybody()):
        tom = browser("tom")
    assert tom.get(HERE).status_code in (403, 404)


def test_a_finished_report_cannot_change(kari, year):
    row = finish(year, kari)
    with pytest.raises(FrozenRow):
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        GrantReport.objects.filter(pk=row.pk).update(content="{}")


def test_it_is_finished_as_it_was_seen(kari, year):
    seen = grant_actions.print_of(grant_actions.made(year=year, written=WORDS, by=kari))
    held(year)
    with pytest.raises(Overtaken, match="endret siden"):
        grant_actions.finish(year=year, written=WORDS, seen=seen, by=kari)


def test_a_correction_says_why_and_the_old_one_stays(kari, year):
    first = finish(year, kari)
    with pytest.raises(Refused, match="hvorfor den rettes"):
        finish(year, kari)
    second = finish(year, kari, Written({"money": "Hel stilling."}, "Feil beløp."))
    assert second.replaces_id == first.id
    assert grant_queries.corrected() == {first.id}
    assert ("Retter den forrige rapporten for året", "Feil beløp.") in read(second.content.encode()).meta


def test_what_may_be_about_somebody_is_asked_about(kari, year):
    with pytest.raises(Refused, match="merket"):
        finish(year, kari, Written({"reach": "Ring 99 88 77 66."}))


def test_the_pages_from_words_to_file(kari, year):
    client = browser("kari")
    with presented(anybody()):
        assert str(year) in client.get(HERE).content.decode()
        assert "Dette er ikke ført" in client.get(f"{HERE}/{year}").content.decode()
        marked = client.post(f"{HERE}/{year}", {"reach": "Ring 99 88 77 66."})
        assert marked.status_code == 422
        seen = client.post(f"{HERE}/{year}", {"reach": "300 ansatte."}).content.decode()
        digest = seen.split('name="seen" value="')[1].split('"')[0]
        again = client.post(f"{HERE}/{year}/ferdigstill", {"reach": "300 ansatte.", "seen": digest, "endre": "ja"})
        assert "300 ansatte." in again.content.decode()
        done = client.post(f"{HERE}/{year}/ferdigstill", {"reach": "300 ansatte.", "seen": digest})
        assert done.status_code == 303
        assert "300 ansatte." in client.get(done["Location"]).content.decode()
        got = b"".join(client.get(f"{done['Location']}/json"))
        assert client.get(f"{done['Location']}/exe").status_code == 404
        assert client.get(f"{HERE}/1999").status_code == 404
        assert sha256(got).hexdigest() in client.get(done["Location"]).content.decode()
    assert got == GrantReport.objects.get().content.encode()


def test_a_year_that_is_not_over_is_said_to_be_so_before_anybody_finishes_it(kari):
    client, this = browser("kari"), day_of(now()).year
    with presented(anybody()):
        assert f"{this} er ikke over." in client.get(f"{HERE}/{this}").content.decode()
        assert f"{this} er ikke over." in client.post(f"{HERE}/{this}", {"reach": "300 ansatte."}).content.decode()
        assert "er ikke over." not in client.get(f"{HERE}/{this - 1}").content.decode()


def test_how_many_were_reached_is_written_as_numbers_are():
    many = replace(HAD, kinds=(Line("Brosjyre", 2, 9800, 0), Line("Kurs", 1, 346, 0)))
    made = grant_document.document(many, office="Gjøvik", year=2025, texts={}, meta=())
    assert made.sections[1].text.startswith("3 aktiviteter, 10\u00a0146 nådd i alt.")


HAD = Registered(
    agreed=Agreed("Samarbeid om TryggEst", "Gjøvik", "60 %", ("Gjøvik", "Østre Toten")),
    kinds=(Line("Kurs", 2, 80, 9000),), audiences=(Line("Ansatte", 2, 80, 9000),), sentences=("To fagdager.",),
    training=(("Kurs", 3),), rite=(("Gyldig", 4),), hours=(("Koordinator", "18"),), results=None, number=None,
)  # fmt: skip


def test_the_share_is_the_one_that_was_agreed():
    made = grant_document.document(HAD, office="Gjøvik", year=2025, texts={}, meta=())
    assert ("Kommunens andel av tilskuddet", "60 %") in made.sections[0].tables[0].rows
    assert grant_document.lacks(HAD) == [
        "Rapporten til Bufdir for året er ikke ferdigstilt, så resultatene er uten tall."
    ]
    assert read(canonical(made)) == made
