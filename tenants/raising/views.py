"""System matters in the kommune: the list, writing one, looking it through and sending it, and what comes back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared.codes.matters import urgency_label
from shared.registry.queries import region_of
from tenants.raising import access, actions, queries, states
from tenants.raising.forms import BackForm, MatterForm, SettingForm, WordForm, initial_of
from tenants.raising.models import Raised
from tenants.raising.register import words_for
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.refusal import Overtaken, Refused
from varde.ui.refusals import refusal_above, refusal_on
from varde.ui.screened import ConfirmForm
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
HOME = "/systemsaker"


@allow(Permission.MATTER_RAISE)
@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """What the kommune has raised, and the drafts of whoever asks."""
    by = reader(request)
    rows = access.listed(by, request.GET.get("side"))
    context = {"rows": rows.object_list, "page": rows, "region": region_of(by.office)}
    return page(request, "raising/list.html", context | {"may_set": by.may(Permission.SETTINGS)})


@allow(Permission.MATTER_RAISE)
@require_http_methods(READ_AND_SEND)
def new(request: HttpRequest) -> HttpResponse:
    """A new one, kept as a draft."""
    record(by=reader(request), action=Action.VIEW, what=access.WHAT)
    return _write(request, None)


@allow(Permission.MATTER_RAISE)
@require_http_methods(READ_AND_SEND)
def edit(request: HttpRequest, raised_id: UUID) -> HttpResponse:
    """Change a draft."""
    row = access.matter_for(reader(request), raised_id)
    if row.state not in states.OURS:
        return see_other(f"{HOME}/{row.id}")
    return _write(request, row)


def _write(request: HttpRequest, row: Raised | None) -> HttpResponse:
    by = reader(request)
    initial = initial_of(row) | {"seen": str(row.version)} if row else {}
    form = MatterForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            kept = actions.write(raised=row, told=form.typed(), seen=form.was_seen if row else None, by=by)
        except Overtaken as error:
            stands = access.matter_for(by, row.id) if row else None
            if stands:
                form.told(str(error), str(stands.version), initial_of(stands))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            if request.POST.get("do") == "utkast":
                return back_with(request, "Utkastet er lagret.", f"{HOME}/{kept.id}")
            return see_other(f"{HOME}/{kept.id}/send")
    return page(request, "raising/edit.html", {"form": form, "row": row}, status=422 if form.is_bound else 200)


@allow(Permission.MATTER_RAISE)
@require_safe
def matter(request: HttpRequest, raised_id: UUID) -> HttpResponse:
    """One, with what was said."""
    by = reader(request)
    return matter_page(request, access.matter_for(by, raised_id), WordForm(), 200)


def matter_page(request: HttpRequest, row: Raised, form: WordForm, status: int) -> HttpResponse:
    """The page of one matter, with the form to write to the leader team."""
    by = reader(request)
    said = queries.words(row)
    context: dict[str, Any] = {
        "row": row,
        "texts": [(label, text) for label, text in queries.texts_of(row).items() if text and label != "Tittel"],
        "urgency": urgency_label(row.urgency),
        "steps": states.steps(row.state),
        "words": said,
        "unread": queries.unread(row, said),
        "form": form,
        "is_ours": row.state in states.OURS,
        "is_theirs": row.state in states.THEIRS,
        "may_withdraw": row.state in states.WITH_TEXT and not any(word.said == "withdrawn" for word in said),
        "waits": row.state == states.WAITING,
        "mine": row.made_by == by.user_id,
        "may_approve": queries.may_approve(by),
        "must_be_approved": queries.must_be_approved(by),
        "may_drop": row.state in (states.DRAFT, states.BACK) and row.made_by == by.user_id,
    }
    return page(request, "raising/matter.html", context, status=status)


@allow(Permission.MATTER_RAISE)
@require_http_methods(READ_AND_SEND)
def send(request: HttpRequest, raised_id: UUID) -> HttpResponse:
    """The matter as it will go, with what may be about a person; the coordinator approves on the same page."""
    by = reader(request)
    row = access.matter_for(by, raised_id)
    approves = row.state == states.WAITING and queries.may_approve(by)
    if row.state not in states.OURS and not approves:
        return see_other(f"{HOME}/{row.id}")
    form = _confirming(request, row, by)
    if form.is_bound and form.is_valid():
        act = actions.approve if approves else actions.send_in
        try:
            done = act(raised=row, reasons=form.reasons, seen=request.POST.get("seen"), by=by)
        except Overtaken as error:
            row = access.matter_for(by, raised_id)
            form = _confirming(request, row, by)
            form.add_error(None, str(error))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, _sent(done), f"{HOME}/{row.id}")
    context = {
        "row": row, "form": form, "texts": queries.texts_of(row), "approves": approves,
        "urgency": urgency_label(row.urgency),
        "must_be_approved": queries.must_be_approved(by), "region": region_of(by.office),
    }  # fmt: skip
    return page(request, "raising/send.html", context, status=422 if form.is_bound else 200)


def _confirming(request: HttpRequest, row: Raised, by: Reader) -> ConfirmForm:
    texts = queries.texts_of(row)
    initial = {f"why_{kind}": why for kind, why in queries.reasons_of(row).items()}
    data = request.POST if request.method == "POST" else None
    return ConfirmForm(data, texts=texts, words=words_for(texts.values(), by), initial=initial)


def _sent(row: Raised) -> str:
    if row.state == states.WAITING:
        return "Systemsaken venter på at koordinatoren godkjenner den."
    return f"Systemsaken er sendt til lederteamet i {row.region_name}."


@allow(Permission.MATTER_RAISE)
@require_http_methods(READ_AND_SEND)
def give_back(request: HttpRequest, raised_id: UUID) -> HttpResponse:
    """The coordinator says what must be changed."""
    by = reader(request)
    row = access.matter_for(by, raised_id)
    if not (row.state == states.WAITING and queries.may_approve(by)):
        return see_other(f"{HOME}/{row.id}")
    form = BackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusal_on(form):
            actions.give_back(raised=row, text=form.cleaned_data["text"], by=by)
            return back_with(request, "Den som skrev, får beskjed om hva som må endres.", f"{HOME}/{row.id}")
    return page(request, "raising/back.html", {"row": row, "form": form}, status=422 if form.is_bound else 200)


@allow(Permission.MATTER_RAISE)
@require_POST
def take_back(request: HttpRequest, raised_id: UUID) -> HttpResponse:
    """Not yet after all."""
    by = reader(request)
    row = access.matter_for(by, raised_id)
    with refusal_above(request):
        actions.take_back(raised=row, by=by)
        messages.success(request, "Systemsaken er et utkast igjen.")
    return see_other(f"{HOME}/{row.id}")


@allow(Permission.MATTER_RAISE)
@require_POST
def drop(request: HttpRequest, raised_id: UUID) -> HttpResponse:
    """A draft is not wanted."""
    by = reader(request)
    row = access.matter_for(by, raised_id)
    try:
        actions.drop(raised=row, by=by)
    except Refused as error:
        messages.error(request, str(error))
        return see_other(f"{HOME}/{row.id}")
    return back_with(request, "Utkastet er slettet.", HOME)


@allow(Permission.SETTINGS)
@require_http_methods(READ_AND_SEND)
def setting(request: HttpRequest) -> HttpResponse:
    """How this kommune has it."""
    by = reader(request)
    record(by=by, action=Action.VIEW, what="raising.setting")
    form = SettingForm(request.POST if request.method == "POST" else None, initial=_setting_now())
    if form.is_bound and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("approve_first", "keep_years")}
        try:
            actions.set_up(**told, seen=form.was_seen, by=by)
        except Overtaken as error:
            stands = _setting_now()
            form.told(str(error), stands["seen"], stands)
        else:
            return back_with(request, "Oppsettet er lagret.", f"{HOME}/oppsett")
    context = {"form": form, "may_read": by.may(Permission.MATTER_RAISE)}
    return page(request, "raising/setting.html", context, status=422 if form.is_bound else 200)


def _setting_now() -> dict[str, Any]:
    found = queries.setting()
    if found is None:
        return {"approve_first": True, "keep_years": None, "seen": ""}
    return {"approve_first": found.approve, "keep_years": found.keep_years, "seen": str(found.pk)}
