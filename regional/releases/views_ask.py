"""Asking for something to be done with the ledger: each page says what it means before the button."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from regional.releases import actions, pages_queries
from regional.releases.chain import verify
from regional.releases.forms import AskForm, CloseForm, RuleForm, SettleForm, WithdrawForm
from regional.releases.given import Given, given
from regional.releases.ledger import Ledger
from regional.releases.models import Wish
from regional.releases.other_actions import check_settled
from regional.releases.pages_next import HERE
from regional.releases.pages_queries import coming, not_given
from regional.releases.pages_words import period as said_period
from regional.releases.pages_words import rule as said_rule
from regional.releases.stops import CLAIMED
from regional.releases.views import READ_AND_SEND, task, why_broken, why_withdrawn
from varde.access import Permission, Reader, allow, reader
from varde.clock import now
from varde.identity.stepup import fresh
from varde.refusal import Refused, check_seen, print_of_values
from varde.text import listed
from varde.ui.dates import day_of
from varde.ui.seen import SeenForm
from varde.ui.shortcuts import back_with, page, see_other

OTHER = "Noe er endret siden du åpnet siden. Se over det som står her nå, og send på nytt."
ONE_DOES = "Halvåret blir lukket nå. Det tar noen sekunder."
MAKES = "Tallene blir laget nå. Det kan ta noen minutter, og du kan lukke siden."
TWO = "Det er bedt om. En annen må se på det og godkjenne."

type Do = Callable[[], Wish]


def ledger() -> Ledger:
    """As people read it. Raises Refused where the ledger is broken: then nothing is asked for."""
    try:
        return pages_queries.told()
    except ValueError as error:
        raise Refused(why_broken(error)) from error


def asked(request: HttpRequest, form: SeenForm, stands: str, do: Do, said: str) -> HttpResponse | None:
    """The answer when it is asked for; None: the form is to be shown, with what was typed in it."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        check_seen(form.was_seen or "", stands, OTHER)
        wish = do()
    except Refused as error:
        form.told(str(error), stands)
        return None
    return back_with(request, said, f"{HERE}/oppdrag/{wish.id}")


def posted(request: HttpRequest) -> Any:
    """What was sent, None for a page that is only opened."""
    return request.POST if request.method == "POST" else None


def show(request: HttpRequest, template: str, form: SeenForm, context: dict[str, Any], kind: str = "") -> HttpResponse:
    """The form, with 422 where something was sent that could not be taken. `kind`: what of the same kind has been asked
    for and is not over, stands above it."""
    by = reader(request)
    waits = [task(row, by) for row in pages_queries.under_way() if row.kind == kind]
    return page(request, template, {"form": form, "waits": waits, **context}, status=422 if form.is_bound else 200)


def cannot(request: HttpRequest, error: ValueError) -> HttpResponse:
    """Back to the overview with the sentence."""
    messages.error(request, str(error))
    return see_other(HERE)


@allow(Permission.STATISTICS_RELEASE)
@require_http_methods(READ_AND_SEND)
@fresh
def close(request: HttpRequest, period: str) -> HttpResponse:
    """The half-year that is next: all have sent, or somebody says «uten»."""
    by = reader(request)
    try:
        found = coming(ledger(), by, day_of(now()))
    except Refused as error:
        return cannot(request, error)
    if found is None or found.period != period:
        raise Http404
    lacking = found.lacking
    form = CloseForm(posted(request), lacking=lacking, initial={"seen": found.print})

    def do() -> Wish:
        return actions.ask_close(period=period, without=bool(lacking), by=by)

    done = asked(request, form, found.print, do, TWO if lacking else ONE_DOES) if found.over else None
    context = {"coming": found, "names": listed(lacking)}
    return done or show(request, "releases/close.html", form, context)


@allow(Permission.STATISTICS_RELEASE)
@require_http_methods(READ_AND_SEND)
def ask(request: HttpRequest, period: str) -> HttpResponse:
    """A release of everything that a closed half-year offers and that has not been said."""
    by = reader(request)
    try:
        told = ledger()
    except Refused as error:
        return cannot(request, error)
    tables = [one.label for one in not_given(told).get(period, ())]
    if not tables:
        raise Http404
    if told.unsettled:
        return cannot(request, Refused(CLAIMED))
    stands = print_of_values([period, tables])
    form = AskForm(posted(request), initial={"seen": stands})
    done = asked(request, form, stands, lambda: actions.ask_release(period=period, by=by), MAKES)
    context = {"label": said_period(period), "tables": tables, "rule": _rule(told), "gone": _taken_back(by, period)}
    return done or show(request, "releases/ask.html", form, context)


def _taken_back(by: Reader, period: str) -> list[dict[str, Any]]:
    """Releases of the half-year that have been withdrawn, each with why."""
    return [
        {"given": one, "why": why_withdrawn(one.number)}
        for one in given(by)
        if one.withdrawn_at and one.period == period
    ]


def _rule(told: Ledger) -> str:
    return said_rule(_numbers(told))


def _numbers(told: Ledger) -> dict[str, int]:
    one = told.rule
    return {"threshold": one.threshold, "coalition": one.coalition, "min_contributors": one.min_contributors}


@allow(Permission.STATISTICS_RELEASE)
@require_http_methods(READ_AND_SEND)
@fresh
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """A release is to be shown no more."""
    by = reader(request)
    found = _shown_release(by, number)
    form = WithdrawForm(posted(request), initial={"seen": found.digest})

    def do() -> Wish:
        return actions.ask_withdraw(release=number, reason=form.cleaned_data["reason"], by=by)

    done = asked(request, form, found.digest, do, TWO)
    return done or show(request, "releases/withdraw.html", form, {"given": found}, "withdrawn")


def _shown_release(by: Reader, number: int) -> Given:
    """The guard: 404 for what is no release, or is not shown any more."""
    try:
        found = next((one for one in given(by) if one.number == number and not one.withdrawn_at), None)
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found


@allow(Permission.STATISTICS_RELEASE)
@require_http_methods(READ_AND_SEND)
@fresh
def rule(request: HttpRequest) -> HttpResponse:
    """Another rule from now on."""
    by = reader(request)
    try:
        told = ledger()
        check_settled(told)
    except Refused as error:
        return cannot(request, error)
    numbers = _numbers(told)
    stands = print_of_values(numbers)
    kommuner = len(told.closed[-1].members) if told.closed else 3
    form = RuleForm(posted(request), kommuner=kommuner, initial=numbers | {"seen": stands})

    def do() -> Wish:
        said = {name: form.cleaned_data[name] for name in numbers}
        return actions.ask_rule(**said, by=by)

    done = asked(request, form, stands, do, TWO)
    return done or show(request, "releases/rule.html", form, {"rule": said_rule(numbers)}, "rule")


@allow(Permission.STATISTICS_RELEASE)
@require_http_methods(READ_AND_SEND)
@fresh
def settle(request: HttpRequest) -> HttpResponse:
    """Two people take to notice that something that was given out is not safe any more."""
    by = reader(request)
    stands = print_of_values(verify().number)
    form = SettleForm(posted(request), initial={"seen": stands})
    done = asked(request, form, stands, lambda: actions.ask_settle(because=form.cleaned_data["because"], by=by), TWO)
    return done or show(request, "releases/settle.html", form, {}, "settled")
