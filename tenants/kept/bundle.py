"""One bundle for the archive: papers as PDF/A-2a, the files that came, what they are as JSON and XML, and their prints.

The element names of the XML are those of Noark 5 where we know the value (mappe, registrering, dokumentobjekt); it is
no deposit by itself. Nothing of the bundle is stored: its row keeps how many files there were, and the list's print.
"""

import base64
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as Xml

from shared.registry.queries import facts
from tenants.cases.models import Case
from tenants.closing import after_queries
from tenants.closing.papers import paper_of as closing_paper
from tenants.inbox import attachments_sealed
from tenants.inbox.attached import Attachment
from tenants.inbox.attachments import later_of, latest, wrongly_laid
from tenants.inbox.home import home_of
from tenants.inbox.models import Concern
from tenants.inbox.reporter_queries import is_given
from tenants.insight.models import AccessCopy
from tenants.kept import bundle_papers as papers
from tenants.kept.queries import Seen
from tenants.measures import safety, safety_paper, safety_queries
from tenants.risk import queries as risk
from tenants.risk.papers import paper_of as risk_paper
from varde.access import Reader
from varde.clock import now
from varde.documents.kinds import KINDS
from varde.documents.paper import Paper, Piece, pdf
from varde.documents.scanner import may_open
from varde.privacy.errors import CannotOpen, Destroyed
from varde.privacy.fields import text_or
from varde.ui.numbers import phone

PDF = "application/pdf"
_GROUND = "offentleglova § 13 første ledd"
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # what a zip says of a file when nobody says when


