"""`varde verify-log --office SLUG`: 0 when the log is whole, 1 when it is not."""

from dataclasses import dataclass
from pathlib import Path

from varde.audit.anchor import Against, Line, hold, lines_in
from varde.audit.anchoring import path_of
from varde.audit.chain import Former, Verdict, digests_of, former_digests, formers, verify
from varde.audit.stamp import roots, stamped_at
from varde.cli_errors import Complaint, Parser
from varde.tenancy import fleet
from varde.tenancy.directory import offices
from varde.tenancy.door import OfficeRef
from varde.ui.dates import short_date

WORDS = {"gap": "rader mangler", "link": "kjeden er brutt", "content": "innholdet er endret", "tail": "slutten mangler"}
WRONG = {
    "cut": "raden finnes ikke lenger, slutten er kuttet",
    "rewritten": "en annen rad står der, loggen er skrevet om",
    "stamp": "stempelet gjelder ikke denne linjen",
    "broken": "kjeden er brutt før dette ankeret",
}


def main(argv: list[str]) -> int:
    """Verify the log of one office or of all; with anchors also that it is the log that was there then."""
    parser = Parser(prog="varde verify-log", description="Er loggen hel?")
    parser.add_argument("--office", help="ett kontor; uten det alle")
    parser.add_argument("--anchor", metavar="FIL", help="hold loggen mot ankrene i en fil, som en lagret e-post")
    parser.add_argument("--since-anchor", action="store_true", help="hold loggen mot ankrene på denne maskinen")
    given = parser.parse_args(argv)
    if given.anchor and not given.office:
        raise Complaint("Si hvilket kontor ankeret gjelder, med --office.")
    refs = [ref for ref in offices() if given.office in (None, ref.slug)]
    if not refs:
        raise Complaint(f"Kontoret «{given.office}» finnes ikke.")
    return 1 if sum(not _whole(ref, given.anchor, given.since_anchor) for ref in refs) else 0


@dataclass(frozen=True, slots=True)
class _Log:
    """A log as it was found, and the anchors that carry its address."""

    name: str
    verdict: Verdict
    lines: list[Line]
    digests: dict[int, str]


def _whole(ref: OfficeRef, file: str | None, since: bool) -> bool:
    lines = _lines(ref.slug, file, since)
    with fleet.connect() as connection:
        verdict = verify(connection, ref.schema)
        own = _Log(ref.name, verdict, lines, digests_of(connection, [line.number for line in lines]))
        before = [_before(connection, each, file, since) for each in formers(connection)]
    # A file may be from the time before: then it holds nothing of the office's own log.
    needed = file is not None and not any(log.lines for log in before)
    told = [_told(own, asked=bool(file or since), needed=needed)]
    told += [_told(log, asked=bool(log.lines), needed=False) for log in before]
    return all(told)


def _before(connection: fleet.Connection, former: Former, file: str | None, since: bool) -> _Log:
    """The log of an office that has become part of this one."""
    lines = _lines(former.slug, file, since)
    digests = former_digests(connection, former.id, [line.number for line in lines])
    return _Log(f"  {former.name}, før sammenslåingen", former.verdict, lines, digests)


def _told(log: _Log, *, asked: bool, needed: bool) -> bool:
    """Print a log's state, `asked` also against its anchors; is it whole? `needed`: an anchor must be there."""
    verdict = log.verdict
    state = "hel" if verdict.whole else "BRUTT: " + ", ".join(f"nr. {n} ({WORDS[k]})" for n, k in verdict.breaks)
    print(f"{log.name:<24}{verdict.rows:>8} rader  {verdict.digest[:16]}  {state}")
    if not asked:
        return verdict.whole
    if not log.lines:
        print("  Ingen ankre å holde loggen mot.")
        return verdict.whole and not needed
    against = hold(log.lines, log.digests, verdict.breaks, _Stamps())
    print(f"  {_said(against, verdict)}")
    return verdict.whole and not against.wrong


def _lines(slug: str, file: str | None, since: bool) -> list[Line]:
    paths = [*([Path(file)] if file else []), *([path_of(slug)] if since else [])]
    found: list[Line] = []
    for path in paths:
        try:
            found += lines_in(path.read_text("utf-8", errors="replace"), slug)
        except OSError as error:
            if file and path == Path(file):
                raise Complaint(f"Kan ikke lese {file}.") from error
    return sorted(found, key=lambda line: (line.number, line.day))


class _Stamps:
    """Checks stamps when the authority's certificate is at hand."""

    def __init__(self) -> None:
        self.trusted = roots()

    def __call__(self, line: Line) -> bool:
        """Is the stamp of this line, from the day it says?"""
        if not self.trusted:
            return True
        at = stamped_at(line.text, line.stamp, self.trusted)
        return at is not None and abs((at.date() - line.day).days) <= 1


def _said(against: Against, verdict: Verdict) -> str:
    sound = against.sound
    good = f"Hel til og med {short_date(sound.day)} (nr. {sound.number})." if sound else "Ingen anker passer."
    if against.first_wrong is None:
        return f"{good} {verdict.number - (sound.number if sound else 0)} rader siden."
    bad = against.first_wrong
    return f"{good} BRUTT mot ankeret {short_date(bad.day)} (nr. {bad.number}): {WRONG[against.wrong]}."
