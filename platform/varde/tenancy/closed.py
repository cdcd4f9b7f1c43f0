"""The address of an office that has left: whom to ask instead, and the certificate. Nobody logs in here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.html import escape

from varde.exits import names
from varde.tenancy.pages import FRAME

ATTEST = "/attest"
_ASK = (
    "SELECT o.id, o.name, o.ordinary_name, o.ordinary_phone, o.ordinary_url FROM registry_domain d"
    " JOIN registry_office o ON o.id = d.tenant_id WHERE d.domain = %s AND NOT o.active"
)
_CERTIFICATE = "SELECT pdf, made_at FROM registry_certificate WHERE office = %s"


def answer(request: HttpRequest, slug: str) -> HttpResponse | None:
    """410 with the ordinary contact, or the certificate; None for an address that was never an office's."""
    row = _row(_ASK, slug)
    if row is None:
        return None
    if request.path == ATTEST and request.method in ("GET", "HEAD"):
        found = _row(_CERTIFICATE, row[0])
        if found is not None:
            return _paper(bytes(found[0]), found[1])
    sentence = f"{row[1]} bruker ikke lenger denne tjenesten."
    if request.path.startswith("/api/"):
        told = {"type": "about:blank", "title": "Avsluttet", "status": 410, "detail": f"{sentence} Ingen tar imot her."}
        return JsonResponse(told, status=410, content_type="application/problem+json")
    return HttpResponse(FRAME.format(title=escape(sentence), body=_body(row)), status=410)


def _body(row: tuple[Any, ...]) -> str:
    office_id, name, ordinary, phone, url = row
    lines = []
    lines.append(f"Kontakt {escape(ordinary)}." if ordinary else f"Kontakt {escape(name)} kommune på vanlig måte.")
    if phone:
        lines.append(f'Telefon <a href="tel:{escape(phone)}"><strong>{escape(phone)}</strong></a>.')
    if url:
        lines.append(f'<a href="{escape(url)}">Kommunens nettside</a>.')
    sent = "<p>Meldingen er IKKE mottatt hvis du prøvde å sende en. Ring i stedet, eller bruk kontakten over.</p>"
    paper = f'<p><a href="{ATTEST}">Attest om sletting (PDF)</a></p>' if _row(_CERTIFICATE, office_id) else ""
    return f"<p>{' '.join(lines)}</p>{sent}{paper}"


def _paper(pdf: bytes, made_at: datetime) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = names.attachment("attest", made_at.date())
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _row(query: str, value: str | UUID) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(query, [value])
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found
