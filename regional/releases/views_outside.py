"""A figure that others have published: which one, of when, and where it stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from regional.releases import actions
from regional.releases.cells import FIRST, QUARTERS, SECOND
from regional.releases.forms import OutsideForm
from regional.releases.ledger import Ledger
from regional.releases.models import Wish
from regional.releases.views import READ_AND_SEND
from regional.releases.views_ask import TWO, asked, cannot, ledger, posted, show
from shared.codes.forms import REPORTED, form
from varde.access import Permission, allow, reader
from varde.identity.stepup import fresh
from varde.refusal import Refused, print_of_values

CASES = "saker"


@allow(Permission.STATISTICS_RELEASE)
@require_http_methods(READ_AND_SEND)
@fresh
def outside(request: HttpRequest) -> HttpResponse:
    """What everybody may know from elsewhere; whatever it says is taken down, true or not."""
    by = reader(request)
    try:
        told = ledger()
    except Refused as error:
        return cannot(request, error)
    periods = _periods(told)
    stands = print_of_values([key for key, _ in periods])
    typed = OutsideForm(
        posted(request), figures=figures(), periods=periods, kommuner=_kommuner(told), initial={"seen": stands}
    )

    def do() -> Wish:
        return actions.ask_outside(**_said(typed.cleaned_data, told), by=by)

    done = asked(request, typed, stands, do, TWO)
    return done or show(request, "releases/outside.html", typed, {"none": not periods}, "outside")


def figures() -> list[tuple[str, Any]]:
    """All cases, and every answer of the form under its question."""
    asked_for = form(REPORTED).choices
    answers = [(one.label, [(f"{one.key}:{each.code}", each.label) for each in one.answers]) for one in asked_for]
    return [(CASES, "Antall saker"), *answers]


def _periods(told: Ledger) -> list[tuple[str, str]]:
    """Every table but single quarters, the newest first; each once."""
    found = [one for period in reversed(told.periods) for one in told.offered(period) if not one.quarter]
    return list({one.id: one.label for one in found}.items())


def _kommuner(told: Ledger) -> list[tuple[str, str]]:
    """Everybody that was there in a closed half-year, by name as it was last."""
    return sorted({each.id: each.name for closed in told.closed for each in closed.members}.items(), key=lambda x: x[1])


def _said(data: dict[str, Any], told: Ledger) -> dict[str, Any]:
    """As the action takes it. The periods are those of the table that was chosen."""
    question, _, code = data["figure"].partition(":")
    codes = (FIRST, SECOND) if question == CASES else (code,)
    offered = {one.id: one.periods for period in told.periods for one in told.offered(period)}
    return {
        "question": QUARTERS if question == CASES else question,
        "kind": "codes",
        "codes": codes,
        "periods": offered[data["period"]],
        "low": data["low"],
        "high": data["high"],
        "kommuner": tuple(data["kommuner"]),
        "source": data["source"],
    }
