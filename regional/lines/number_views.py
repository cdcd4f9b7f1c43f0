"""Lines, numbers, apparatus, words and the agreement: each changed in one place, with what was before under it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from regional.lines import access, actions, forms, greetings, queries
from regional.lines.board import Board, board
from regional.lines.models import Line
from regional.lines.setup import SERVICES
from regional.lines.views import HERE, READ_AND_SEND
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.refusal import Overtaken, Refused
from varde.ui.dates import date_and_time, day_of, short_date
from varde.ui.numbers import phone
from varde.ui.shortcuts import back_with, page, see_other

NUMBERS, WORDS = f"{HERE}/numre", f"{HERE}/hilsener"


def _form_page(
    request: HttpRequest,
    form: Any,
    act: Callable[[], object],
    *,
    title: str,
    back: str,
    said: str,
    lead: str = "",
    seen: Callable[[], str] = str,
    **more: Any,
) -> HttpResponse:
    """A form with its errors; a POST that goes well leads back."""
    if form.is_bound and form.is_valid():
        try:
            act()
        except Overtaken as error:
            form.told(str(error), seen())
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, said, back)
    context = {"form": form, "title": title, "lead": lead, "back": back} | more
    return page(request, "lines/form.html", context, status=422 if form.is_bound else 200)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@allow(Permission.HOTLINE_MANAGE)
@require_GET
def numbers(request: HttpRequest) -> HttpResponse:
    """Every line in use with its numbers and apparatus, and where each number leads now and later."""
    access.note_read(reader(request))
    moment = now()
    known = board(moment)
    offices = {office.id: office.name for office in queries.to_set_up(reader(request).office.id)}
    rows = [
        {
            "line": line,
            "of": offices.get(line.kommune, "") if line.kommune else "Alle kommunene",
            "numbers": [_written(number) for number in known.numbers_of(line.id, moment)],
            "apparatus": [_written(number) for number in known.apparatus(line.id, moment)],
        }
        for line in queries.open_lines()
    ]
    coming = [row for row in known.pointings if row.since > moment]
    context = {"rows": rows, "coming": coming, "lines": known.lines, "history": _number_history(known)}
    return page(request, "lines/numbers.html", context)


def _written(number: str) -> str:
    return phone(number.removeprefix("+47"))


def _number_history(known: Board) -> list[dict[str, Any]]:
    newest = sorted(known.pointings, key=lambda row: row.set_at, reverse=True)[:50]
    return [
        {
            "when": row.set_at,
            "who": row.set_by,
            "title": f"{_written(row.number)} til {known.lines[row.line_id].name if row.line_id else 'ingen linje'}",
            "text": f"Gjelder fra {date_and_time(row.since)}",
        }
        for row in newest
    ]


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def line_new(request: HttpRequest) -> HttpResponse:
    """A new line."""
    by = reader(request)
    form = forms.LineForm(_posted(request), offices=queries.to_set_up(by.office.id), initial={"service": "hotline"})
    return _form_page(
        request,
        form,
        lambda: actions.open_line(**form.data_of(), by=by),
        title="Ny linje",
        back=NUMBERS,
        said="Linjen er laget. Pek et nummer til den, og velg hvilke telefoner som ringer.",
        lead="En linje er en rolle, ikke et menneske eller et apparat. Numre leder til den, telefoner ringer for den.",
    )


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def line(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """A line: its name, whose number it also is, what rings, and the words it is answered with."""
    by, moment = reader(request), now()
    found = access.line(line_id, by)
    initial = {"name": found.name, "shared_with": found.shared_with, "seen": queries.line_seen(found)}
    form = forms.RenameForm(_posted(request), initial=initial)
    rings = [_written(number) for number in queries.apparatus(found, moment)]
    return _form_page(
        request,
        form,
        lambda: actions.change_line(line=found, **_named(form), by=by, seen=form.was_seen),
        title=found.name,
        back=NUMBERS,
        said="Linjen er endret.",
        lead=f"{SERVICES[found.service]}. Ringer på: {', '.join(rings) or 'ingen telefon'}.",  # type: ignore[index]
        seen=lambda: queries.line_seen(found),
        line=found,
    )


def _named(form: django_forms.Form) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("name", "shared_with")}


@allow(Permission.HOTLINE_MANAGE)
@require_POST
def line_close(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """A line is used no more."""
    found = access.line(line_id, reader(request))
    try:
        actions.close_line(line=found, by=reader(request))
    except Refused as error:
        messages.error(request, str(error))
        return see_other(f"{NUMBERS}/{line_id}")
    return back_with(request, f"{found.name} er ikke i bruk lenger.", NUMBERS)


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def point(request: HttpRequest) -> HttpResponse:
    """A number leads to a line from a time on. `?nummer=` and `?linje=` fill the form in."""
    by, lines = reader(request), queries.open_lines()
    initial = {"number": request.GET.get("nummer", ""), "line": request.GET.get("linje", ""), "begins": forms.NOW}
    form = forms.PointForm(_posted(request), lines=lines, initial=initial)
    by_id = {str(each.id): each for each in lines}
    if form.is_bound and form.is_valid() and not form.cleaned_data["sure"]:
        to = by_id.get(form.cleaned_data["line"])
        if why := queries.pointed_in_vain(form.cleaned_data["number"], to, form.since() or now(), by.office.id):
            form.ask(why)
    return _form_page(
        request,
        form,
        lambda: actions.point(
            number=form.cleaned_data["number"], line=by_id.get(form.cleaned_data["line"]), since=form.since(), by=by
        ),
        title="Pek et nummer til en linje",
        back=NUMBERS,
        said="Nummeret er pekt om. Samtaler som pågår, er som før.",
        lead="Det samme nummeret blir stående på plakater og nettsider. Her velger du hvem det leder til.",
    )


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def ring(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Which apparatus ring for a line from a time on."""
    by, moment = reader(request), now()
    found = access.line(line_id, by)
    stands = "\n".join(_written(number) for number in queries.apparatus(found, moment))
    form = forms.RingForm(_posted(request), initial={"apparatus": stands, "begins": forms.NOW})
    rows = found.ringings.order_by("-set_at", "-id")[:50]
    history = [
        {
            "when": row.set_at,
            "who": row.set_by,
            "title": ", ".join(map(_written, row.apparatus)) or "Ingen telefon",
            "text": f"Gjelder fra {date_and_time(row.since)}",
        }
        for row in rows
    ]
    return _form_page(
        request,
        form,
        lambda: actions.ring(line=found, apparatus=form.cleaned_data["apparatus"], since=form.since(), by=by),
        title=f"Telefoner for {found.name}",
        back=NUMBERS,
        said="Endringen er lagret.",
        lead="Alle ringer samtidig. Den første som svarer, får samtalen.",
        history=history,
    )


