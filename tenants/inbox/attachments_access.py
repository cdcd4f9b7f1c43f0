"""Who gets an attachment: those who see the concern, once a named person has opened it. The getter is the guard."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from tenants.inbox import attachments_sealed as sealed
from tenants.inbox.access import concern_for
from tenants.inbox.attached import Attachment
from tenants.inbox.attachments import latest, wrongly_laid
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.documents.scanner import may_open


class NotChecked(ValueError):
    """The file is known to carry malware, or is not known to be without; or it was laid wrongly."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file on its way out: its pieces (opened, held once), size, kind, and a name that we made."""

    pieces: list[bytes]
    size: int
    kind: str
    stem: str


def attachment_for(reader: Reader, concern_id: UUID, attachment_id: UUID) -> Attachment:
    """Http404 for hidden, absent, another concern's, and before somebody has opened the concern."""
    concern = concern_for(reader, concern_id)
    found = Attachment.objects.filter(id=attachment_id, concern=concern).first()
    if found is None or concern.progress == "received":
        raise Http404
    return found


def copy_for(reader: Reader, attachment: Attachment) -> Given:
    """The cleaned copy, logged. Raises NotChecked, Http404 when there is none, CannotOpen."""
    if wrongly_laid([attachment]):
        raise NotChecked("Vedlegget er merket som feilført. Må du se det, åpner du originalen og oppgir en grunn.")
    finding = latest([attachment]).get(attachment.id)
    if finding is None or not may_open(finding.virus):
        raise NotChecked("Filen er ikke virussjekket ennå, eller den inneholder skadevare.")
    if not finding.copy_kind:
        raise Http404
    _note(reader, attachment, Action.VIEW, "inbox.attachment.copy", "")
    pieces = list(sealed.opened(attachment, "copy"))
    return Given(pieces, sum(map(len, pieces)), finding.copy_kind, f"vedlegg-{attachment.number}-renset")


def original_for(reader: Reader, attachment: Attachment, *, reason: str) -> Given:
    """The file as it came, logged as an export with the reason. Raises NotChecked, CannotOpen."""
    finding = latest([attachment]).get(attachment.id)
    if finding is None or not may_open(finding.virus):
        raise NotChecked("Filen er ikke virussjekket ennå, eller den inneholder skadevare.")
    _note(reader, attachment, Action.EXPORT, "inbox.attachment.original", reason)
    pieces = list(sealed.opened(attachment, "original"))
    # A Word file with macros gets no ending that a program would run it by.
    kind = "" if "macro" in finding.notes.split() else attachment.kind
    return Given(pieces, sum(map(len, pieces)), kind, f"vedlegg-{attachment.number}-original")


def _note(reader: Reader, attachment: Attachment, action: Action, what: str, reason: str) -> None:
    said = f"vedlegg {attachment.number}" + (f": {reason}" if reason else "")
    record(by=reader, action=action, what=what, ids=[attachment.concern_id], reason=said)
