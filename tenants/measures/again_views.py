"""«Ta opp igjen»: why, and by when."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenants.cases.access import case_for
from tenants.cases.models import Case
from tenants.measures import again_actions
from tenants.measures.access import measure_for
from tenants.measures.requests_access import request_in
from tenants.measures.states import OPEN
from varde.access import Permission, allow, reader
from varde.clock import now
from varde.days import check_to_come
from varde.privacy.errors import Destroyed
from varde.ui.dates import day_of
from varde.ui.fields import LongTextField, in_form
from varde.ui.gone import words
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page, see_other
from varde.ui.widgets import DayInput

READ_AND_SEND = ["GET", "HEAD", "POST"]


class AgainForm(forms.Form):
    """Why it goes on, and when it is due."""

    reason = LongTextField(
        label="Hvorfor tas det opp igjen?",
        max_length=4000,
        error_messages={"required": "Skriv kort hvorfor det tas opp igjen."},
    )
    due_on = forms.DateField(label="Ny frist", widget=DayInput)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_due_on(self) -> date:
        """Not past."""
        day: date = self.cleaned_data["due_on"]
        with in_form():
            check_to_come(day, day_of(self.now))
        return day


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def measure(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """A measure that was ended goes on."""
    by = reader(request)
    found = measure_for(by, measure_id)
    back = f"/tiltak/{found.pk}"
    if request.method != "POST" and (found.status in OPEN or found.case.state != "open"):
        return see_other(back)
    shown = {"what": words(found, "title"), "ended": found.get_status_display(), "was": words(found, "effect")}
    return _page(
        request, found.case, back, shown, lambda data: again_actions.measure_again(measure=found, by=by, **data)
    )  # fmt: skip


@allow(Permission.CASES)
@require_http_methods(READ_AND_SEND)
def asked(request: HttpRequest, case_id: UUID, request_id: UUID) -> HttpResponse:
    """A request that was answered waits again."""
    by = reader(request)
    case = case_for(by, case_id)
    found = request_in(by, case, request_id)
    back = f"/saker/{case.pk}/foresporsler/{found.pk}"
    if request.method != "POST" and (found.state not in ("answered", "refused") or case.state != "open"):
        return see_other(back)
    shown = {"what": words(found, "asked"), "ended": found.get_state_display(), "was": words(found, "answer")}
    return _page(
        request, case, back, shown, lambda data: again_actions.request_again(request=found, by=by, **data)
    )  # fmt: skip


def _page(
    request: HttpRequest, case: Case, back: str, shown: dict[str, str], act: Callable[[dict[str, Any]], None]
) -> HttpResponse:
    form = AgainForm(request.POST if request.method == "POST" else None, now=now())
    if form.is_bound and form.is_valid():
        with refusal_on(form, also=Destroyed):
            act(form.cleaned_data)
            return back_with(request, "Tatt opp igjen. Det som sto før, står i tidslinjen.", back)
    context = {"case": case, "form": form, "back": back, **shown}
    return page(request, "measures/again.html", context, status=422 if form.is_bound else 200)
