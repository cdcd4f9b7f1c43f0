"""The systems that talk to the office: the list, a new one with its token, and the end of one."""

from secrets import token_hex
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from varde.access import Permission, allow, reader
from varde.clock import now
from varde.identity.stepup import fresh
from varde.machines import access, actions
from varde.machines.forms import MachineForm
from varde.ui.shortcuts import page

# In the session: the pages whose form has been sent.
SENT = "machines_sent"


@allow(Permission.HOTLINE_MANAGE)
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def machines(request: HttpRequest) -> HttpResponse:
    """The list, and a new one. The token stands in the answer to the POST alone, and nowhere else."""
    form = MachineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if _sent_before(request):
            messages.info(request, "Nøkkelen er gitt allerede, og vises bare én gang. Ingen ny er laget.")
            return redirect("/maskiner")
        machine, token = actions.give(**form.given(), by=reader(request))
        return _shown(request, MachineForm(), 200, {"made": machine, "token": token})
    return _shown(request, form, 422 if form.is_bound else 200, {})


def _shown(request: HttpRequest, form: MachineForm, status: int, more: dict[str, object]) -> HttpResponse:
    rows = [(row, row.holds(now())) for row in access.list_machines(reader(request))]
    shown = {"form": form, "rows": rows, "once": token_hex(8)}
    return page(request, "machines/machines.html", shown | more, status=status)


def _sent_before(request: HttpRequest) -> bool:
    """Has this very page been sent already? Loaded again, the answer to a POST would give one more token."""
    mark, used = request.POST.get("side", "")[:16], request.session.get(SENT, [])
    if not mark or mark in used:
        return bool(mark)
    request.session[SENT] = [*used, mark][-20:]
    return False


@require_POST
@allow(Permission.HOTLINE_MANAGE)
@fresh
def revoke(request: HttpRequest, machine_id: UUID) -> HttpResponse:
    """Its token opens nothing from now on."""
    machine = actions.revoke(machine_id=machine_id, by=reader(request))
    messages.success(request, f"Nøkkelen til «{machine.name}» er trukket tilbake.")
    return redirect("/maskiner")
