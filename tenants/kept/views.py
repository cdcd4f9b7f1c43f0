"""What is ready for the archive, one matter on its way out, and what remains of what is gone."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tenants.inbox.attachments import called
from tenants.inbox.home import home_of, homes_of
from tenants.inbox.models import Concern
from tenants.inbox.queries import held_by_right
from tenants.kept import access, actions, making, queries
from tenants.kept.forms import ArchivedForm, LongerForm, WithoutForm
from tenants.kept.models import DueMark
from tenants.kept.states import LOOSE, stops
from varde.access import Permission, Reader, Role, allow, reader
from varde.audit.actions import Action, record
from varde.documents.serving import ZIP, download
from varde.identity.stepup import fresh
from varde.privacy.errors import Destroyed
from varde.privacy.fields import text_or
from varde.refusal import Refused
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.shortcuts import page, see_other

PAGE_SIZE = 50


@allow(Permission.CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def ready(request: HttpRequest) -> HttpResponse:
    """«Klar for arkiv»: matters whose time is over, of those that the reader sees. POST confirms the chosen ones."""
    by = reader(request)
    if request.method == "POST":
        return _confirmed(request, by)
    rows = Paginator(queries.due(), PAGE_SIZE).get_page(request.GET.get("side"))
    marks: list[DueMark] = list(rows.object_list)
    access.note_listed(by, marks)
    shown = _rows(marks, by)
    choosable = any(row["may"] and not row["stops"] and row["seen"].order is None for row in shown)
    context = {"page": rows, "rows": shown, "choosable": choosable, "loose": _loose(by)}
    return page(request, "kept/ready.html", context)


def _rows(marks: list[DueMark], by: Reader) -> list[dict[str, Any]]:
    keys = [mark.concern_id for mark in marks]
    found, homes, mine = queries.seen(keys), homes_of(keys), access.confirmable(by, [mark.concern for mark in marks])
    return [
        {
            "seen": one,
            "home": homes[mark.concern_id],
            "stops": stops(one.standing),
            "key": mark.concern_id,
            "may": mark.concern_id in mine,
        }
        for mark in marks
        if (one := found.get(mark.concern_id)) is not None
    ]


def _loose(by: Reader) -> list[dict[str, Any]]:
    """What belongs to no matter: how many the reader sees, how many are due, and the last confirmation."""
    if not by.has(Role.COORDINATOR):
        return []
    known, rows = queries.classes(), queries.loose_seen()
    due = queries.loose_due(rows, known)
    record(by=by, action=Action.LIST, what="kept.loose")
    return [
        {
            "chosen": known[kind],
            "all": sum(row.kind == kind for row in rows),
            "due": sum(row.kind == kind for row in due),
            "last": queries.clearings(kind).first(),
        }
        for kind in LOOSE
    ]


def _confirmed(request: HttpRequest, by: Reader) -> HttpResponse:
    """Each chosen matter for itself: one that cannot go holds no other back."""
    done = 0
    for key in request.POST.getlist("matter"):
        concern = access.matter_for(by, _uuid(key))
        try:
            actions.confirm(concern=concern, by=by)
            done += 1
        except Refused as error:
            messages.error(request, f"{home_of(concern).name}: {error}")
    if done:
        messages.success(request, f"{done} er bekreftet og slettes om en uke. Til da kan du trekke det tilbake.")
    elif not request.POST.getlist("matter"):
        messages.warning(request, "Du valgte ingen.")
    return see_other("/oppbevaring")


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return UUID(int=0)


@allow(Permission.CASES)
@require_POST
def clear(request: HttpRequest) -> HttpResponse:
    """Confirm that what belongs to no matter goes, of one kind; or (`back`) take that back."""
    back, kind, by = "back" in request.POST, request.POST.get("kind", ""), reader(request)
    with refusal_above(request):
        if back:
            actions.take_back_clearing(kind=kind, by=by)
        else:
            actions.clear(kind=kind, by=by)
        done = "Bekreftelsen er trukket tilbake. Ingenting slettes."
        messages.success(request, done if back else "Bekreftet. Det som er klart i dag, slettes om en uke.")
    return see_other("/oppbevaring")


@allow(Permission.CASES)
@require_GET
def gone(request: HttpRequest) -> HttpResponse:
    """What remains of what was deleted: no text, no person."""
    rows = Paginator(queries.tombstones(), PAGE_SIZE).get_page(request.GET.get("side"))
    record(by=reader(request), action=Action.LIST, what="kept.tombstone", ids=[row.id for row in rows.object_list])
    return page(request, "kept/gone.html", {"page": rows, "rows": rows.object_list})


@allow(Permission.CASES)
@require_GET
def matter(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """One closed matter: its class and time, the archive, keeping it longer, and the confirmation."""
    concern = access.matter_for(reader(request), concern_id)
    return _page(request, concern)


def _page(request: HttpRequest, concern: Concern, status: int = 200, **forms: Form) -> HttpResponse:
    by, found = reader(request), queries.one(concern)
    if found is None:
        messages.info(request, "Oppbevaringstiden begynner når saken, og de den er slått sammen med, er lukket.")
        return see_other(home_of(concern).address)
    left_out = queries.left_out(found.bundle)
    context: dict[str, Any] = {
        "concern": concern,
        "home": home_of(concern),
        "seen": found,
        "stops": stops(found.standing),
        "held_why": text_or(found.held, "reason", "") if found.held else "",
        "by_right": held_by_right(concern.pk),
        "may_confirm": access.may_confirm(by, concern),
        "archived_form": ArchivedForm(bundles=queries.bundles(concern)),
        "longer_form": LongerForm(today=queries.today()),
        "left_out": [called(each) for each in left_out],
        "without_form": WithoutForm(files=left_out),
        "without": [(called(row.attachment), row, text_or(row, "reason", "")) for row in queries.gone_without(concern)],
    }
    return page(request, "kept/matter.html", context | forms, status=status)


@allow(Permission.CASES)
@fresh
@require_POST
def make_bundle(request: HttpRequest, concern_id: UUID) -> Any:
    """The bundle for the archive as one download. It may say who reported, so that look is noted with its reason."""
    by = reader(request)
    concern = access.matter_for(by, concern_id)
    try:
        made = making.made_for(concern, by)
    except (Refused, Destroyed) as error:
        messages.error(request, str(error))
        return _back(concern)
    return download([made.content], size=len(made.content), stem="arkivpakke", kind=ZIP)


@allow(Permission.CASES)
@require_POST
def archived(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """The archive has got it, under its number."""
    concern = access.matter_for(reader(request), concern_id)
    form = ArchivedForm(request.POST, bundles=queries.bundles(concern))
    return _acted(
        request, concern, form, "archived_form", "Notert at arkivet har fått saken.",
        lambda: actions.note_archived(concern=concern, by=reader(request), **form.cleaned_data),
    )  # fmt: skip


@allow(Permission.CASES)
@require_POST
def without(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Files that the archive cannot get are deleted with the matter all the same, for a reason."""
    concern = access.matter_for(reader(request), concern_id)
    found = queries.one(concern)
    form = WithoutForm(request.POST, files=queries.left_out(found.bundle if found else None))
    return _acted(
        request, concern, form, "without_form", "Notert. Filene slettes sammen med saken.",
        lambda: actions.go_without(concern=concern, by=reader(request), **form.cleaned_data),
    )  # fmt: skip


