"""The guided change: choose what happens, see the table before and after with what is unlike, then decide."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from regional.leaders import access, actions, queries, tables
from regional.leaders.changing import Preview, grid, preview
from regional.leaders.forms import KINDS, BodyForm, ChangeForm, TableForm
from regional.leaders.models import BODY, RotationTable
from regional.leaders.picture import picture
from regional.leaders.proof import is_fair, proof
from regional.leaders.rotation import rotate
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.refusal import Overtaken
from varde.ui.dates import day_of
from varde.ui.seen import SeenForm
from varde.ui.shortcuts import page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
TABLE = "/lederteam/rullering"
NO_DECISION = "Skriv hvilket vedtak endringen bygger på."


@allow(Permission.LEADERS_MANAGE)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """What has happened?"""
    row = access.table(reader(request))
    rotating = row if row and row.form != BODY else None
    beside = queries.draft()
    open_ones = {"vedta": bool(beside or (row and row.proposal)), "trekk": beside is not None}
    shown = {code: words for code, words in KINDS.items() if open_ones.get(code, rotating is not None)}
    context = {"table": rotating, "row": row, "draft": beside, "kinds": shown.items()}
    return page(request, "leaders/choose.html", context)


@allow(Permission.LEADERS_MANAGE)
@require_http_methods(READ_AND_SEND)
def change(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind of change. «Se hva som endres» stores nothing; «Lagre endringen» asks for the decision."""
    row = _changed(kind, reader(request))
    if kind not in KINDS or row is None or row.form == BODY:
        raise Http404
    made, today = tables.rotation_of(row), day_of(now())
    more: dict[str, Any] = {
        "kind": kind, "rotation": made, "members": queries.taking_part(row, today), "today": today
    }  # fmt: skip
    if request.method != "POST":
        form = ChangeForm(**more, initial={"seen": str(row.id)} | _asked(request))
        return _change_page(request, form, kind)
    form = ChangeForm(request.POST, **more)
    saves = request.POST.get("gjor") == "lagre"
    if form.is_valid() and saves and not form.cleaned_data["source"]:
        form.add_error("source", NO_DECISION)
    if not form.errors and saves and _decided(request, form):
        return see_other("/lederteam" if kind == "trekk" else TABLE)
    found = _previewed(form, row, today)
    return _change_page(request, form, kind, found)


def _changed(kind: str, by: Reader) -> RotationTable | None:
    """What a change is made in: the proposal that lies beside where it is about that, else the newest decision."""
    row, beside = access.table(by), queries.draft()
    if kind == "trekk":
        return beside
    return beside or row if kind == "vedta" else row


def _asked(request: HttpRequest) -> dict[str, str]:
    """From a link: the kommune that it is about."""
    said = request.GET.get("kommune", "")
    return {"kommune": said, "new": said} if said else {}


def _change_page(request: HttpRequest, form: ChangeForm, kind: str, found: Preview | None = None) -> HttpResponse:
    title, text, _ = KINDS[kind]
    context: dict[str, Any] = {"form": form, "kind": kind, "title": title, "text": text, "found": found}
    if found:
        context |= {"picture": picture(found.rows, found.since), "fair": is_fair(found.said)}
    return page(request, "leaders/change.html", context, status=422 if form.errors else 200)


def _previewed(form: ChangeForm, row: RotationTable, today: date) -> Preview | None:
    if form.kind in ("forleng", "vedta", "trekk") or set(form.errors) - {"source"}:
        return None
    try:
        return preview(row, form.batch(), today=today)
    except ValueError as error:
        if not form.errors:
            form.add_error(None, str(error))
        return None


def _decided(request: HttpRequest, form: ChangeForm) -> bool:
    known: dict[str, Any] = {"source": form.cleaned_data["source"], "seen": form.was_seen, "by": reader(request)}

    def store() -> None:
        if form.kind == "vedta":
            actions.adopt_table(**known)
        elif form.kind == "trekk":
            actions.withdraw_table(**known)
        elif form.kind == "forleng":
            actions.extend_table(periods=form.cleaned_data["periods"], **known)
        else:
            actions.change_table(batch=form.batch(), **known)

    return _stored(request, form, store, "Lagret. Det som har vært, er som før.")


def _stored(request: HttpRequest, form: SeenForm, store: Callable[[], object], said: str) -> bool:
    try:
        store()
    except Overtaken as error:
        newest = _changed(getattr(form, "kind", ""), reader(request))
        form.told(str(error), str(newest.id) if newest else "")
    except ValueError as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, said)
        return True
    return False


@allow(Permission.LEADERS_MANAGE)
@require_http_methods(READ_AND_SEND)
def new_rotation(request: HttpRequest) -> HttpResponse:
    """A rotation from its beginning. «Se tabellen» shows it with its proof and stores nothing."""
    by = reader(request)
    form = TableForm(request.POST if request.method == "POST" else None, initial=_initial(by))
    context: dict[str, Any] = {"form": form}
    if form.is_bound and form.is_valid():
        if request.POST.get("gjor") == "lagre" and _stored(
            request, form, lambda: actions.set_table(plan=form.plan(), by=by, seen=form.was_seen), "Tabellen er lagret."
        ):
            return see_other("/lederteam" if form.cleaned_data["proposal"] and queries.draft() else TABLE)
        context |= _shown(form)
    return page(request, "leaders/new_rotation.html", context, status=422 if form.errors else 200)


def _shown(form: TableForm) -> dict[str, Any]:
    plan = form.plan()
    try:
        made = rotate(plan.kommuner, plan.seats, first_year=plan.first_year, years=plan.years, periods=plan.periods)
    except ValueError as error:
        if not form.errors:
            form.add_error(None, str(error))
        return {}
    decided = {"kommuner": plan.kommuner, "seats": plan.seats, "first_year": plan.first_year, "years": plan.years}
    return {"periods": made.periods, "rows": grid(made), "said": proof(decided, made)}


def _initial(by: Reader) -> dict[str, Any]:
    """The region's kommuner, and the seats of the newest table."""
    row = queries.newest_table()
    return {
        "kommuner": "\n".join(queries.kommuner_of(by)),
        "seats": "\n".join(row.seats) if row else "",
        "first_year": day_of(now()).year + 1,
        "years": 2,
        "seen": str(row.id) if row else "",
    }


@allow(Permission.LEADERS_MANAGE)
@require_http_methods(READ_AND_SEND)
def new_body(request: HttpRequest) -> HttpResponse:
    """An existing group is the leader team from a day on."""
    by = reader(request)
    form = BodyForm(request.POST if request.method == "POST" else None, initial=_initial(by))
    if form.is_bound and form.is_valid():
        asked = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        if _stored(request, form, lambda: actions.set_body(**asked, by=by, seen=form.was_seen), "Lagret."):
            return see_other("/lederteam")
    return page(request, "leaders/new_body.html", {"form": form}, status=422 if form.errors else 200)
