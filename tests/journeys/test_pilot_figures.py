"""The whole chain on the pilot: a file becomes cases, cases are counted, counts are posted and pooled, and the 51
figures that the evaluation prints come out of the report."""

import io
import json
import time
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from regional.dashboard.cli import main as report_cli
from regional.releases.models import LedgerEntry
from tenants.cases.models import Case
from tenants.inbox.models import Concern
from tenants.returns.cli import main as returns_cli
from tenants.returns.import_cli import main as import_cli
from tests.cast import TEST, ref
from tests.wipe import wipe
from varde.audit.models import Entry
from varde.cli_errors import Complaint
from varde.clock import OSLO
from varde.tenancy.work import work

DATA = Path(__file__).parents[1] / "data"
FIGURES = json.loads((DATA / "pilot_published.json").read_text(encoding="utf-8"))["figures"]
PERIOD, REGION = "2018Q4..2019Q3", "gjovikregionen"


def names_in_file() -> list[str]:
    lines = (DATA / "pilot_cases.csv").read_text(encoding="utf-8").splitlines()[1:]
    return sorted({line.split(",")[1] for line in lines})


def mapping() -> str:
    slugs = ("gjovik", "ostre-toten", "vestre-toten")
    return ",".join(f"{name}={slugs[at % 3]}" for at, name in enumerate(names_in_file()))


def run_import(*more: str) -> int:
    return import_cli([str(DATA / "pilot_cases.csv"), "--region", REGION, "--map", mapping(), *more])


@pytest.fixture(scope="module")
def imported(django_db_setup, django_db_blocker):
    """Once for all: what the import printed. Nothing here changes the cases afterwards."""
    out, start = io.StringIO(), time.monotonic()
    with django_db_blocker.unblock():
        with redirect_stdout(out):
            assert run_import("--period", PERIOD) == 0
        assert time.monotonic() - start < 60
        yield out.getvalue()
        connection.close()
        wipe()


@pytest.fixture
def report(imported, capsys, monkeypatch):
    monkeypatch.setattr(settings, "ALLOW_RAW", True)
    assert report_cli(["--region", REGION, "--period", PERIOD, "--unprotected-for-check"]) == 0
    return json.loads(capsys.readouterr().out)


def value(report: dict, figure: dict) -> float:
    question, stat = report["questions"][figure["question"]], figure["stat"]
    if figure.get("among") or stat in {"count_any", "share_any"}:
        found = next(one for one in report["planned"] if one["id"] == figure["id"])
        return found["count"] if "value" in figure else found["count"] / found["of"]
    if stat in {"ticks", "answered"}:
        return question[stat]
    if stat == "unanswered":
        return question["asked"] - question["answered"]
    if stat == "share_multi":
        return question["multi"] / question["asked"]
    name = {"count": "count", "share": "share", "share_of_answered": "share_answered"}[stat]
    return question["answers"][figure["answer"]][name]


def test_all_51_printed_figures_come_out(report):
    wrong = {}
    for figure in FIGURES:
        found = value(report, figure)
        right = found == figure["value"] if "value" in figure else round(found * 100) == figure["percent"]
        if not right:
            wrong[figure["id"]] = found
    assert (wrong, len(FIGURES), report["cases"]) == ({}, 51, 167)


def test_the_rows_are_real_cases_with_a_log(imported):
    with work(ref("gjovik"), TEST):
        case = Case.objects.select_related("concern").first()
        entries = list(Entry.objects.filter(object_id=str(case.id)).values_list("name", flat=True))
    received, closed = (at.astimezone(OSLO) for at in (case.concern.received_at, case.closed_at))
    assert (case.state, case.concern.progress, case.concern.channel) == ("closed", "closed", "import")
    assert (received.day, received.year, closed.month - received.month) == (1, case.counted_from.year, 2)
    assert set(entries) == {"import"}


def test_importing_again_changes_nothing(imported, capsys):
    assert run_import("--period", PERIOD) == 0
    out = capsys.readouterr().out
    assert "0 saker importert" in out
    assert "0 kvartalstall sendt til regionen" in out


def test_every_return_is_sent_and_delivered(imported, capsys):
    assert "12 kvartalstall sendt til regionen" in imported
    assert returns_cli(["status", "--region", REGION]) == 0
    assert capsys.readouterr().out.count("levert") == 12
    assert returns_cli(["send", "--office", "gjovik", "--period", "2019Q3"]) == 0
    assert "de samme som sist" in capsys.readouterr().out


def printed(capfdbinary, *args: str) -> tuple[bytes, bytes]:
    assert report_cli(["--region", REGION, "--period", PERIOD, *args]) == 0
    return capfdbinary.readouterr()


def test_the_protected_report_is_a_release_and_the_same_bytes_again(imported, capfdbinary):
    """The command closes what is over and gives it out; asked again it reads what it has said."""
    out, err = printed(capfdbinary, "--format", "json")
    said = json.loads(out)
    assert said["questions"]["kategori"]["answers"]["annet"]["hidden"] is True
    assert (said["cases"], said["period"], err) == (167, PERIOD, b"")
    with work(ref(REGION), TEST):
        row = LedgerEntry.objects.get(number=said["protection"]["release"])
    assert (row.kind, row.content["copy"]) == ("release", said["protection"]["digest"])
    for ending, begins in (("json", b"{"), ("csv", b"question,"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        first, again = printed(capfdbinary, "--format", ending)[0], printed(capfdbinary, "--format", ending)[0]
        assert first == again
        assert first.startswith(begins)


def test_a_period_that_is_no_planned_table_is_refused_with_those_that_are(imported):
    with pytest.raises(Complaint, match=r"Det gis ikke ut tall for .*Det som kan bestilles"):
        report_cli(["--region", REGION, "--period", "2019Q2..2019Q3"])
    with pytest.raises(Complaint, match="json, xlsx, pdf eller csv"):
        report_cli(["--region", REGION, "--period", PERIOD, "--format", "docx"])


def test_a_file_with_unknown_kommuner_imports_nothing(imported):
    with work(ref("gjovik"), TEST):
        before = Concern.objects.count()
    with pytest.raises(Complaint, match=r"Alta.*Tromsø.*--map"):
        import_cli([str(DATA / "pilot_cases.csv"), "--region", REGION])
    with work(ref("gjovik"), TEST):
        assert Concern.objects.count() == before
