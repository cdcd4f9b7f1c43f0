"""The reporter fetches a copy of what they have just sent."""

from typing import Any

from django.http import HttpRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shared.registry.queries import facts
from tenants.inbox import copy_paper, limits
from varde.access import anyone, as_purpose, reader
from varde.address import address_of
from varde.audit.actions import Action, record
from varde.clock import now
from varde.documents.serving import paper_download
from varde.tenancy.door import need_office
from varde.ui.shortcuts import page


@csrf_exempt
@anyone
@as_purpose("intake")
@require_POST
def copy(request: HttpRequest) -> Any:
    """The PDF, from what the page with the receipt holds closed; 422 when its time is over."""
    office = facts(need_office())
    wait = limits.wait_for_copy(office.id, address_of(request))
    sent = copy_paper.opened(str(request.POST.get("given", "")), now()) if wait is None else None
    if sent is None:
        status = 422 if wait is None else 429
        response = page(request, "inbox/copy_gone.html", {"office": office, "wait": wait}, status=status)
        if wait is not None:
            response["Retry-After"] = str(wait)
        return response
    record(by=reader(request), action=Action.PRINT, what="inbox.receipt.copy", ids=[sent.concern_id])
    return paper_download(copy_paper.paper(sent, office, now()), "kopi-av-bekymringsmelding")
