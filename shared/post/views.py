"""Is anything missing? What this office has sent or waits for, and what the ledger has found: times and types, no
content. The platform's own staff see counts alone."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from shared.post import ledger_actions, ledger_queries, overview
from shared.post.ledger_models import Finding
from shared.post.ledger_queries import OfficeLine
from shared.post.overview import lines, per_recipient
from shared.post.queries import under_way
from varde.access import Permission, allow, reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.ui.dates import span
from varde.ui.refusals import refusal_above
from varde.ui.shortcuts import page, see_other


@require_GET
@allow(Permission.POST_STATUS)
def status(request: HttpRequest) -> HttpResponse:
    """The letters without a receipt and the findings; htmx asks for the table alone every half minute."""
    by = reader(request)
    record(by=by, action=Action.LIST, what="post.under_way")
    at, offices = now(), ledger_queries.offices(by.office)
    if by.office.kind == "drift":
        watched = [line for line in offices if line.office.kind != "drift"]
        context = {
            "offices": watched,
            "all": ledger_queries.together(watched),
            "concerns": ledger_queries.together_of(watched, "concern"),
            "verdict": overview.verdict_of_all(watched, at),
            "seen_at": at,
        }
        return page(request, "post/platform.html", context)
    region = by.office.kind == "region"
    # A kommune's letters are about matters that not everybody there may know of: it sees what does not fit, no counts.
    letters = under_way(by.office) if region else []
    found = overview.missing(ledger_queries.open_findings(by), ledger_queries.names())
    own = next((line for line in offices if line.office.id == by.office.id), None)
    context = {
        "lines": lines(letters),
        "recipients": [(name, number, span(oldest)) for name, number, oldest in per_recipient(letters)],
        "seen_at": at,
        "missing": found,
        "verdict": _verdict(found, own, offices if region else [], at),
        "offices": offices if region else [],
        "all": ledger_queries.together(offices),
        "concerns": ledger_queries.together_of(offices, "concern"),
        "own": own,
        "kinds": region,
    }
    part = "#table" if request.headers.get("HX-Request") else ""
    return page(request, f"post/status.html{part}", context)


def _verdict(
    found: list[overview.Missing], own: OfficeLine | None, offices: list[OfficeLine], at: datetime
) -> overview.Verdict:
    """By what this office has found itself, and for a region also by what its kommuner say of theirs."""
    last = own.at if own else None
    return overview.verdict_of_all(offices, at) if offices and last and not found else overview.verdict(found, last, at)


@require_POST
@allow(Permission.POST_STATUS)
def again(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """«Send på nytt»: the sealed letter still lies in the post, so its recipient can open it again."""
    by = reader(request)
    row = Finding.objects.filter(id=finding_id, office=by.office.id, letter_id__isnull=False).first()
    if row is None or row.letter_id is None:
        record(by=by, action=Action.DENIED, what="post.finding", ids=[finding_id])
        raise Http404
    with refusal_above(request):
        asked = ledger_actions.redeliver(letter_ids=[row.letter_id], by=by)
        sentence = "Brevet leveres på nytt. Neste kontroll sier om det er på plass."
        messages.success(request, sentence if asked else "Brevet er alt på vei på nytt.")
    return see_other("/post")
