"""System matters at the leader team: the list, one with what can be done with it, figures, and the intake."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regional.matters import access, actions, figures, queries, states
from regional.matters.forms import AgendaForm, AnswerForm, IntakeForm, JoinForm, NoteForm, QuestionForm
from regional.matters.models import Matter, MatterWord
from regional.matters.register import words as known_words
from shared.codes.screening import kind_of
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.privacy.errors import CannotOpen
from varde.refusal import Overtaken, Refused
from varde.ui.dates import day_of
from varde.ui.refusals import refusal_above
from varde.ui.shortcuts import back_with, page, see_other

READ_AND_SEND = ["GET", "HEAD", "POST"]
HOME = "/lederteam/systemsaker"
BY_HAND = "{name} kan ikke ta imot brev nå og har ikke fått beskjed. Ring koordinatoren der, og si at den er slettet."
type Forms = dict[str, forms.Form]


@allow(Permission.LEADERS_READ)
@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """What the kommuner have raised."""
    by = reader(request)
    shown = request.GET.get("vis", "apne")
    shown = shown if shown in queries.SHOWN else "apne"
    rows = access.listed(by, shown, request.GET.get("side"))
    context = {
        "rows": rows.object_list, "page": rows, "shown": shown, "query": f"vis={shown}&",
        "news": queries.news(list(rows.object_list)) if by.may(Permission.LEADERS_MANAGE) else set(),
        "choices": [(code, label) for code, (label, _) in queries.SHOWN.items()],
        "may_manage": by.may(Permission.LEADERS_MANAGE),
        "waits_for_secretary": not queries.may_take_in(by),
    }  # fmt: skip
    return page(request, "matters/list.html", context)


@allow(Permission.LEADERS_READ)
@require_safe
def matter(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """One, with what was said and what can be done."""
    by = reader(request)
    return _page(request, access.matter_for(by, matter_id), {})


def _page(request: HttpRequest, row: Matter, sent: Forms, status: int = 200) -> HttpResponse:
    by = reader(request)
    said = queries.words(row) if row.state != states.SENT_BACK else []
    manages = by.may(Permission.LEADERS_MANAGE)
    similar = queries.similar(row)
    others = queries.could_be_joined(row) if manages and row.state in states.UNANSWERED and not similar else []
    context: dict[str, Any] = {
        "row": row,
        "texts": [
            (label, text) for name, label in queries.TEXTS.items() if (text := getattr(row, name)) and name != "title"
        ],
        "doubts": _doubts(row.doubts),
        "words": [(word, _measures(word), _doubts(word.doubts)) for word in said],
        "similar": similar,
        "unread": manages and queries.unread(row, said),
        "manages": manages,
        "withdrawn": row.words.filter(said="withdrawn").exists(),
        "by_hand": "" if queries.told_back(row) else BY_HAND.format(name=row.kommune_name),
        "may_take_in": row.state == states.NEW and queries.may_take_in(by),
        "may_send_back": row.state in states.WITH_TEXT and queries.may_take_in(by),
        "is_taken_in": row.state in (states.OPEN, states.AGENDA, states.DECIDED),
        "forms": _forms(row, others) | sent,
        "may_join": bool(others),
    }
    return page(request, "matters/matter.html", context, status=status)


def _forms(row: Matter, others: list[Matter]) -> Forms:
    return {
        "answer": AnswerForm(initial={"seen": str(row.version)}),
        "question": QuestionForm(),
        "note": NoteForm(),
        "agenda": AgendaForm(initial={"meeting": row.meeting}),
        "join": JoinForm(others=others),
    }


def _doubts(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(kind_of(code).label, count) for code, count in counts.items()]


def _measures(word: MatterWord) -> list[str]:
    try:
        return list(word.measures.get("measures", []))
    except CannotOpen:
        return []


def _done(
    request: HttpRequest, matter_id: UUID, name: str, form: forms.Form, act: Callable[[Matter, Reader], str]
) -> HttpResponse:
    """Do it and come back to the page with what was done; or the page again with what was typed and what is wrong."""
    by = reader(request)
    row = access.matter_for(by, matter_id)
    if form.is_valid():
        try:
            said = act(row, by)
        except Overtaken as error:
            row = access.matter_for(by, matter_id)
            if isinstance(form, AnswerForm):
                form.told(str(error), str(row.version))
            else:
                form.add_error(None, str(error))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, said, f"{HOME}/{matter_id}")
    return _page(request, row, {name: form}, 422)


@allow(Permission.LEADERS_READ)
@require_POST
def take_in(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """Read through: the leader team sees it. With `do=tilbake` it is sent back, since it tells of somebody."""
    by = reader(request)
    row = access.matter_for(by, matter_id)
    back = request.POST.get("do") == "tilbake"
    with refusal_above(request):
        (actions.send_back if back else actions.take_in)(matter=row, seen=request.POST.get("seen"), by=by)
        messages.success(request, _went(row, back=back))
    return see_other(f"{HOME}/{matter_id}")


def _went(row: Matter, *, back: bool) -> str:
    if not back:
        return "Systemsaken er tatt imot."
    told = queries.told_back(row)
    return f"Teksten er slettet her. {'Kommunen har fått beskjed.' if told else BY_HAND.format(name=row.kommune_name)}"


@allow(Permission.LEADERS_MANAGE)
@require_POST
def agenda(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """On the agenda of a meeting."""
    form = AgendaForm(request.POST, words=known_words(reader(request)))

    def act(row: Matter, by: Reader) -> str:
        actions.take_up(matter=row, meeting_label=form.cleaned_data["meeting"], reasons=form.reasons, by=by)
        return "Systemsaken står på saklisten, og kommunen har fått beskjed."

    return _done(request, matter_id, "agenda", form, act)


@allow(Permission.LEADERS_MANAGE)
@require_POST
def decide(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """The answer to the kommune."""
    form = AnswerForm(request.POST, words=known_words(reader(request)))

    def act(row: Matter, by: Reader) -> str:
        actions.decide(
            matter=row, text=form.cleaned_data["text"], decision=form.cleaned_data["decision"], measures=form.lines,
            reasons=form.reasons, seen=form.was_seen, by=by,
        )  # fmt: skip
        return "Svaret er sendt til kommunen."

    return _done(request, matter_id, "answer", form, act)


@allow(Permission.LEADERS_MANAGE)
@require_POST
def ask(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """A question to the kommune."""
    form = QuestionForm(request.POST, words=known_words(reader(request)))

    def act(row: Matter, by: Reader) -> str:
        actions.ask(matter=row, text=form.cleaned_data["text"], reasons=form.reasons, by=by)
        return "Spørsmålet er sendt til kommunen."

    return _done(request, matter_id, "question", form, act)


@allow(Permission.LEADERS_MANAGE)
@require_POST
def note(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """A note of the region's own."""
    form = NoteForm(request.POST)

    def act(row: Matter, by: Reader) -> str:
        actions.note(matter=row, text=form.cleaned_data["text"], by=by)
        return "Notatet er lagret."

    return _done(request, matter_id, "note", form, act)


