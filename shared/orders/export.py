"""One locked file with everything that is an office's own: for people to read, and for machines to take in."""

import hashlib
import html
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from shared.orders import export_rows, files, leaving
from shared.orders.export_cli import MANIFEST, code_of
from shared.orders.export_file import Locked
from varde.access.reader import Reader
from varde.audit.chain import Verdict, verify
from varde.audit.trail import trail
from varde.clock import now
from varde.privacy.keepsake import sync_folder
from varde.tenancy.door import OfficeRef
from varde.tenancy.fleet import connect
from varde.ui.dates import date_and_time

_PAGE = (
    '<!doctype html><html lang="nb"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title></head><body><main><h1>{title}</h1>{body}</main></body></html>"
)
README = """Alt som er {name} sitt eget i TryggEst (Varde), laget {at}.

index.html   begynn her: sakene eller møtene, med papirer og vedlegg til å lese
saker/       en mappe per sak (kommuner)
moter/       en mappe per møte i lederteamet (regioner)
tabeller/    alle rader, én fil per tabell, én rad per linje (JSON Lines, UTF-8)
logg.json    innsynsloggens hode og om kjeden var hel; radene står i tabeller/audit_entry.jsonl
manifest.json  antall rader og SHA-256 av hver fil

Utelatt: {left_out}. De er til for å slippe noen inn, og gjelder ikke lenger.
Innholdet er taushetsbelagt. Oppbevar det i arkivet, slik arkivlova og bevarings- og kassasjonsplanen sier.
Filen ble åpnet med «varde open-export FIL». Formatet står i toppen av shared/orders/export_file.py og er åpent.
"""


@dataclass
class Made:
    """What is known of a finished file; `proof` is the print of the code that only whoever opened it knows."""

    sha256: str
    size: int
    proof: str
    rows: dict[str, int]
    content: str
    log: Verdict


@dataclass
class _Tar:
    """The tar and the prints of what lies in it."""

    tar: tarfile.TarFile
    prints: dict[str, str] = field(default_factory=dict)

    def add(self, path: str, content: bytes) -> None:
        """One file; private to whoever unpacks it."""
        member = tarfile.TarInfo(path)
        member.size, member.mode, member.mtime = len(content), 0o600, int(now().timestamp())
        self.tar.addfile(member, io.BytesIO(content))
        self.prints[path] = hashlib.sha256(content).hexdigest()


def make(order_id: UUID, ref: OfficeRef, facts: dict[str, Any]) -> Made:
    """The file, whole or not at all; the office as it was at one moment."""
    with _draft(files.path_of(order_id)) as file, leaving.as_owner_of(ref, still=True), trail():
        content = export_rows.print_of_content(ref.kind)
        log = log_of(ref)
        with Locked(file, public=bytes.fromhex(facts["public"]), salt=bytes.fromhex(facts["salt"])) as locked:
            rows, manifest = _fill(locked, ref, log)
    sha256, size = _print_of(files.path_of(order_id))
    proof = hashlib.sha256(code_of(manifest).encode()).hexdigest()
    return Made(sha256, size, proof, rows, content, log)


def log_of(ref: OfficeRef) -> Verdict:
    """Is the office's log whole, and where does it end?"""
    with connect() as line:
        return verify(line, ref.schema)


def _fill(locked: Locked, ref: OfficeRef, log: Verdict) -> tuple[dict[str, int], bytes]:
    with tarfile.open(fileobj=locked, mode="w|") as tar:
        out = _Tar(tar)
        left_out = ", ".join(sorted(set(export_rows.LEFT_OUT.values()) | {"passord"}))
        out.add("README.txt", README.format(name=ref.name, at=date_and_time(now()), left_out=left_out).encode())
        rows = {}
        for table in export_rows.tables(ref.kind):
            out.add(f"tabeller/{table.name}.jsonl", table.content)
            rows[table.name] = table.rows
        _matters(out, ref)
        head = {"rader": log.rows, "nummer": log.number, "sjekksum": log.digest, "hel": log.whole}
        out.add("logg.json", json.dumps(head, indent=1).encode())
        told = {"kontor": ref.name, "nummer": ref.number, "rader": rows, "filer": dict(out.prints)}
        manifest = json.dumps(told, ensure_ascii=False, indent=1).encode()
        out.add(MANIFEST, manifest)
    return rows, manifest


def _matters(out: _Tar, ref: OfficeRef) -> None:
    """What rooms have drawn, a page per matter, and the page that leads to them."""
    by_matter: dict[str, list[leaving.Part]] = {}
    for part in leaving.parts(Reader.for_purpose("retention", ref)):
        out.add(part.path, part.content)
        light = leaving.Part(part.path, part.title, part.matter, b"")
        by_matter.setdefault(part.matter, []).append(light)
    links = []
    for matter, parts in by_matter.items():
        folder = parts[0].path.rsplit("/", 1)[0]
        inner = [(part.path.removeprefix(f"{folder}/"), part.title) for part in parts]
        out.add(f"{folder}/index.html", _page(matter, inner))
        links.append((f"{folder}/index.html", matter))
    out.add("index.html", _page(f"TryggEst i {ref.name}", [*links, ("logg.json", "Innsynsloggens hode")]))


def _page(title: str, links: list[tuple[str, str]]) -> bytes:
    items = "".join(f'<li><a href="{html.escape(path)}">{html.escape(text)}</a></li>' for path, text in links)
    return _PAGE.format(title=html.escape(title), body=f"<ul>{items}</ul>").encode()


@contextmanager
def _draft(path: Path) -> Iterator[io.BufferedWriter]:
    """Beside its place until it is whole and on the disk; an earlier file of the same order is replaced."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        draft.unlink(missing_ok=True)  # a disk that is full would stay so
        raise
    draft.replace(path)
    sync_folder(path.parent)


def _print_of(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
