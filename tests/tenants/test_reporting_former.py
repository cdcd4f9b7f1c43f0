"""The reports of a kommune that has become part of this one are marked as its own, on the pages and in the files."""

import hashlib
import io
import uuid
import zipfile
from datetime import date

import pytest

from shared.reporting.document import Document, canonical
from tenants.reporting import queries
from tenants.reporting.grant_models import GrantReport
from tenants.reporting.models import Report, ReportCopy
from tests.tenants.test_reporting_way import H2, anybody, browser, finished, kari
from varde.access.ticket import presented
from varde.clock import now
from varde.ui.dates import day_of

__all__ = ["kari"]
FORMER = uuid.uuid4()
SAID = "Rapporten ble ferdigstilt av Biri, som nå er en del av Gjøvik"


@pytest.fixture
def old(kari, monkeypatch) -> tuple[Report, GrantReport]:
    """What Biri finished, as the merger lays it."""
    monkeypatch.setattr(queries, "formers", lambda: {FORMER: "Biri"})
    content = canonical(Document("Rapport", "Biri", (("Kommune", "Biri"),), (), "Biri", date(2020, 1, 9))).decode()
    digest = hashlib.sha256(content.encode()).hexdigest()
    by = {"finished_at": now(), "finished_by": uuid.uuid4(), "finished_by_name": "Berit", "former": FORMER}
    with presented(anybody()):
        report = Report(number=1, period=H2, form="bufdir_2018", **by)
        report.save()
        ReportCopy(report=report, draft=uuid.uuid4(), finished_by=uuid.uuid4(), content=content, digest=digest).save()
        grant = GrantReport(year=day_of(now()).year, content=content, digest=digest, **by)
        grant.save()
    return report, grant


def test_pages_and_files_say_whose_it_was(old):
    client = browser("kari")
    for overview, page in (("/bufdir", f"/bufdir/{old[0].id}"), ("/bufdir/tilskudd", f"/bufdir/tilskudd/{old[1].id}")):
        assert "Fra Biri, før sammenslåingen" in client.get(overview).content.decode()
        shown = client.get(page).content.decode()
        assert "Rapporten er fra Biri, før sammenslåingen." in shown
        assert SAID in shown
        assert SAID in client.get(f"{page}/csv").content.decode("utf-8-sig")
        with zipfile.ZipFile(io.BytesIO(client.get(f"{page}/xlsx").content)) as book:
            assert SAID in "".join(book.read(name).decode() for name in book.namelist())
        frozen = client.get(f"{page}/json").content  # the frozen bytes are what they were
        assert hashlib.sha256(frozen).hexdigest() == old[1].digest


def test_a_new_report_corrects_and_is_compared_with_ones_own_alone(old, kari):
    own = finished(kari)
    assert (own.number, own.replaces_id) == (2, None)
    page = browser("kari").get(f"/bufdir/{own.id}").content.decode()
    assert SAID not in page
    assert "Rapporten er fra" not in page
    assert queries.before(H2, own.number) is None
