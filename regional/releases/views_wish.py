"""One thing that somebody has asked for: how far it is, what it would give, a second person's yes, or not after all."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.releases import actions
from regional.releases.forms import ApproveForm
from regional.releases.models import EntryKind, LedgerEntry, Wish
from regional.releases.pages_next import HERE, Task
from regional.releases.pages_queries import names_of, told
from regional.releases.pages_queries import wish as find
from regional.releases.pages_shown import Drawn, whole
from regional.releases.pages_words import Fact
from regional.releases.pages_words import audit as said_audit
from regional.releases.pages_words import rule as said_rule
from regional.releases.stops import CLAIMED
from regional.releases.views import READ_AND_SEND, broken, task
from regional.releases.wish_words import asked_for, loosened
from regional.releases.words import words_of
from shared.contracts import ReleasedTable
from shared.contracts.fields import from_json
from varde.access import Permission, Reader, allow, reader
from varde.identity.stepup import fresh
from varde.refusal import Overtaken, Refused
from varde.text import listed
from varde.ui.refusals import refusal_above
from varde.ui.shortcuts import back_with, page, see_other

SURE = {
    "release": "Jeg har sett gjennom tallene i alle tabellene, og de kan vises",
    "closed": "Jeg har sett hvem som mangler, og halvåret kan lukkes uten dem",
    "withdrawn": "Utgivelsen skal ikke vises mer",
    "outside": "Jeg har sett kilden, og det er dette den sier",
    "rule": "Jeg vet hva den nye regelen betyr",
    "settled": "Jeg vet at det som er gitt ut, ikke kan tas tilbake",
}
BUSY = ("waiting", "approved")


@allow(Permission.STATISTICS_RELEASE)
@require_GET
def one(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """How it stands. What waits for a second person is shown whole, and that it was looked at is logged."""
    by = reader(request)
    row = _found(wish_id)
    try:
        return _page(request, row, by)
    except Refused as error:  # it went on while it was fetched
        messages.error(request, str(error))
        return see_other(HERE)
    except ValueError as error:
        return broken(request, error)


def _found(wish_id: UUID) -> Wish:
    row = find(wish_id)
    if row is None:
        raise Http404
    return row


def _page(request: HttpRequest, row: Wish, by: Reader, form: ApproveForm | None = None) -> HttpResponse:
    it = task(row, by)
    context: dict[str, Any] = {"wish": row, "task": it, "busy": it.state in BUSY, "facts": _facts(row)}
    if row.state == "ready":
        context |= _ready(request, row, it, by, form)
    elif row.state == "done":
        context["entry"] = _entry(row)
    return page(request, "releases/wish.html", context, status=422 if form else 200)


def _facts(row: Wish) -> list[Fact]:
    """What was asked for, in words."""
    written = words_of([row.id]).get(row.id, "")
    about: Any = row.about
    return asked_for(row.kind, about, written, names_of(about.get("kommuner") or ()))


def _ready(request: HttpRequest, row: Wish, it: Task, by: Reader, form: ApproveForm | None) -> dict[str, Any]:
    """What it would give, and the form for somebody else than who asked."""
    looked = actions.preview(wish=row.id, by=by)
    made: Any = looked.made
    said = SURE.get(row.kind, "Jeg har sett på det")
    if form is not None:
        form.data = {**form.data, "seen": looked.made_digest}
    context: dict[str, Any] = {
        "others": listed(it.others, "eller"),
        "form": form or ApproveForm(said=said, initial={"seen": looked.made_digest}),
        "digest": looked.made_digest,
        "made": made,
    }
    if row.kind == EntryKind.RULE:
        context["loosened"] = loosened(made["before"], made["about"], made["loosens"])
    if row.kind in (EntryKind.RULE, EntryKind.RELEASE):
        context["stops"] = CLAIMED if told().unsettled else ""
    if row.kind == EntryKind.RELEASE:
        context |= {"shown": _drawn(made), "audit": said_audit(made.get("audit") or {}),
                    "rule": said_rule(made["rule"]) if made.get("rule") else ""}  # fmt: skip
    return context


def _drawn(made: Any) -> tuple[Drawn, ...]:
    tables = [from_json(ReleasedTable, each, "table") for each in made["copy"]["tables"]]
    return whole(tables, made.get("levels") or {})


def _entry(row: Wish) -> LedgerEntry | None:
    """The row of the ledger that came of it."""
    return LedgerEntry.objects.filter(content__wish=str(row.id)).exclude(kind="drafted").order_by("-number").first()


@allow(Permission.STATISTICS_RELEASE)
@require_GET
def state(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """The page asks by itself how far it is; when it is not under way any more the whole page is fetched anew."""
    row = _found(wish_id)
    if row.state not in BUSY:
        return HttpResponse(headers={"HX-Refresh": "true", "Cache-Control": "no-store"})
    it = task(row, reader(request))
    return page(request, "releases/wish.html#progress", {"wish": row, "task": it})


@allow(Permission.STATISTICS_RELEASE)
@require_POST
@fresh
def approve(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """The second person says yes to what their page showed."""
    by = reader(request)
    row = _found(wish_id)
    form = ApproveForm(request.POST, said=SURE.get(row.kind, "Jeg har sett på det"))
    if not form.is_valid():
        return _page(request, row, by, form)
    try:
        actions.approve(wish=row.id, seen=form.was_seen or "", by=by)
    except Overtaken as error:
        form.add_error(None, str(error))
        return _page(request, _found(wish_id), by, form)
    except Refused as error:
        messages.error(request, str(error))
        return see_other(f"{HERE}/oppdrag/{wish_id}")
    return back_with(request, "Godkjent. Det blir gjort nå.", f"{HERE}/oppdrag/{wish_id}")


@allow(Permission.STATISTICS_RELEASE)
@require_http_methods(READ_AND_SEND)
def drop(request: HttpRequest, wish_id: UUID) -> HttpResponse:
    """It is not to be done after all: what that means, and the button. Also how what is under way is stopped."""
    by = reader(request)
    row = _found(wish_id)
    if request.method == "POST":
        with refusal_above(request):
            actions.drop(wish=row.id, by=by)
            messages.success(request, "Stanset. Ingenting er gitt ut." if row.state == "waiting" else "Forkastet.")
        return see_other(f"{HERE}/oppdrag/{wish_id}")
    return page(request, "releases/drop.html", {"wish": row, "task": task(row, by)})