@allow(Permission.CASES)
@require_POST
def longer(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Keep it longer, or (`end`) not any more."""
    concern = access.matter_for(reader(request), concern_id)
    if "end" in request.POST:
        return _plainly(
            request, concern, "Saken følger igjen den vanlige tiden.",
            lambda: actions.keep_longer(concern=concern, until=None, reason="", by=reader(request)),
        )  # fmt: skip
    form = LongerForm(request.POST, today=queries.today())
    return _acted(
        request, concern, form, "longer_form", "Saken beholdes lenger.",
        lambda: actions.keep_longer(concern=concern, by=reader(request), **form.cleaned_data),
    )  # fmt: skip


@allow(Permission.CASES)
@require_POST
def regret(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Take the confirmation back."""
    concern = access.matter_for(reader(request), concern_id)
    return _plainly(
        request, concern, "Bekreftelsen er trukket tilbake. Saken slettes ikke.",
        lambda: actions.regret(concern=concern, by=reader(request)),
    )  # fmt: skip


def _acted(
    request: HttpRequest, concern: Concern, form: Form, name: str, done: str, act: Callable[[], object]
) -> HttpResponse:
    """303 when it is done; else the page with what was typed."""
    if form.is_valid():
        with refusal_on(form, also=Destroyed):
            act()
            messages.success(request, done)
            return _back(concern)
    return _page(request, concern, 422, **{name: form})


def _plainly(request: HttpRequest, concern: Concern, done: str, act: Callable[[], object]) -> HttpResponse:
    """What has nothing to type."""
    try:
        act()
    except (Refused, Destroyed) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return _back(concern)


def _back(concern: Concern) -> HttpResponse:
    return see_other(f"/oppbevaring/{concern.pk}")