@dataclass(frozen=True, slots=True)
class File:
    """A file of the bundle: its name in it, what it is, and its bytes."""

    path: str
    title: str
    media: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The print of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper of the bundle: its name in it, what it holds, and the bytes where they were kept as they were given."""

    path: str
    paper: Paper
    kept: bytes = b""


@dataclass(frozen=True, slots=True)
class Made:
    """The zip, how many files are in it, the print of the list of their prints, and which attachments stayed out."""

    content: bytes
    files: int
    sha256: str
    without: tuple[UUID, ...] = ()


def make(concern: Concern, found: Seen, by: Reader) -> Made:
    """The whole bundle, for somebody who sees the matter. Raises Destroyed when its content is gone already."""
    case = Case.objects.select_related("concern").filter(concern=concern).first()
    office = facts(by.office)
    missing: list[str] = []
    without: list[UUID] = []
    files = [*_papers(concern, case, by), *_attachments(concern, missing, without)]
    data = _metadata(concern, case, found, files, office.name, by, missing)
    files += [
        File("metadata.json", "Metadata", "application/json", _json(data)),
        File("metadata.xml", "Metadata", "application/xml", _xml(data)),
    ]
    listed = "".join(f"{file.sha256}  {file.path}\n" for file in files).encode()
    files.append(File("sha256.txt", "Fingeravtrykk", "text/plain", listed))
    return Made(_zipped(files), len(files), hashlib.sha256(listed).hexdigest(), tuple(without))


def taken_along(concern: Concern, case: Case | None, by: Reader) -> Iterator[File]:
    """The papers and every file, also those that nobody has checked: what an office takes along is all that it has."""
    yield from _papers(concern, case, by)
    for row in Attachment.objects.filter(concern=concern).order_by("number"):
        content = _original(row)
        if content is not None:
            title = f"Vedlegg {row.number}: {text_or(row, 'name', '')}".rstrip(": ")
            yield File(f"vedlegg/vedlegg-{row.number}.{KINDS[row.kind].ending}", title, KINDS[row.kind].media, content)


def _papers(concern: Concern, case: Case | None, by: Reader) -> Iterator[File]:
    drawn = [*_of_matter(concern, case, by), *(_of_case(case, by) if case is not None else ())]
    rest = papers.everything(concern, [(each.path, each.paper.pieces) for each in drawn])
    if rest:
        drawn.append(Drawn("08-alt-som-er-fort.pdf", _ours("Alt som er ført", rest, concern, by)))
    for each in drawn:
        yield File(each.path, each.paper.title, PDF, each.kept or pdf(each.paper))
    for number, copy in enumerate(AccessCopy.objects.filter(concern=concern).order_by("at", "id"), start=1):
        yield File(f"09-innsyn-{number}.pdf", "Dokument til den som ba om innsyn", PDF, base64.b64decode(copy.pdf))


def _ours(title: str, pieces: tuple[Piece, ...], concern: Concern, by: Reader) -> Paper:
    return papers.paper(title, f"TryggEst i {facts(by.office).name}", pieces, now(), home_of(concern).name)


def _of_matter(concern: Concern, case: Case | None, by: Reader) -> Iterator[Drawn]:
    parts = [
        ("01-meldingen.pdf", "Bekymringsmelding som mottatt", papers.told(concern)),
        ("02-melder.pdf", "Hvem som meldte", papers.reporter(concern) if is_given(concern) else ()),
        ("03-saken.pdf", "Saken", papers.matter(concern, case)),
        ("04-moter.pdf", "Fra møter i teamet", papers.minutes(concern)),
    ]
    for path, title, pieces in parts:
        if pieces:
            yield Drawn(path, _ours(title, pieces, concern, by))


def _of_case(case: Case, by: Reader) -> Iterator[Drawn]:
    for number, report in enumerate(reversed(after_queries.reports(case)), start=1):
        copy = after_queries.copy_of(report)
        kept = text_or(copy, "pdf", "") if copy else ""
        yield Drawn(f"05-sluttrapport-{number}.pdf", closing_paper(report, by.office), base64.b64decode(kept))
    for number, row in enumerate(reversed(risk.signed(case)), start=1):
        yield Drawn(f"06-risiko-{number}.pdf", risk_paper(risk.shown(row), by.office))
    plan = safety_queries.newest(case)
    if plan is not None:
        office = facts(by.office)
        ours = safety_paper.Ours(office.name, phone(office.phone), office.phone_hours)
        said = safety_queries.parts_of(plan)
        made_at = plan.made_at
        whole = safety_paper.paper(said, look=safety.NORMAL, ours=ours, agreed_on=plan.agreed_on, made_at=made_at)
        yield Drawn("07-trygghetsplan.pdf", whole)


def _attachments(concern: Concern, missing: list[str], without: list[UUID]) -> Iterator[File]:
    """The originals. What is not known to be without malware, or cannot be opened, stays out: the metadata say so, and
    somebody has to decide on it before the matter is deleted."""
    rows = list(Attachment.objects.filter(concern=concern).order_by("number"))
    findings, later = latest(rows), {each.attachment_id for each in later_of(concern.pk)}
    wrong = wrongly_laid(rows)
    for row in rows:
        kind, finding = KINDS[row.kind], findings.get(row.id)
        checked = finding is not None and may_open(finding.virus)
        content = _original(row) if checked else None
        if content is None:
            why = "filen er skadet eller ikke hel" if checked else "ikke virussjekket, eller med skadevare"
            missing.append(f"Vedlegg {row.number} ({kind.label}) er ikke med: {why}.")
            without.append(row.pk)
            continue
        title = f"Vedlegg {row.number}: {text_or(row, 'name', '')}".rstrip(": ") + " (feilført)" * (row.id in wrong)
        folder = "vedlegg/senere" if row.id in later else "vedlegg"
        yield File(f"{folder}/vedlegg-{row.number}.{kind.ending}", title, kind.media, content)


def _original(row: Attachment) -> bytes | None:
    """None when a piece is missing or was changed. Raises Destroyed."""
    try:
        return b"".join(attachments_sealed.opened(row, "original"))
    except Destroyed:
        raise
    except CannotOpen:
        return None


def _metadata(
    concern: Concern, case: Case | None, found: Seen, files: list[File], office: str, by: Reader, missing: list[str]
) -> dict[str, Any]:
    chosen = found.standing.chosen
    return {
        "systemID": str(case.pk if case else concern.pk),
        "mappeID": home_of(concern).name,
        "tittel": home_of(concern).name,
        "arkivskaper": office,
        "opprettetDato": concern.received_at.isoformat(),
        "avsluttetDato": found.matter.closed_at.isoformat(),
        "saksansvarlig": case.opened_by_name if case else concern.opened_by_name,
        "skjerming": {"tilgangsrestriksjon": "Unntatt offentlighet", "skjermingshjemmel": _GROUND},
        "kassasjon": {
            "klasse": chosen.name,
            "hjemmel": chosen.ground,
            "oppbevaringstid": chosen.time,
            "kassasjonsdato": found.standing.due_on.isoformat() if found.standing.due_on else "",
        },
        "eksportertDato": now().isoformat(),
        "eksportertAv": by.name,
        "merknad": missing,
        "registrering": [
            {
                "tittel": file.title,
                "referanseDokumentfil": file.path,
                "mimeType": file.media,
                "filstoerrelse": len(file.content),
                "sjekksum": file.sha256,
                "sjekksumAlgoritme": "SHA-256",
            }
            for file in files
        ],
    }


def _json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def _xml(data: dict[str, Any]) -> bytes:
    root = Xml.Element("mappe")
    _below(root, {name: value for name, value in data.items() if name != "registrering"})
    for one in data["registrering"]:
        row = Xml.SubElement(root, "registrering")
        Xml.SubElement(row, "tittel").text = _plain(one["tittel"])
        _below(Xml.SubElement(row, "dokumentobjekt"), {name: one[name] for name in one if name != "tittel"})
    Xml.indent(root)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _below(parent: Xml.Element, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if isinstance(value, dict):
            _below(Xml.SubElement(parent, name), value)
            continue
        for text in value if isinstance(value, list) else [value]:
            Xml.SubElement(parent, name).text = _plain(str(text))


def _plain(text: str) -> str:
    """Without signs that no XML may hold; a file's name is somebody else's words."""
    return _NOT_IN_XML.sub("", text)


def _zipped(files: list[File]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.path, _NO_TIME), file.content, zipfile.ZIP_DEFLATED)
    return held.getvalue()
