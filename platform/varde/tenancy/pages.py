"""The two answers given before any office is known, or when the database is away. No template, no database."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.html import escape

from varde.tenancy import directory

FRAME = (
    '<!doctype html><html lang="nb"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title></head><body><main><h1>{title}</h1>{body}"
    "<p>Er det fare for liv eller helse? Ring <strong>112</strong> (politi) eller <strong>113</strong> (ambulanse)."
    " Legevakt: <strong>116 117</strong>.</p></main></body></html>"
)


def known_phone(request: HttpRequest) -> str:
    """The office's own phone as this process remembers it, old or new; "" when it does not. Asks no database."""
    ref = getattr(request, "office", None)
    return str(directory.remembered(ref).get("phone") or "") if ref else ""


def _call(phone: str) -> str:
    """The sentence with the office's own phone, or nothing."""
    if not phone:
        return ""
    address = re.sub(r"[^\d+]", "", phone)
    return f'<p>Ring oss: <a href="tel:{address}"><strong>{escape(phone)}</strong></a></p>'


def unknown_host(request: HttpRequest) -> HttpResponse:
    """The same bytes for every host that is not ours; a problem document for machines."""
    if request.path.startswith("/api/"):
        return JsonResponse(
            {"type": "about:blank", "title": "Finnes ikke", "status": 404, "detail": "Ingen tar imot her."},
            status=404,
            content_type="application/problem+json",
        )
    return HttpResponse(
        FRAME.format(title="Siden finnes ikke", body="<p>Vi fant ingen side på denne adressen.</p>"),
        status=404,
    )


def out_of_order(request: HttpRequest) -> HttpResponse:
    """The database is away: nothing has been received, and that is said first."""
    sentence = "Meldingen er IKKE mottatt. Vent litt og prøv igjen, eller ring."
    if request.path.startswith("/api/"):
        return JsonResponse(
            {"type": "about:blank", "title": "Tjenesten er nede", "status": 503, "detail": sentence},
            status=503,
            content_type="application/problem+json",
            headers={"Retry-After": "30"},
        )
    body = f"<p><strong>{sentence}</strong></p>" if request.method == "POST" else "<p>Prøv igjen om litt.</p>"
    return HttpResponse(
        FRAME.format(title="Tjenesten er nede et øyeblikk", body=body + _call(known_phone(request))),
        status=503,
        headers={"Retry-After": "30"},
    )