@allow(Permission.HOTLINE_MANAGE)
@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """The words of each service, and of each line that shares its number, in every language."""
    access.note_read(reader(request), "lines.words")
    shared = [each for each in queries.open_lines() if each.shared_with]
    groups = [_words_of(None, service, label) for service, label in SERVICES.items()]
    groups += [_words_of(each, each.service, f"{each.name}, deler nummer med {each.shared_with}") for each in shared]
    return page(request, "lines/words.html", {"groups": groups})


def _words_of(of: Line | None, service: str, label: str) -> dict[str, Any]:
    rows = [
        {"language": code, "label": name, "said": queries.greeting_of(of, service, code)}
        for code, name in greetings.LANGUAGES.items()
    ]
    return {"line": of, "service": service, "label": label, "rows": rows}


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def words_new(request: HttpRequest, service: str) -> HttpResponse:
    """A new version of the words of a service, or with `?linje=` of a line that shares its number."""
    by = reader(request)
    lines = {str(each.id): each for each in queries.open_lines() if each.service == service}
    wanted, language = request.GET.get("linje", ""), request.GET.get("sprak", "nb")
    if service not in SERVICES or (wanted and wanted not in lines) or language not in greetings.LANGUAGES:
        raise Http404
    of = lines.get(wanted)
    stands = queries.greeting_of(of, service, language)
    initial = {"text": stands.text if stands.written else ""}
    if request.method != "POST":
        access.note_read(by, "lines.words")
    form = forms.WordsForm(_posted(request), initial=initial)
    history = [
        {"when": row.set_at, "who": row.set_by, "title": row.get_language_display(), "text": row.text or "Tatt bort"}
        for row in queries.words_history(of, service)
    ]
    return _form_page(
        request,
        form,
        lambda: actions.write_words(line=of, service=service, language=language, text=form.cleaned_data["text"], by=by),
        title=f"Hilsen på {greetings.LANGUAGES[language].lower()}: {of.name if of else SERVICES[service]}",
        back=WORDS,
        said="Hilsenen er lagret og vises på vakttelefonen med en gang.",
        lead="Nordsamisk skrives av en oversetter. Er den ikke skrevet, vises bokmål, og det står at den mangler.",
        history=history,
    )


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(READ_AND_SEND)
def agreement(request: HttpRequest) -> HttpResponse:
    """Whether the operators may act themselves in the acute phase, and what was agreed before."""
    by = reader(request)
    if request.method != "POST":
        access.note_read(by, "lines.agreement")
    form = forms.AgreementForm(_posted(request), initial={"from_day": day_of(now())})
    history = [
        {
            "when": row.set_at,
            "who": row.set_by,
            "title": f"{'Ja' if row.allowed else 'Nei'}{': ' + row.agreement if row.agreement else ''}",
            "text": f"Fra {short_date(row.from_day)}{' til ' + short_date(row.until_day) if row.until_day else ''}",
        }
        for row in queries.agreements()
    ]
    names = ("allowed", "agreement", "from_day", "until_day")
    return _form_page(
        request,
        form,
        lambda: actions.set_agreement(**{name: form.cleaned_data[name] for name in names}, by=by),
        title="Å handle når det er akutt",
        back=HERE,
        said="Avtalen er ført inn.",
        lead="Operatørene kan føre opp det de selv har gjort, bare når avtalen åpner for det den dagen.",
        history=history,
    )
