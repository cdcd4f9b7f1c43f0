"""The kommune's own report: named owner, counted by a worker, finished and frozen."""

import hashlib
import io
import zipfile
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from shared.codes.periods import Quarter
from shared.reporting.document import read
from tenants.cases.models import Case
from tenants.inbox.models import Denial
from tenants.reporting import access, actions, queries, tasks
from tenants.reporting.models import Draft, Report, ReportCopy, ReturnsOwner
from tenants.returns.actions import send_return
from tests.cast import TEST, as_person, ref, seen_as
from tests.client import client_for
from tests.tenants.test_returns_sending import closed_case
from varde.access import Reader, Role
from varde.access.ticket import presented
from varde.clock import now
from varde.identity.actions import invite
from varde.identity.models import User
from varde.privacy.models import FrozenRow
from varde.refusal import Refused

H2 = "2019H2"


@pytest.fixture
def kari(gjovik):
    """Kari, whom Arne has named; two cases in the third quarter and one in the fourth of 2019."""
    with seen_as("kari") as by, seen_as("arne") as arne:
        with presented(Reader.for_purpose(TEST, gjovik)):
            closed_case(date(2019, 8, 1), kjonn="woman", utfall="no_consequence")
            closed_case(date(2019, 9, 1), kjonn="man")
            closed_case(date(2019, 11, 1))
        with presented(arne):
            actions.name_owner(user=User.objects.get(pk=by.user_id), by=arne)
        with presented(by):
            yield by


def anybody() -> Reader:
    """Sees every row, for what the test itself lays."""
    return Reader.for_purpose(TEST, ref("gjovik"))


def browser(name: str):
    """As `client_for`, from within what somebody of the cast sees."""
    with presented(anybody()):
        return client_for(name)


def counted() -> None:
    with presented(Reader.for_purpose("returns", ref("gjovik"))):
        actions.make_ordered(by=Reader.for_purpose("returns", ref("gjovik")))


def drafted(by: Reader, value: str = H2) -> Draft:
    actions.order(value=value, by=by)
    counted()
    found = queries.draft_of(by.user_id, value)
    assert found is not None
    return found


def finished(by: Reader, value: str = H2) -> Report:
    row = drafted(by, value)
    return actions.finish(draft=row, seen=row.digest, by=by)


def tables_of(row: Draft | ReportCopy) -> dict[str, list[tuple]]:
    made = read(row.content.encode())
    return {table.name: list(table.rows) for section in made.sections for table in section.tables}


def said_by(row: Draft | ReportCopy, title: str) -> tuple[str, ...]:
    return next(each.notes for each in read(row.content.encode()).sections if each.title == title)


def test_nobody_makes_a_report_before_somebody_is_named(gjovik):
    with seen_as("kari") as by, pytest.raises(Refused, match="rapportansvarlig"):
        actions.order(value=H2, by=by)


def test_nobody_names_themself_and_only_a_coordinator_is_named(gjovik):
    with seen_as("tom"), seen_as("kari") as kari:
        for who in ("kari", "tom"):
            with pytest.raises(Refused):
                actions.name_owner(user=User.objects.get(pk=as_person(who).user_id), by=kari)
        own = ReturnsOwner(user_id=kari.user_id, user_name=kari.name, at=now(), by_user=kari.user_id, by_name=kari.name)
        with pytest.raises(DatabaseError), transaction.atomic():
            own.save()


def test_nobody_names_themself_by_another_account(gjovik):
    with seen_as("arne") as arne:
        with presented(Reader.for_purpose(TEST, gjovik)):
            setup = Reader.for_purpose("setup", gjovik)
            invite(email="arne2@gjovik.example", name=f" {arne.name.upper()}", roles=[Role.COORDINATOR], by=setup)
        with presented(arne):
            other = User.objects.get(email="arne2@gjovik.example")
            with pytest.raises(Refused, match="deg selv"):
                actions.name_owner(user=other, by=arne)
            own = ReturnsOwner(user_id=other.pk, user_name="x", at=now(), by_user=arne.user_id, by_name=arne.name)
            with pytest.raises(DatabaseError), transaction.atomic():
                own.save()


