"""Measures, the safety plan, requests and what was shared, on the case page and in its timeline."""

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tenants.cases.models import Case
from tenants.cases.panels import Event, brief, quiet
from tenants.cases.queries import owners
from tenants.inbox.mistakes_queries import address, marks_of
from tenants.inbox.models import Concern
from tenants.inbox.panels import Panel
from tenants.measures import contacts_queries, queries, requests_queries, safety_queries, sharing_queries
from tenants.measures.again_models import TakenUpAgain
from tenants.measures.contacts_models import CaseContact
from tenants.measures.models import Measure
from tenants.measures.requests_models import Request
from tenants.measures.requests_states import STATES as REQUEST_STATES
from tenants.measures.requests_states import WAITING
from tenants.measures.sharing_models import Sharing
from tenants.measures.states import OPEN, STATES
from tenants.triage import hooks
from tenants.triage.states import DECIDABLE
from varde.access import Permission, Reader
from varde.clock import now
from varde.privacy.fields import open_together
from varde.ui.dates import day_of
from varde.ui.gone import GONE, words


def on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """The measures of the case, how far they have come, what they led to, and the way to a new one."""
    found = queries.of_case(case)
    still_open = [measure for measure in found if measure.status in OPEN]
    context = {
        "case": case,
        "open": still_open,
        "ended": [measure for measure in found if measure.status not in OPEN],
        "progress": _progress(found),
        "gone": _gone(case, still_open),
    }
    return SafeString(render_to_string("measures/_panel.html", context, request))


def _progress(found: list[Measure]) -> str:
    """How many of each status, in words; nothing to say of a single measure."""
    count = Counter(measure.status for measure in found)
    said = [f"{count[code]} {label.lower()}" for code, label in STATES if count[code]]
    return ", ".join(said) if len(found) > 1 else ""


def _gone(case: Case, measures: list[Measure]) -> set[UUID]:
    """Owners who do not see the case any more."""
    return {measure.owner_id for measure in measures} - {user.id for user in owners(case)} if measures else set()


def safety_on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """Whether there is a safety plan, and the way to it."""
    plan = safety_queries.newest(case)
    context = {"case": case, "plan": plan}
    html = SafeString(render_to_string("measures/_safety_panel.html", context, request).strip())
    return quiet(html, nothing_open=case.state != "open" or (plan is not None and plan.agreed_on is not None))


def requests_on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """What others were asked."""
    rows = requests_queries.of_case(case)
    open_together(rows)
    context = {"case": case, "requests": rows, "waiting": WAITING}
    html = SafeString(render_to_string("measures/_requests_panel.html", context, request).strip())
    asked = [row.due_on for row in rows if row.state in WAITING]
    late = any(day < day_of(now()) for day in asked)
    return brief(html, waits=f"{len(asked)} uten svar" if asked else "", colour="danger" if late else "info")


def sharing_on_case(case: Case, reader: Reader, request: HttpRequest) -> SafeString:
    """What was shared, with whom, why, and when it was opened."""
    context = {"case": case, "shared": sharing_queries.of_matter(case.concern, now())}
    return SafeString(render_to_string("measures/_sharing_panel.html", context, request).strip())


def events(case: Case) -> Iterator[Event]:
    """When measures were planned and ended."""
    for measure in queries.of_case(case):
        yield Event(measure.made_at, "Tiltak planlagt", measure.made_by_name, words(measure, "title"))
        if measure.ended_at is not None:
            title = f"Tiltak: {measure.get_status_display()}"
            yield Event(measure.ended_at, title, measure.ended_by_name, _came_of(measure))


def plan_events(case: Case) -> Iterator[Event]:
    """Versions of the safety plan."""
    for plan in safety_queries.versions(case):
        yield Event(plan.made_at, f"Trygghetsplan, utgave {plan.version}", plan.made_by_name)


def again_events(case: Case) -> Iterator[Event]:
    """How measures and requests had ended that were taken up again, and why they were."""
    rows = list(TakenUpAgain.objects.filter(case=case).select_related("measure", "request__partner"))
    open_together(rows)
    for row in rows:
        of = "Tiltaket" if row.measure else "Forespørselen"
        states = dict(STATES if row.measure else REQUEST_STATES)
        yield Event(row.ended_at, f"{of}: {states[row.state].lower()}", row.ended_by_name, words(row, "was"))
        yield Event(row.at, f"{of} er tatt opp igjen", row.by_name, words(row, "reason"))


def _contacts(concern: Concern) -> Iterator[Event]:
    rows = contacts_queries.of_matter(concern)
    marks = marks_of(CaseContact, [row.pk for row in rows])
    for row in rows:
        name, mark = row.partner.name if row.partner else words(row, "who"), marks.get(row.pk)
        text = words(row, "text") if row.reached else f"Fikk ikke tak i noen. {words(row, 'text')}"
        at = "" if mark else address(concern.pk, "kontakt", row.pk)
        yield Event(row.at, f"Kontakt med {name}", row.by_name, text, mark.said if mark else "", at)


def outward_events(case: Case) -> Iterator[Event]:
    """Requests with their receipts and answers, contact with others, and what was shared."""
    for row in requests_queries.of_case(case):
        yield from _of_request(row)
    yield from early_events(case.concern)


def early_events(concern: Concern) -> Iterator[Event]:
    """Contact with others and what was shared, of a matter that need not be a case."""
    yield from _contacts(concern)
    for shared in Sharing.objects.filter(concern=concern):
        yield Event(shared.made_at, f"Delt med {words(shared, 'recipient')}", shared.made_by_name, words(shared, "why"))
        if shared.opened_at is not None:
            yield Event(shared.opened_at, "Engangslenken ble åpnet", words(shared, "recipient"))
        if shared.revoked_at is not None:
            yield Event(shared.revoked_at, "Engangslenken ble trukket tilbake", shared.revoked_by_name)


def early_on_concern(concern: Concern, reader: Reader) -> Panel | None:
    """On the page of a matter that is not a case: whom the team spoke to, what was shared, the ways to both."""
    if not reader.may(Permission.TRIAGE) or hooks.homes([concern.pk]):
        return None
    happened = sorted(early_events(concern), key=lambda event: event.when, reverse=True)
    going = concern.progress in DECIDABLE
    return Panel("measures/_early_panel.html", {"happened": happened, "going": going}) if going or happened else None


def _of_request(row: Request) -> Iterator[Event]:
    yield Event(row.sent_at, f"Forespørsel til {row.to_whom}", row.sent_by_name, words(row, "asked"))
    if row.received_at is not None and row.received_at != row.answered_at:
        yield Event(row.received_at, "Forespørselen er mottatt", words(row, "received_by"))
    if row.answered_at is not None:
        state = dict(REQUEST_STATES)[row.state].lower()
        yield Event(row.answered_at, f"Forespørselen er {state}", row.answered_by_name, words(row, "answer"))


def _came_of(measure: Measure) -> str:
    title, effect = words(measure, "title"), words(measure, "effect")
    return title if effect == GONE else f"{title}\n{effect}"
