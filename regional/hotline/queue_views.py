"""What waits at the phone, and taking it; and a call that is sent and not stored yet."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from regional.hotline import access, actions, passing_actions, queue_queries, ringing_actions
from regional.hotline.acts import rows_of
from regional.hotline.desk import Desk, language_of, offices
from regional.hotline.forms import TOLD, CallForm, as_letter, has_words
from regional.hotline.line import chosen, names_of, said_on
from regional.hotline.models import Call
from regional.hotline.queries import opens, own_open, own_past
from regional.hotline.rows import unreadable
from regional.hotline.states import Delivery
from regional.phone.access import declared
from shared.post.keys import NoKey
from shared.registry.models import Office
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Overtaken
from varde.ui.seen import in_words
from varde.ui.shortcuts import page

CONSOLE = "/vakttelefon"
# How many of the latest sent ones stand in the queue, with how far they have come.
LATEST = 5


def context(request: HttpRequest, desk: Desk | None) -> dict[str, Any]:
    """The left side of the console."""
    by = reader(request)
    own = list(own_open(by))
    queue = queue_queries.queue(by, own)
    sent = [row for row in own_past(by) if row.kommune][:LATEST]
    lines = names_of({row.line for row in (*queue.ringing, *queue.offered, *queue.missed, *queue.lifted) if row.line})
    return {
        "queue": queue,
        "sent": sent,
        "lines": lines,
        "print": _print(queue, sent),
        "here": str(desk.call.id) if desk else request.GET.get("samtale", "")[:36],
        "news": _news(queue),
    }


def _print(queue: queue_queries.Queue, sent: list[Any]) -> str:
    """The same as long as nothing that the queue shows has changed."""
    stands = [
        [(row.id, row.lifted) for row in queue.ringing],
        list(queue.taken),
        [row.id for row in (*queue.offered, *queue.left, *queue.missed, *queue.lifted)],
        [(row.id, row.owner, row.due_at) for row in queue.callbacks],
        queue.later,
        [(row.id, row.offered_at, row.hung_up_at) for row in queue.own],
        [(row.id, row.state.label) for row in sent],
    ]
    return sha256(repr(stands).encode()).hexdigest()[:20]


def _news(queue: queue_queries.Queue) -> str:
    """What a screen reader says when the queue has changed."""
    said = [f"{len(queue.ringing)} ringer"] if queue.ringing else []
    said += [f"{len(queue.offered)} tilbudt deg" for _ in queue.offered[:1]]
    said += [f"{len(queue.left)} står åpne uten noen" for _ in queue.left[:1]]
    said += [f"{reference} er tatt av {name}" for reference, name in queue.taken]
    return ". ".join(said) + "." if said else "Ingen ringer."


@require_GET
@allow(Permission.HOTLINE)
@declared
def queue(request: HttpRequest) -> HttpResponse:
    """The queue again, when it is another than the page shows; else 204, and nothing is swapped."""
    shown = context(request, None)
    if shown["here"] and not access.may_read(shown["here"], reader(request)):
        shown |= {"here": "", "over": True}
    elif request.GET.get("sett") == shown["print"]:
        return HttpResponse(status=204)
    return page(request, "hotline/_queue_news.html", shown)


@require_POST
@allow(Permission.HOTLINE)
@declared
def claim(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Mine, when I am the first."""
    return _claimed(request, call_id)


@require_POST
@allow(Permission.HOTLINE)
@declared
def claim_next(request: HttpRequest) -> HttpResponse:
    """The one that has rung longest, whichever it is by now."""
    first = queue_queries.first_ringing()
    if first is None:
        messages.info(request, "Ingen ringer nå.")
        return redirect(CONSOLE)
    return _claimed(request, first)


def _claimed(request: HttpRequest, call_id: UUID) -> HttpResponse:
    try:
        taken = ringing_actions.claim(call_id=call_id, by=reader(request))
    except (Overtaken, Http404) as problem:
        return _too_late(request, problem)
    return redirect(f"{CONSOLE}/{taken.id}")