def test_the_report_counts_every_case_also_hidden_ones(kari):
    hidden = closed_hidden()
    found = tables_of(drafted(kari))
    assert found["cases"] == [("2. halvår 2019", 4), ("Siden start", 4)]
    assert [row[:2] for row in found["kjonn"]] == [("mann", 2), ("kvinne", 1), ("ikke oppgitt", 1)]
    assert hidden


def closed_hidden() -> bool:
    """A case that Kari does not see: covered by two others."""
    from tenants.inbox.models import Cover

    with presented(anybody()):
        case = closed_case(date(2019, 8, 9), kjonn="man")
        with seen_as("tove") as tove, presented(anybody()):
            Cover(concern=case.concern, holder_id=tove.user_id, substitute_id=tove.user_id, at=now()).save(
                force_insert=True
            )
    with presented(as_person("kari")):
        return not type(case).objects.filter(pk=case.pk).exists()


def denied(user_id: UUID | None) -> None:
    """A closed matter that is hidden from this person by a deny row."""
    with presented(anybody()):
        case = closed_case(date(2019, 8, 9))
        Denial(
            concern=case.concern, user_id=user_id, kind="x", at=now(), by_user=as_person("tove").user_id,
            by_name="Tove",
        ).save(force_insert=True)  # fmt: skip


def test_the_order_of_who_has_a_deny_row_waits_as_when_the_worker_is_busy(kari):
    denied(kari.user_id)
    actions.order(value=H2, by=kari)
    counted()
    row = queries.draft_of(kari.user_id, H2)
    assert row is not None
    assert (row.done_at, row.content, row.said) == (None, "", "")
    assert "telles nå" in browser("kari").get(f"/bufdir/utkast/{H2}").content.decode()
    with presented(anybody()):
        Denial.objects.update(lifted_at=now())
    counted()
    assert queries.draft_of(kari.user_id, H2).content


def test_those_who_name_are_asked_to_name_another_but_not_the_owner_nor_who_is_shut_out(kari):
    said = "Kari Koordinator kan ikke lage rapporten nå. Utpek en annen"
    denied(kari.user_id)
    with seen_as("arne") as arne:
        assert said in browser("arne").get("/bufdir").content.decode()
        assert said not in browser("kari").get("/bufdir").content.decode()
        denied(arne.user_id)
        assert said not in browser("arne").get("/bufdir").content.decode()


def test_nobody_from_whom_something_is_hidden_is_named(kari):
    with seen_as("arne") as arne, presented(anybody()):
        setup = Reader.for_purpose("setup", ref("gjovik"))
        invite(email="x@gjovik.example", name="Mona", roles=[Role.COORDINATOR], by=setup)
        mona = User.objects.get(name="Mona")
        denied(mona.pk)
        with presented(arne):
            with pytest.raises(Refused, match="ingen sak er skjult for"):
                actions.name_owner(user=mona, by=arne)
            own = ReturnsOwner(user=mona, user_name="Mona", at=now(), by_user=arne.user_id, by_name=arne.name)
            with pytest.raises(DatabaseError, match="nothing is hidden"), transaction.atomic():
                own.save()
        denied(arne.user_id)  # who is shut out from something learns nothing of others
        with presented(arne):
            assert mona in queries.may_be_named()


def test_a_report_that_fails_says_the_one_sentence(kari, monkeypatch):
    def fail(*args, **kwargs):
        raise ValueError("something else")

    monkeypatch.setattr("tenants.reporting.actions.document", fail)
    assert drafted(kari).said == actions.NOT_NOW


def test_a_draft_is_there_for_the_owner_alone(kari):
    drafted(kari)
    for name in ("tom", "arne"):
        with seen_as(name):
            assert not Draft.objects.exists()
            assert not ReportCopy.objects.exists()


