"""The agreement's papers: laid in the database sealed, given out only when they are known to be clean and whole."""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterator

from django.db import transaction

from regional.cooperation.agreement_access import manages
from regional.cooperation.agreement_models import Agreement, AgreementDocument, AgreementPiece
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.intake import NOT_TAKEN, judge
from varde.documents.room import office_room
from varde.documents.scanner import Verdict, may_open, scan
from varde.documents.spool import Spool
from varde.documents.uploads import SentFile
from varde.refusal import Refused

KINDS = ("pdf", "docx", "odt")
PIECES = "cooperation_piece"


@transaction.atomic
def add(*, row: Agreement, title: str, file: SentFile | None, by: Reader) -> AgreementDocument:
    """Lay a paper beside the agreement. Raises Refused without a file, for one that is not a document, too large or
    infected."""
    manages(by)
    if file is None:
        raise Refused("Velg en fil.")
    judged = judge([file], office_room(PIECES))[0]
    if judged.refused:
        raise Refused(NOT_TAKEN[judged.refused])
    spool, kind = judged.file.spool, judged.kind
    if spool is None or kind is None or kind.code not in KINDS:
        raise Refused("Legg ved avtalen som PDF, Word eller OpenDocument.")
    verdict = scan(spool.chunks()).verdict
    if verdict == Verdict.INFECTED:
        raise Refused("Filen inneholder skadevare og er ikke lagret.")
    document = AgreementDocument(
        agreement=row,
        title=title,
        kind=kind.code,
        size=spool.size,
        sha256=_sha256(spool),
        verdict=verdict,
        at=now(),
        by_name=by.name,
    )
    document.save()
    for ordinal, chunk in enumerate(spool.chunks()):
        AgreementPiece(document=document, ordinal=ordinal, content=b64encode(chunk).decode()).save()
    record(by=by, action=Action.CREATE, what="cooperation.document", ids=[document.id])
    return document


def _sha256(spool: Spool) -> str:
    digest = hashlib.sha256()
    for chunk in spool.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def content(document: AgreementDocument) -> list[bytes]:
    """The bytes, in pieces. Raises Refused for one that is not known to be clean, and for one that is not whole."""
    pieces = list(_pieces(document))
    verdict = document.verdict
    if verdict == Verdict.WAITING:
        verdict = scan(pieces).verdict
    if not may_open(verdict):
        raise Refused("Dokumentet er ikke virussjekket ennå. Prøv igjen om litt.")
    if hashlib.sha256(b"".join(pieces)).hexdigest() != document.sha256:
        raise Refused("Dokumentet er skadet og kan ikke hentes. Si fra til driften.")
    return pieces


def _pieces(document: AgreementDocument) -> Iterator[bytes]:
    for piece in AgreementPiece.objects.filter(document=document).order_by("ordinal"):
        yield b64decode(piece.content)
