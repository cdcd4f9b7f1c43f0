"""Action cards: the list, a card in any version, its paper, and loading a file."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from shared.codes.action_cards import load_cards
from shared.codes.strict import BadList
from tenants.team import cards_actions, cards_queries
from tenants.team.cards_forms import CardFileForm
from tenants.team.cards_paper import paper_of
from tenants.team.cards_queries import Shown
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.serving import paper_download
from varde.refusal import Refused
from varde.ui.dates import day_of
from varde.ui.shortcuts import back_with, page


@allow(Permission.TEAM_READ)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The cards in use."""
    by = reader(request)
    record(by=by, action=Action.LIST, what="team.card")
    context = {"rows": cards_queries.in_use(), "today": day_of(now()), "may_load": by.may(Permission.SETTINGS)}
    return page(request, "team/cards.html", context)


def _wanted(request: HttpRequest, code: str) -> tuple[Shown, list[Shown]]:
    rows = cards_queries.versions_of(code)
    wanted = request.GET.get("utgave", "")
    found = next((each for each in rows if not wanted or each.card.version == wanted), None)
    if found is None:
        raise Http404
    return found, rows


@allow(Permission.TEAM_READ)
@require_GET
def card(request: HttpRequest, code: str) -> HttpResponse:
    """One card; `utgave` is an earlier version."""
    found, rows = _wanted(request, code)
    record(by=reader(request), action=Action.VIEW, what="team.card", reason=found.card.title)
    context = {"shown": found, "card": found.card, "rows": rows, "newest": rows[0], "today": day_of(now())}
    return page(request, "team/card.html", context)


@allow(Permission.TEAM_READ)
@require_GET
def paper(request: HttpRequest, code: str) -> Any:
    """The card as PDF."""
    by = reader(request)
    found, _ = _wanted(request, code)
    record(by=by, action=Action.PRINT, what="team.card", reason=found.card.title)
    return paper_download(paper_of(found.card, office=by.office.name, now=now()), "handlingskort")


@allow(Permission.SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """POST of a file shows its cards, or says what is wrong; POST of its text takes them into use."""
    record(by=reader(request), action=Action.LIST, what="team.card")
    if request.method != "POST":
        return _file_page(request, CardFileForm())
    if "text" in request.POST:
        return _take(request, request.POST["text"])
    form = CardFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _file_page(request, form, status=422)
    try:
        found = load_cards(form.cleaned_data["file"])
    except BadList as error:
        return _file_page(request, CardFileForm(), fault=str(error), status=422)
    return _file_page(request, form, preview=found, text=form.cleaned_data["file"])


def _take(request: HttpRequest, text: str) -> HttpResponse:
    try:
        made = cards_actions.load(text=text, by=reader(request))
    except (BadList, Refused) as error:
        return _file_page(request, CardFileForm(), fault=str(error), status=422)
    return back_with(request, f"Tatt i bruk: {', '.join(each.title for each in made)}.", "/team/handlingskort")


def _file_page(request: HttpRequest, form: CardFileForm, status: int = 200, **more: object) -> HttpResponse:
    content = {"version": "1", "source": "Kommunen", "cards": [each.card.content() for each in cards_queries.in_use()]}
    context = {"form": form, "file": json.dumps(content, ensure_ascii=False, indent=1)}
    return page(request, "team/card_file.html", context | more, status=status)