@allow(Permission.LEADERS_MANAGE)
@require_POST
def join(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """Answered together with another; with `do=skill` by itself again."""
    by = reader(request)
    row = access.matter_for(by, matter_id)
    if request.POST.get("do") == "skill":
        with refusal_above(request):
            actions.part(matter=row, by=by)
            messages.success(request, "Systemsaken behandles for seg.")
        return see_other(f"{HOME}/{matter_id}")
    form = JoinForm(request.POST, others=queries.could_be_joined(row))

    def act(row: Matter, by: Reader) -> str:
        actions.join(matter=row, into=form.chosen(), by=by)
        return "Sakene er slått sammen. Svaret går til begge kommunene."

    return _done(request, matter_id, "join", form, act)


@allow(Permission.LEADERS_MANAGE)
@require_POST
def mark_read(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """What came has been read."""
    by = reader(request)
    actions.mark_read(matter=access.matter_for(by, matter_id), by=by)
    return back_with(request, "Merket som lest.", f"{HOME}/{matter_id}")


@allow(Permission.LEADERS_READ)
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """What the matters were about, by half-year, as a picture and as a table."""
    by = reader(request)
    record(by=by, action=Action.LIST, what=access.WHAT)
    came = ((code, day_of(at)) for code, at in Matter.objects.values_list("category", "received_at"))
    context = {"figures": figures.figures(came, day_of(now())), "as_of": now()}
    return page(request, "matters/numbers.html", context)


@allow(Permission.LEADERS_MANAGE)
@require_http_methods(READ_AND_SEND)
def intake(request: HttpRequest) -> HttpResponse:
    """Who takes matters in, and how long they are kept."""
    by = reader(request)
    record(by=by, action=Action.VIEW, what="matters.intake")
    form = IntakeForm(request.POST if request.method == "POST" else None, initial=_intake_now())
    if form.is_bound and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("who", "keep_years")}
        try:
            actions.set_intake(**told, seen=form.was_seen, by=by)
        except Overtaken as error:
            stands = _intake_now()
            form.told(str(error), stands["seen"], stands)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, "Oppsettet er lagret.", f"{HOME}/oppsett")
    return page(request, "matters/intake.html", {"form": form}, status=422 if form.is_bound else 200)


def _intake_now() -> dict[str, Any]:
    found = queries.intake()
    if found is None:
        return {"who": states.SECRETARY, "keep_years": None, "seen": ""}
    return {"who": found.who, "keep_years": found.keep_years, "seen": str(found.pk)}