@require_POST
@allow(Permission.HOTLINE)
@declared
def let_go(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """A missed call that is not rung back."""
    try:
        gone = ringing_actions.let_go(call_id=call_id, by=reader(request))
    except (Overtaken, Http404) as problem:
        return _too_late(request, problem)
    messages.success(request, f"Anropet {gone.reference} er tatt av listen. Det er talt.")
    return redirect(CONSOLE)


@require_POST
@allow(Permission.HOTLINE)
@declared
def take(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """A call that a colleague offers."""
    try:
        mine = passing_actions.take(call_id=call_id, by=reader(request))
    except (Overtaken, Http404) as problem:
        return _too_late(request, problem)
    messages.success(request, f"Samtalen {mine.reference} er din nå.")
    return redirect(f"{CONSOLE}/{mine.id}")


def _too_late(request: HttpRequest, problem: Exception) -> HttpResponse:
    messages.info(request, str(problem) if isinstance(problem, Overtaken) else "Den er ikke lenger ledig.")
    return redirect(CONSOLE)


@require_GET
@allow(Permission.HOTLINE)
@declared
def greeting(request: HttpRequest) -> HttpResponse:
    """What to say, in another language; on the line of a call of one's own."""
    by = reader(request)
    call = own_open(by).filter(id=_uuid(request.GET.get("samtale", ""))).first()
    on = call or chosen(request.GET.get("telefon", ""), by, now())
    said = said_on(on.line if isinstance(on, Call) else on.id, language_of(request, call), by, on.service)
    record(by=by, action=Action.VIEW, what="hotline.greeting")
    return page(request, "hotline/_greeting.html", {"said": said})


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


# --- sent, and not stored yet ------------------------------------------------------------------------------
def sent_page(request: HttpRequest, call: Call, status: int = 200, error: str = "") -> HttpResponse:
    """What was told, read-only: nobody has stored it yet. From the receipt on this page is not there."""
    form = CallForm(initial=call.told, recipients=offices(request)[1], as_before=_name(call))
    told = [(form.fields[name].label, in_words(form.fields[name], call.told.get(name))) for name in TOLD]
    shown = {
        "call": call,
        "told": [(label, text) for label, text in told if text],
        "acts": rows_of(call.acts),
        "state": _state(call, reader(request)),
        "unreadable": unreadable(call),
        "form": form,
        "error": error,
    }
    return page(request, "hotline/sent.html", shown, status=status)


def no_more(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Her own call, which is not there to be read: how far it has come is said in the console. 404 for another's."""
    by = reader(request)
    for row in own_past(by, call_id):
        record(by=by, action=Action.VIEW, what="hotline.call", ids=[row.id])
        messages.info(request, f"Samtalen {row.reference} er over. Her står den som «{row.state.label}».")
        return redirect(CONSOLE)
    raise Http404


def over(request: HttpRequest, own: Call) -> HttpResponse:
    """Sent or ended already, in another tab: what this one has besides is given back, to be told in a new call."""
    form = CallForm(request.POST, recipients=offices(request)[1])
    if _more_was_typed(form, own):
        form.forgive()
        return over_page(request, form, own)
    messages.info(request, f"Samtalen {own.reference} er allerede avsluttet. Ingenting er sendt på nytt.")
    return redirect(CONSOLE)


def over_page(request: HttpRequest, form: CallForm, call: Call | None = None) -> HttpResponse:
    """What was typed too late, and the way on with it."""
    return page(request, "hotline/over.html", {"form": form, "call": call}, status=422)


def _more_was_typed(form: CallForm, own: Call) -> bool:
    """Not of one that a kommune has stored: its words are shown to nobody here, wherever they come from."""
    if own.state != "ended" and not (own.state == "sent" and opens(own)):
        return False
    form.full_clean()
    said = as_letter(form.told({}))
    return any(has_words({name: text}) and str(text) not in str(own.told.get(name, "")) for name, text in said.items())


def _name(call: Call) -> str:
    """What the kommune is called that it was sent to."""
    return Office.objects.filter(id=call.kommune).values_list("name", flat=True).first() or "kommunen som før"


def _state(call: Call, by: Any) -> Delivery:
    return next(row.state for row in own_past(by) if row.id == call.id)


@require_GET
@allow(Permission.HOTLINE)
@declared
def sent_state(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """How far it has come: while it is not stored nothing is swapped, then the words go from the screen."""
    by = reader(request)
    own = Call.objects.filter(id=call_id, operator=by.user_id).first()
    if own is None:
        raise Http404
    try:
        access.readable_call(call_id, by)
    except Http404:
        record(by=by, action=Action.VIEW, what="hotline.call", ids=[call_id])
        found = [row for row in own_past(by) if row.id == call_id]
        return page(request, "hotline/sent.html#stored", {"rows": found})
    return HttpResponse(status=204)


def send_again(request: HttpRequest, call: Call) -> HttpResponse:
    """The kommune could not read the letter: another one, of the same words and under the same reference."""
    access.readable_call(call.id, reader(request))
    try:
        to = _uuid(request.POST.get("kommune", "") or str(call.kommune))
        sent = actions.forward(call_id=call.id, told=call.told, to=to, by=reader(request))
    except (actions.NotARecipient, NoKey) as problem:
        return sent_page(request, call, status=422, error=f"{problem} Ingenting er sendt på nytt.")
    messages.success(request, f"Sendt på nytt. Referanse {sent.reference}.")
    return redirect(CONSOLE)
