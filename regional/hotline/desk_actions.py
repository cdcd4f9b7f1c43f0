"""The buttons beside the talk: give the call away, note what was done at once, promise to ring back."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.http import HttpRequest

from regional.hotline import acts_actions, passing_actions
from regional.hotline.desk import place_of
from regional.hotline.line import acute_allowed
from regional.hotline.models import Call
from varde.access import reader
from varde.clock import OSLO, now
from varde.refusal import Refused
from varde.text import clean_text

GIVE, KEEP, ACT, BACK = "gi", "behold", "handling", "tilbake"
BUTTONS = (GIVE, KEEP, ACT, BACK)
# Before the place in the list.
REMOVE = "fjern-"
ANYBODY = "alle"


def do(request: HttpRequest, own: Call, pressed: str) -> tuple[str, str]:
    """Do it; where to go ("": to the call again) and what to say. Refused, or ValueError for words that are no text."""
    by = reader(request)
    if pressed == GIVE:
        to, said = request.POST.get("til", ""), clean_text(request.POST.get("sagt", ""), 2000)
        passing_actions.offer(call_id=own.id, to=_whom(to), said=said, place=place_of(request), by=by)
        return "", "Samtalen er tilbudt. Den er din til noen har tatt den."
    if pressed == KEEP:
        passing_actions.keep(call_id=own.id, by=by)
        return "", "Du beholder samtalen."
    if pressed == BACK:
        return f"/vakttelefon/ring-tilbake/ny?samtale={own.id}", ""
    if not acute_allowed(by, now()):
        raise Refused("Avtalen i regionen åpner ikke for at vakttelefonen handler selv. Ring 113 eller 112.")
    if pressed.startswith(REMOVE):
        acts_actions.remove_act(call_id=own.id, place=_number(pressed.removeprefix(REMOVE)), by=by)
        return "", "Tatt bort."
    note = clean_text(request.POST.get("handling_merknad", ""), 300)
    at = _moment(request.POST.get("handling_kl", ""))
    acts_actions.add_act(call_id=own.id, what=request.POST.get("handling_hva", ""), note=note, at=at, by=by)
    return "", "Notert. Det følger med til kommunen."


def _whom(text: str) -> UUID | None:
    if text == ANYBODY:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Refused("Velg hvem som skal få samtalen.") from None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1


def _moment(clock: str) -> datetime:
    """The latest moment when it was that time of day; now for an empty field."""
    if not clock:
        return now()
    try:
        said = time.fromisoformat(clock)
    except ValueError:
        raise Refused("Skriv klokkeslettet som 21.40.") from None
    here = now().astimezone(OSLO)
    at = datetime.combine(here.date(), said.replace(tzinfo=None), OSLO)
    return at if at <= here else at - timedelta(days=1)
