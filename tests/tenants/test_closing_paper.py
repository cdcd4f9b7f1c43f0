"""The closing report on paper: made once, the same bytes for ever, and known again by its print."""

import hashlib

import pypdfium2
import pytest

from tenants.cases.models import Case
from tenants.closing import after_actions, after_queries
from tenants.closing.actions import Report, close
from tenants.closing.models import ClosingReport, ReportCopy
from tenants.inbox.attachments_later import lay
from tenants.measures.actions import move_measure
from tenants.risk.actions import begin
from tests.cast import as_person, seen_as
from tests.client import client_for
from tests.documents.test_attachments import file
from tests.tenants import way
from tests.tenants.keys import forget_keys
from tests.tenants.test_risk_way import signed
from varde.access import Reader
from varde.privacy.actions import destroy

REPORT = Report(
    done="Hun har fått egen lås\n\nVi ringte hver dag", unsolved="Han bor der fortsatt", own_words="Nå tør jeg sove",
    learned="Ring før klokka ti", helped="yes", ending="ordinary",
)  # fmt: skip


def closed(report: Report = REPORT) -> Case:
    """A closed case with an ended measure."""
    case = way.case()
    move_measure(measure=way.measure(case), to="done", effect="Hun er tryggere", by=as_person("kari"))
    close(case=case, report=report, outcomes=["closer_follow_up"], by=as_person("kari"))
    return Case.objects.select_related("concern").get(pk=case.pk)


def fetched(client, case: Case, query: str = "") -> bytes:
    return b"".join(client.get(f"/saker/{case.id}/sluttrapport/pdf{query}").streaming_content)


def words(made: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(made))


def test_it_says_everything_and_is_for_archives_and_screen_readers(gjovik):
    kari, case = client_for("kari"), closed()
    made = fetched(kari, case)
    said = words(made)
    for text in (
        case.name, "Hun har fått egen lås", "Han bor der fortsatt", "Nå tør jeg sove", "Ring før klokka ti", "Ja",
        "Tettere oppfølging", "Hjemmetjenesten ser innom", "Hun er tryggere", "Kari Koordinator", "Taushetsbelagt",
    ):  # fmt: skip
        assert text in said
    assert b"pdfaid:part>2<" in made
    assert b"pdfaid:conformance>A<" in made
    assert b"pdfuaid:part>1<" in made
    assert way.logged("closing.report", "print")


def test_whom_a_later_file_came_from_is_not_in_it_and_no_raw_id(gjovik):
    """It may be the one who reported, and the paper says that who reported is not in it."""
    kari, case = client_for("kari"), way.case()
    came_from = "Mona Melder leverte det"
    lay(concern=case.concern, files=[file(b"Vedtak", "v.txt")], came_from=came_from, key="k", by=as_person("kari"))
    close(case=case, report=REPORT, outcomes=["closer_follow_up"], by=as_person("kari"))
    said = words(fetched(kari, case))
    assert "Vedlegg som kom senere" in said
    assert "Mona" not in said
    assert f"Sluttrapport, {case.name}" in said
    assert str(ClosingReport.objects.get().id)[:8] not in said


def test_every_download_is_the_bytes_of_the_closing_and_the_page_says_their_print(gjovik):
    kari, case = client_for("kari"), closed()
    first = fetched(kari, case)
    case.category = "akutt"
    case.save()
    assert fetched(kari, case) == first
    page = kari.get(f"/saker/{case.id}/sluttrapport").content.decode().replace("<wbr>", "")
    assert hashlib.sha256(first).hexdigest() in page


def test_a_case_that_was_closed_twice_has_both(gjovik):
    kari, case = client_for("kari"), closed()
    first = fetched(kari, case)
    after_actions.reopen(case=case, reason="Han er tilbake", step=way.step(), by=as_person("kari"))
    again = Report(done="Han har flyttet")
    close(case=case, report=again, outcomes=["offender_moved"], by=as_person("kari"))
    second = words(fetched(kari, case))
    assert fetched(kari, case, "?nr=1") == first
    assert "Han har flyttet" in second
    assert "Han er tilbake" in second
    assert kari.get(f"/saker/{case.id}/sluttrapport/pdf?nr=3").status_code == 404
    page = kari.get(f"/saker/{case.id}/sluttrapport").content.decode()
    assert "Rapport 1, før saken ble gjenåpnet" in page
    assert "Hun har fått egen lås" in page


def test_a_risk_that_nobody_signed_is_said_before_the_closing_and_one_that_was_stands_in_the_paper(gjovik):
    kari, case = client_for("kari"), way.case()
    signed(case)
    assert "ikke signert" not in kari.get(f"/saker/{case.id}/lukk").content.decode()
    begin(case=case, by=as_person("kari"))
    assert "Et utkast til risikovurdering er ikke signert." in kari.get(f"/saker/{case.id}/lukk").content.decode()
    close(case=case, report=REPORT, outcomes=["other"], by=as_person("kari"))
    assert "Moderat, vurdert" in words(fetched(kari, case))


@pytest.mark.parametrize("nr", ["0", "-1", "x", "1 ", "999999999999999999999"])
def test_a_number_that_no_report_has_is_not_there(gjovik, nr):
    kari, case = client_for("kari"), closed()
    assert kari.get(f"/saker/{case.id}/sluttrapport/pdf", {"nr": nr}).status_code == 404


def test_an_import_keeps_no_copy_and_has_a_paper_all_the_same(gjovik):
    kari, case = client_for("kari"), way.case()
    close(case=case, report=Report(done="Fra skjemaet"), outcomes=[], by=Reader.for_purpose("import", gjovik))
    assert not ReportCopy.objects.exists()
    assert "Fra skjemaet" in words(fetched(kari, case))


def test_the_copy_is_sealed_hidden_and_ends_with_the_key(gjovik):
    kari, tom, case = client_for("kari"), client_for("tom"), closed()
    with seen_as("tom"):
        assert not ReportCopy.objects.exists()
    assert tom.get(f"/saker/{case.id}/sluttrapport/pdf").status_code == 404
    destroy(matter_id=case.concern_id, by=as_person("kari"))
    forget_keys()
    assert kari.get(f"/saker/{case.id}/sluttrapport").status_code == 200
    assert kari.get(f"/saker/{case.id}/sluttrapport/pdf").status_code == 303
    assert after_queries.copy_of(ClosingReport.objects.get()) is not None


def test_a_text_that_no_font_can_draw_stops_no_closing(gjovik):
    case = closed(Report(done="ትግ \U0001f600 ไทย"))
    assert "U+1F600" in words(fetched(client_for("kari"), case))
