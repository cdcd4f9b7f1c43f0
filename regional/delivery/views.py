"""What came back and its new kommune; how long a concern may wait; and test concerns."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from regional.delivery import access, actions, queries
from regional.delivery.forms import OrderForm, TestForm, WaitForm
from regional.delivery.states import WHY, time_in_words
from regional.hotline.actions import NotARecipient
from regional.phone.access import declared
from shared.post.keys import NoKey
from shared.registry.queries import kommuner_of, office_by_id
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page

HERE = "/vakttelefon/kom-tilbake"


@require_GET
@allow(Permission.HOTLINE, Permission.HOTLINE_MANAGE)
def came_back(request: HttpRequest) -> HttpResponse:
    """Everything that came back. Whoever answers the phone has signed; who runs it need not have."""
    return _list(request) if reader(request).may(Permission.HOTLINE_MANAGE) else declared(_list)(request)


def _list(request: HttpRequest) -> HttpResponse:
    by = reader(request)
    context = {"lines": access.lines_for(by), "may_send": by.may(Permission.HOTLINE)}
    return page(request, "delivery/came_back.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.HOTLINE)
@declared
def send_on(request: HttpRequest, returned_id: UUID) -> HttpResponse:
    """Choose where it is to go. Nothing of what was said is here."""
    by = reader(request)
    came = access.returned_for(by, returned_id)
    posted = request.method == "POST"
    recipients = queries.recipients()
    guess = next((str(each.id) for each in recipients if came.suggested and each.number == came.suggested), "")
    form = OrderForm(request.POST if posted else None, recipients=recipients, initial={"kommune": guess})
    if posted and form.is_valid():
        with refusal_on(form, also=NotARecipient):
            actions.order(returned_id=came.id, to=UUID(form.cleaned_data["kommune"]), by=by)
            return back_with(request, f"{came.reference} sendes til den nye kommunen nå.", HERE)
    context = {
        "came": came,
        "form": form,
        "from": office_by_id(came.kommune).name,
        "why": dict(WHY).get(came.why, ""),
        "again": time_in_words(came.times),
        "to": queries.chosen_name(came),
        "suggested": queries.suggested_name(came),
    }
    return page(request, "delivery/send_on.html", context, status=422 if posted else 200)


@allow(Permission.HOTLINE_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def waits(request: HttpRequest) -> HttpResponse:
    """How each kommune takes what is sent, and how long it may wait before the phone is told."""
    by, posted = reader(request), request.method == "POST"
    form = WaitForm(request.POST if posted else None, initial={"hours": queries.hours()})
    if posted and form.is_valid():
        with refusal_on(form, "hours"):
            actions.set_wait(hours=form.cleaned_data["hours"], by=by)
            return back_with(request, "Fristen er lagret.", request.path)
    record(by=by, action=Action.LIST, what="delivery.waited")
    history = [{"when": row.at, "title": f"{row.hours} timer", "who": row.by_name} for row in queries.rules()[:20]]
    context = {
        "form": form,
        "history": history,
        "kommuner": queries.per_kommune(by.office.id, now()),
        "hours": queries.hours(),
    }
    return page(request, "delivery/waits.html", context, status=422 if posted else 200)


@allow(Permission.HOTLINE_MANAGE, Permission.POST_STATUS)
@require_http_methods(["GET", "HEAD", "POST"])
def test(request: HttpRequest) -> HttpResponse:
    """Send a test concern, and see how far the latest ones have come."""
    by, posted = reader(request), request.method == "POST"
    offices = [each for each in queries.recipients() if each.region_id == by.office.id]
    form = TestForm(request.POST if posted else None, recipients=offices)
    if posted and form.is_valid():
        try:
            sent = actions.send_test(to=UUID(form.cleaned_data["kommune"]), by=by)
        except (NotARecipient, NoKey) as error:
            form.add_error(None, str(error))
        else:
            return back_with(request, f"Prøven {sent.reference} er sendt.", request.path)
    record(by=by, action=Action.LIST, what="delivery.test")
    context = {"form": form, "tests": queries.test_lines(), "kommuner": len(kommuner_of(by.office.id))}
    return page(request, "delivery/test.html", context, status=422 if posted else 200)
