"""The one file of a form that goes beside something: checked for viruses, opened in the cage, kept only as the copy
made anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from varde.documents.kinds import KINDS
from varde.documents.outcome import Cleaned, Kept, Later, Unreadable
from varde.documents.reader import clean
from varde.documents.scanner import Verdict, may_open, scan
from varde.documents.uploads import SentFile
from varde.refusal import Refused

MOST = 8 * 1024 * 1024  # the edge lets 10 MB of any form through
TOO_LARGE = "Filen er større enn 8 MB. Lag den mindre, eller beskriv innholdet med ord."
INFECTED = "Filen inneholder skadevare og er ikke lagret."
WAITING = "Viruskontrollen svarer ikke akkurat nå, så filen er ikke lagret. Prøv igjen om litt."
BUSY = "Det åpnes mange filer akkurat nå, så denne er ikke lagret. Prøv igjen om litt."
NO_COPY = "Filtypen kan ikke legges ved her. Bruk PDF, Word, tekst eller bilde."


@dataclass(frozen=True, slots=True)
class Filed:
    """The copy: a code of `varde.documents.kinds` and its bytes."""

    kind: str
    body: bytes


def only(files: Sequence[SentFile]) -> Filed | None:
    """The copy of the one file of the form, None where none was chosen. Raises Refused with why it is not taken."""
    return _taken(files[0]) if files else None


def _taken(file: SentFile) -> Filed:
    if file.refused == "too_large" or (file.size or 0) > MOST:
        raise Refused(TOO_LARGE)
    if file.refused or file.spool is None:
        raise Refused("Filen kunne ikke lagres. Prøv igjen.")
    if not file.spool.size:
        raise Refused("Filen er tom.")
    found = scan(file.spool.chunks())
    if found.verdict == Verdict.INFECTED:
        raise Refused(INFECTED)
    if not may_open(found.verdict):
        raise Refused(WAITING)
    return _copy(file)


def _copy(file: SentFile) -> Filed:
    match clean(file.spool.chunks() if file.spool else (), file.size or 0):
        case Cleaned(made=made, body=body):
            return Filed(KINDS[made].code, body)
        case Unreadable() as found:
            raise Refused(found.sentence)
        case Later():
            raise Refused(BUSY)
        case Kept():
            raise Refused(NO_COPY)
