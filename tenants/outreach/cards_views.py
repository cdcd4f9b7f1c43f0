"""Cards and posters: what can be printed, writing and approving the words of a language, and the public page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from shared.registry.queries import facts
from tenants.outreach import access, cards_actions, cards_queries
from tenants.outreach.cards import LANGUAGES, OWN_NAMES, code_svg, poster
from tenants.outreach.cards_forms import APPROVE, WordsForm
from tenants.outreach.cards_queries import Card
from varde.access import Permission, allow, anyone, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.serving import paper_download
from varde.refusal import Overtaken, Refused
from varde.tenancy.directory import facts_of
from varde.tenancy.door import need_office
from varde.ui.shortcuts import back_with, page
from varde.ui.texts import TEXTS

READ_AND_SEND = ["GET", "HEAD", "POST"]


def _form_address(request: HttpRequest) -> str:
    return request.build_absolute_uri("/meld")


def _card(language: str) -> Card:
    found = cards_queries.card(language)
    if found is None:
        raise Http404
    return found


@allow(Permission.OUTREACH_SEE)
@require_GET
def cards(request: HttpRequest) -> HttpResponse:
    """What can be printed and hung up, and the languages that have no words yet."""
    by = reader(request)
    access.note_read(by, "outreach.card")
    address, found = _form_address(request), cards_queries.cards()
    context = {
        "address": address,
        "code": SafeString(code_svg(address)),
        "cards": [card for card in found if card.words],
        "missing": [card for card in found if not card.words],
        "may_write": access.may_write(by),
    }
    return page(request, "outreach/cards.html", context)


@allow(Permission.OUTREACH_SEE)
@require_GET
def poster_pdf(request: HttpRequest) -> Any:
    """The poster as PDF, in the language that `sprak` asks for; Bokmål for one that no card is made in."""
    by = reader(request)
    wanted = request.GET.get("sprak", "")
    words = _card(wanted if wanted in LANGUAGES else "nb").words
    if words is None:
        raise Http404
    known = facts_of(by.office)
    record(by=by, action=Action.PRINT, what="outreach.card")
    phone, hours = str(known.get("phone") or ""), str(known.get("phone_hours") or "")
    made = poster(
        words=words, office=by.office.name, phone=phone, hours=hours, address=_form_address(request), now=now()
    )
    return paper_download(made, f"plakat-{words.language}")


@allow(Permission.OUTREACH)
@require_http_methods(READ_AND_SEND)
def words(request: HttpRequest, language: str) -> HttpResponse:
    """The words of a language: saved as a draft, or approved."""
    found, by = _card(language), reader(request)
    initial = cards_queries.initial_of(found) | {"seen": cards_queries.as_seen(found)}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            cards_actions.write(language=language, told=form.typed(), approved=form.approves, seen=form.was_seen, by=by)
        except Overtaken as error:
            stands = _card(language)
            form.told(str(error), cards_queries.as_seen(stands), cards_queries.initial_of(stands))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return back_with(
                request, "Teksten er godkjent." if form.approves else "Utkastet er lagret.", "/informasjon/kort"
            )
    access.note_read(by, "outreach.card")
    context = {"form": form, "card": found, "approve": APPROVE}
    return page(request, "outreach/card_words.html", context, status=422 if form.is_bound else 200)


@anyone
@require_safe
def public(request: HttpRequest, language: str) -> HttpResponse:
    """TryggEst in the kommune in a language that it has approved words in; Http404 for any other."""
    words = cards_queries.approved_in(language)
    if words is None:
        raise Http404
    context = {
        "office": facts(need_office()),
        "words": words,
        "language": language,
        "lang": language if language in TEXTS else "nb",
        "languages": links(language),
    }
    return page(request, "outreach/public.html", context)


def links(current: str) -> list[dict[str, object]]:
    """The choice of languages on public pages: what exists, and nothing where there is nothing to choose."""
    codes = dict(cards_queries.public_languages()) | {"nb": OWN_NAMES["nb"]}
    if len(codes) == 1 and current == "nb":
        return []
    return [
        {"code": code, "label": name, "url": "/" if code == "nb" else f"/sprak/{code}", "current": code == current}
        for code, name in OWN_NAMES.items()
        if code in codes
    ]
