"""Sending a concern back to the phone; and the button of a test."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from shared.contracts import AcuteAction
from shared.contracts.fields import from_json
from shared.post.keys import NoKey
from shared.registry.models import Office
from shared.registry.queries import norwegian
from tenants.inbox import returned_queries
from tenants.inbox.access import concern_for
from tenants.inbox.home import home_of
from tenants.inbox.models import Concern
from tenants.inbox.panels import Panel
from tenants.inbox.returned_actions import open_trial, send_back
from tenants.inbox.returned_added import Weighed, before, weigh
from tenants.inbox.returned_forms import ReturnForm
from tenants.inbox.returned_models import Trial
from tenants.inbox.returned_states import WHY, can_return
from varde.access import Permission, Reader, allow, reader
from varde.audit.actions import Action, record
from varde.privacy.errors import CannotOpen, Destroyed
from varde.ui.refusals import refusal_on
from varde.ui.shortcuts import back_with, page


def _known(own: UUID) -> list[tuple[str, str]]:
    """Where the phone can send it on."""
    rows = Office.objects.filter(kind="kommune", active=True, has_team=True).exclude(id=own)
    return [(row.number, row.name) for row in sorted(rows, key=lambda row: norwegian(row.name))]


@allow(Permission.TRIAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def send_it_back(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """«Send tilbake til vakttelefonen»."""
    by = reader(request)
    found = concern_for(by, concern_id)
    posted = request.method == "POST"
    form = ReturnForm(request.POST if posted else None, kommuner=_known(by.office.id))
    if posted and form.is_valid():
        with refusal_on(form, also=(NoKey, Destroyed)):
            send_back(concern=found, why=form.cleaned_data["why"], suggested=form.cleaned_data["suggested"], by=by)
            return back_with(request, "Bekymringen er sendt tilbake til vakttelefonen.", f"/innboks/{concern_id}")
    context = {"concern": found, "home": home_of(found), "form": form, "goes": _goes(found)}
    return page(request, "inbox/send_back.html", context, status=422 if posted else 200)


def _goes(concern: Concern) -> Weighed | None:
    """What follows and what does not, for a concern that can be sent back."""
    try:
        return weigh(concern) if _returnable(concern) else None
    except CannotOpen:
        return None


def _returnable(concern: Concern) -> bool:
    return can_return(concern.channel, concern.progress, carried=bool(concern.letter_id and concern.origin))


def on_concern(concern: Concern, by: Reader) -> Panel | None:
    """How it was sent back, or the way to do it."""
    if concern.channel != "hotline" or not by.may(Permission.TRIAGE):
        return None
    back = returned_queries.returned(concern)
    if back is None and not _returnable(concern):
        return None
    context = {"back": back, "why": dict(WHY).get(back.why, "") if back else ""}
    return Panel("inbox/_returned.html", context)


def from_phone(concern: Concern, by: Reader) -> Panel | None:
    """What the phone did at once, and whether this has been elsewhere first: before what was told."""
    known = returned_queries.from_phone(concern) if concern.channel == "hotline" else None
    if known is None:
        return None
    try:
        done = [from_json(AcuteAction, row, "done") for row in known.done.get("rows", [])]
        noted = before(known)
    except CannotOpen:
        return None
    context = {"done": done, "noted": noted, "service": known.service, "times": known.times}
    return Panel("inbox/_from_phone.html", context, top=True)


def on_start(request: HttpRequest, by: Reader) -> SafeString:
    """Tests that wait for somebody to say that they came."""
    if by.office.kind != "kommune" or not by.may(Permission.INBOX_READ):
        return SafeString("")
    trials = returned_queries.unseen_trials()
    return SafeString(render_to_string("inbox/_trials.html", {"trials": trials}, request) if trials else "")


@allow(Permission.INBOX_READ)
@require_POST
def see_trial(request: HttpRequest, trial_id: UUID) -> HttpResponse:
    """«Jeg ser prøven»."""
    by = reader(request)
    if not Trial.objects.filter(id=trial_id).exists():
        record(by=by, action=Action.DENIED, what="inbox.trial", ids=[trial_id])
        raise Http404
    row = open_trial(trial_id=trial_id, by=by)
    return back_with(request, f"Prøven {row.reference} er åpnet. Vakttelefonen får vite det.", "/start")
