"""The address of an office that has left: whom to ask instead, and the certificate. Nobody logs in here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.html import escape

from varde.exits import names
from varde.tenancy.pages import FRAME

ATTEST = "/attest"
_ASK = (
    "SELECT o.id, o.name, o.ordinary_name, o.ordinary_phone, o.ordinary_url, o.became, o.kind FROM registry_domain d"
    " JOIN registry_office o ON o.id = d.tenant_id WHERE d.domain = %s AND NOT o.active"
)
# Who answers for it while it is shut for a while: the number that its region has published, else its own, else the
# ordinary one.
_RING = (
    "SELECT coalesce((SELECT p.phone FROM registry_phone p WHERE p.kommune = o.id"
    " AND p.since <= clock_timestamp() AND p.region = public.registry_region_at(o.id, clock_timestamp())"
    " ORDER BY p.since DESC, p.set_at DESC, p.id DESC LIMIT 1), nullif(o.phone, ''), o.ordinary_phone)"
    " FROM registry_office o WHERE o.id = %s"
)
# An office that is being born of two is not open yet either.
_HEIR = "SELECT o.name, o.slug, o.active FROM registry_office o WHERE o.id = %s"
_UNDER_WAY = "Kommunene slås sammen nå"
_NOT_SENT = "Meldingen er IKKE mottatt hvis du prøvde å sende en."
_CERTIFICATE = "SELECT pdf, made_at FROM orders_certificate WHERE office = %s"


def answer(request: HttpRequest, slug: str) -> HttpResponse | None:
    """410 with the ordinary contact, or the certificate; None for an address that was never an office's."""
    row = _row(_ASK, slug)
    if row is None:
        return None
    if request.path == ATTEST and request.method in ("GET", "HEAD"):
        found = _row(_CERTIFICATE, row[0])
        if found is not None:
            return _paper(bytes(found[0]), found[1])
    if row[5] is not None:
        return _moved(request, row)
    sentence = f"{row[1]} bruker ikke lenger denne tjenesten."
    if request.path.startswith("/api/"):
        told = {"type": "about:blank", "title": "Avsluttet", "status": 410, "detail": f"{sentence} Ingen tar imot her."}
        return JsonResponse(told, status=410, content_type="application/problem+json")
    return HttpResponse(FRAME.format(title=escape(sentence), body=_body(row)), status=410)


def _moved(request: HttpRequest, row: tuple[Any, ...]) -> HttpResponse:
    """To the same page of the office that this one is part of now. What somebody sends is not carried along: the form
    there is another one, and says so."""
    name, slug, opened = _row(_HEIR, row[5]) or ("", "", False)
    if not opened:
        return _said(
            request, 503, _UNDER_WAY, f"{_NOT_SENT} Prøv igjen om litt.", _call((_row(_RING, row[0]) or ("",))[0])
        )
    host = request.get_host()
    there = f"{request.scheme}://{slug}.{host.partition('.')[2]}"
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(f"{there}{request.get_full_path()}")
    link = f'<p><a href="{escape(there)}">Gå til {escape(name)}</a></p>'
    return _said(request, 410, f"{row[1]} er nå en del av {name}", _NOT_SENT, link)


def _said(request: HttpRequest, status: int, title: str, sentence: str, further: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        told = {"type": "about:blank", "title": title, "status": status, "detail": sentence}
        return JsonResponse(told, status=status, content_type="application/problem+json")
    body = f"<p><strong>{escape(sentence)}</strong></p>{further}"
    response = HttpResponse(FRAME.format(title=escape(title), body=body), status=status)
    if status == 503:
        response["Retry-After"] = "60"
    return response


def _call(phone: str) -> str:
    return f'<p>Ring <a href="tel:{escape(phone)}"><strong>{escape(phone)}</strong></a>.</p>' if phone else ""


def _body(row: tuple[Any, ...]) -> str:
    office_id, name, ordinary, phone, url, _, kind = row
    usual = "Kontakt kommunen." if kind == "region" else f"Kontakt {escape(name)} kommune på vanlig måte."
    lines = [f"Kontakt {escape(ordinary)}." if ordinary else usual]
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