def test_the_draft_is_frozen_byte_for_byte_and_cannot_change(kari):
    row = drafted(kari)
    report = actions.finish(draft=row, seen=row.digest, by=kari)
    copy = ReportCopy.objects.get(report=report)
    assert copy.content == row.content
    assert copy.digest == hashlib.sha256(copy.content.encode()).hexdigest()
    copy.content = "x"
    with pytest.raises(FrozenRow):
        copy.save()
    for statement in ("UPDATE reporting_copy SET content = 'x'", "DELETE FROM reporting_copy"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_other_figures_than_those_counted_cannot_be_finished(kari):
    row = drafted(kari)
    with pytest.raises(Refused, match="talt på nytt"):
        actions.finish(draft=row, seen="x" * 64, by=kari)
    report = Report(
        number=1, period=H2, form="bufdir_2018", finished_at=now(), finished_by=kari.user_id,
        finished_by_name=kari.name,
    )  # fmt: skip
    report.save()
    changed = row.content.replace("2. halvår", "3. halvår")
    forged = ReportCopy(report=report, draft=row.id, finished_by=kari.user_id, content=changed, digest=row.digest)
    with pytest.raises(DatabaseError), transaction.atomic():
        forged.save()


def test_a_correction_is_a_new_report_and_the_old_one_stands(kari):
    first = finished(kari)
    before = ReportCopy.objects.get(report=first).content
    with presented(anybody()):
        closed_case(date(2019, 12, 1), kjonn="man")
    second = finished(kari)
    assert (second.number, second.replaces_id) == (first.number + 1, first.id)
    assert ReportCopy.objects.get(report=first).content == before
    unlike = access.report_for(kari, second.id).compared
    assert unlike is not None
    assert ("Saker", "2. halvår 2019", "Saker", 3, 4) in [
        (each.table, each.row, each.column, each.before, each.after) for each in unlike.differences
    ]


def test_the_check_finds_what_was_forgotten_and_what_is_gone(kari):
    office = Reader.for_purpose("returns", ref("gjovik"))
    with presented(office):
        send_return(period="2019Q3", by=office)
    with presented(anybody()):
        closed_case(date(2019, 8, 20), kjonn="man")
    row = drafted(kari)
    assert tables_of(row)["check.sum"] == [
        ("Saker i tallene som er sendt", 2),
        ("Pluss: registrert etter at kvartalet ble sendt", 1),
        ("Minus: talt før, og borte nå", 0),
        ("Pluss: i kvartaler som ikke er sendt", 1),
        ("Sum: saker siden start, som i rapporten", 4),
    ]
    said = said_by(row, "Kontroll av tallene siden start")
    assert "1 sak er registrert etter at tallene for kvartalet ble sendt." in said
    assert "1 sak er i kvartaler som ikke er sendt." in said
    assert "1 sak er uten ett svar i registreringsskjemaet." in said


def test_a_case_that_came_late_does_not_hide_one_that_is_gone(kari):
    office = Reader.for_purpose("returns", ref("gjovik"))
    with presented(office):
        send_return(period="2019Q3", by=office)
    with presented(anybody()):
        late, moved = closed_case(date(2019, 8, 20)), Case.objects.get(counted_from=date(2019, 8, 1))
        late.opened_at = late.closed_at = now()
        late.save(update_fields=["opened_at", "closed_at"])
        moved.counted_from = date(2019, 11, 2)
        moved.save(update_fields=["counted_from"])
    row = drafted(kari)
    assert [cases for _, cases in tables_of(row)["check.sum"]] == [2, 1, 1, 2, 4]
    said = said_by(row, "Kontroll av tallene siden start")
    assert any("talt i tall som er sendt, og borte nå" in sentence for sentence in said)


def test_gaps_and_contradictions_are_counted_and_linked(kari):
    with presented(anybody()):
        case = closed_case(date(2019, 12, 1), utfall="criminal_case", politi="not_reported")
    found = tables_of(drafted(kari))
    sentence = "Utfallet er straffesak, men forholdet er ikke anmeldt (spørsmål 10 og 13)."
    assert (sentence, 1) in found["broken"]
    assert ("2. Den utsattes kjønn", 2) in found["gaps"]
    shown = browser("kari").get(f"/bufdir/utkast/{H2}").content.decode()
    assert f'href="/saker/{case.id}/skjema"' in shown
    assert sentence in shown


def test_a_period_that_goes_on_has_no_report(kari, monkeypatch):
    monkeypatch.setattr("tenants.reporting.actions.now", lambda: datetime(2019, 12, 31, 12, tzinfo=UTC))
    with pytest.raises(Refused, match="ikke over"):
        actions.order(value=H2, by=kari)
    for wrong in ("2019Q3", "2018Q4..2019Q3", "x"):
        with pytest.raises(Refused):
            actions.order(value=wrong, by=kari)


def test_the_owner_orders_looks_finishes_and_takes_it_out(kari):
    client = browser("kari")
    assert client.post("/bufdir/lag", {"period": H2}).headers["Location"] == f"/bufdir/utkast/{H2}"
    assert "telles nå" in client.get(f"/bufdir/utkast/{H2}").content.decode()
    with presented(anybody()):
        tasks.make_ordered.run(ref("gjovik"))
    shown = client.get(f"/bufdir/utkast/{H2}").content.decode()
    digest = shown.partition('name="seen" value="')[2].partition('"')[0]
    where = client.post(f"/bufdir/utkast/{H2}/ferdigstill", {"seen": digest}).headers["Location"]
    page = client.get(where).content.decode()
    assert "Rapport 1" in page
    for ending in ("pdf", "xlsx", "csv", "json"):
        answer = client.get(f"{where}/{ending}")
        assert answer["Content-Disposition"].startswith('attachment; filename="varde-rapport-')
        assert answer["Content-Type"] == "application/octet-stream"
        assert client.get(f"{where}/{ending}").content == answer.content
    assert client.get(f"{where}/json").content.decode() == ReportCopy.objects.get().content
    book = zipfile.ZipFile(io.BytesIO(client.get(f"{where}/xlsx").content)).read("xl/workbook.xml").decode()
    assert book.index("Om rapporten") < book.index("Saker")
    assert client.get(f"{where}/docx").status_code == 404


def test_others_see_that_a_report_is_finished_and_not_what_it_says(kari):
    report = finished(kari)
    page = browser("tom").get("/bufdir").content.decode()
    assert "Rapport 1" in page
    assert f"/bufdir/{report.id}" not in page
    with seen_as("tom") as tom, pytest.raises(Http404):
        access.report_for(tom, report.id)


def test_who_is_no_longer_owner_reads_no_report(kari):
    report = finished(kari)
    with seen_as("arne") as arne, presented(anybody()):
        setup = Reader.for_purpose("setup", ref("gjovik"))
        invite(email="x@gjovik.example", name="Mona", roles=[Role.COORDINATOR], by=setup)
        other = User.objects.get(name="Mona")
        with presented(arne):
            actions.name_owner(user=other, by=arne)
    with presented(kari):
        assert not ReportCopy.objects.exists()
        with pytest.raises(Http404):
            access.report_for(kari, report.id)


def test_the_check_of_a_quarter_that_was_sent_by_those_before():
    from tenants.reporting.check import Check, checked

    quarters = [Quarter(2019, 1), Quarter(2019, 2), Quarter(2019, 3)]
    lines = checked(quarters, {quarters[1]: 5}, {quarters[0]: 2, quarters[1]: 3}, born=quarters[1])
    found = Check(lines, total=5)
    assert found.adds_up
    assert (found.gone, found.late, found.unsent, found.empty) == (2, 0, 0, [quarters[2]])
    assert not Check(lines, total=6).adds_up
    assert "går ikke opp" in Check(lines, total=6).sentences()[0]
