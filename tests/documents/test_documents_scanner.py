"""What is known to carry malware is told apart, and what is not known to be clean waits."""

from collections.abc import Iterator

import pytest

from tests.documents import papers
from tests.documents.bad_files import EICAR, boxed
from tests.documents.canaries import Canaries
from tests.documents.clamd import KINDS, answering, real_clamd, running
from varde.documents.scanner import LABELS, Scan, Verdict, may_open, scan, understood


@pytest.fixture(scope="module", params=KINDS)
def scanner(request: pytest.FixtureRequest) -> Iterator[str]:
    """The double, and the real one where the machine has it (else the double again: the promise is the same)."""
    with running(request.param) as place:
        yield place


def pieces(data: bytes) -> list[bytes]:
    return [data[at : at + 1000] for at in range(0, len(data), 1000)]


@pytest.mark.parametrize("name", ["plain", "zipped", "in a document", "zip in a document"])
def test_eicar_is_found(scanner, settings, name):
    settings.CLAMD = scanner
    data = {
        "plain": EICAR,
        "zipped": boxed({"a.com": EICAR}),
        "in a document": papers.docx(Canaries(), more={"word/x.bin": EICAR}),
        "zip in a document": papers.docx(Canaries(), more={"word/x.zip": boxed({"a.com": EICAR})}),
    }[name]
    assert scan(pieces(data)) == Scan(Verdict.INFECTED, "Own.Eicar.UNOFFICIAL")


def test_a_clean_file_is_clean(scanner, settings):
    settings.CLAMD = scanner
    assert scan(pieces(b"Hei" * 10_000)) == Scan(Verdict.CLEAN)
    assert scan([b"", b"Hei", b""]) == Scan(Verdict.CLEAN)


def test_the_largest_file_is_checked_too(scanner, settings):
    settings.CLAMD = scanner
    assert scan([bytes(262_144)] * 100) == Scan(Verdict.CLEAN)


@pytest.mark.parametrize("place", ["127.0.0.1:9", "/there/is/no/socket", "nonsense", "127.0.0.1:port"])
def test_while_the_scanner_is_away_a_file_waits(settings, place):
    settings.CLAMD, settings.UNSCANNED_ATTACHMENTS = place, True
    assert scan([b"Hei"]).verdict == Verdict.WAITING


@pytest.mark.parametrize("answer", [
    None, b"", b"stream: OK", b"INSTREAM size limit exceeded. ERROR\0", b"UNKNOWN COMMAND\0", b"OK\0",
    b"stream: OK\0stream: OK\0", b"stream: NOT OK\0", b"\xff\xfe\0", b"stream: <script> FOUND\0",
])  # fmt: skip
def test_an_answer_that_is_not_known_is_no_verdict(settings, answer):
    with answering(answer) as settings.CLAMD:
        assert scan([b"Hei"]).verdict == Verdict.WAITING


def test_only_the_whole_sentence_counts():
    assert understood(b"stream: Win.Test.EICAR_HDB-1 FOUND\0") == Scan(Verdict.INFECTED, "Win.Test.EICAR_HDB-1")
    assert understood(b"stream: OK FOUND\0").verdict == Verdict.INFECTED
    assert understood(b"stream: Win.Test FOUND").verdict == Verdict.WAITING


def test_without_a_scanner_a_file_waits_unless_the_operator_says_otherwise(settings):
    settings.CLAMD, settings.UNSCANNED_ATTACHMENTS = "", False
    assert scan([b"Hei"]).verdict == Verdict.WAITING
    settings.UNSCANNED_ATTACHMENTS = True
    assert scan([b"Hei"]).verdict == Verdict.UNSCANNED
    assert LABELS[Verdict.UNSCANNED] == "ikke virussjekket"


def test_only_the_clean_may_be_opened(settings):
    settings.UNSCANNED_ATTACHMENTS = False
    assert [verdict for verdict in (*Verdict, "", "ok") if may_open(verdict)] == [Verdict.CLEAN]
    settings.UNSCANNED_ATTACHMENTS = True
    assert [verdict for verdict in (*Verdict, "", "ok") if may_open(verdict)] == [Verdict.CLEAN, Verdict.UNSCANNED]


def test_the_report_says_which_scanner_was_asked(record_testsuite_property):
    record_testsuite_property("clamd", real_clamd() or "double")
