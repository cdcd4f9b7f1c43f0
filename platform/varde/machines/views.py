"""The systems that talk to the office: the list, a new one with its token, and the end of one."""

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


@allow(Permission.HOTLINE_MANAGE)
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def machines(request: HttpRequest) -> HttpResponse:
    """The list, and a new one. The token stands in the answer to the POST alone, and nowhere else."""
    form = MachineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        machine, token = actions.give(**form.given(), by=reader(request))
        return _shown(request, MachineForm(), 200, {"made": machine, "token": token})
    return _shown(request, form, 422 if form.is_bound else 200, {})


def _shown(request: HttpRequest, form: MachineForm, status: int, more: dict[str, object]) -> HttpResponse:
    rows = [(row, row.holds(now())) for row in access.list_machines(reader(request))]
    return page(request, "machines/machines.html", {"form": form, "rows": rows} | more, status=status)


@require_POST
@allow(Permission.HOTLINE_MANAGE)
@fresh
def revoke(request: HttpRequest, machine_id: UUID) -> HttpResponse:
    """Its token opens nothing from now on."""
    machine = actions.revoke(machine_id=machine_id, by=reader(request))
    messages.success(request, f"Nøkkelen til «{machine.name}» er trukket tilbake.")
    return redirect("/maskiner")
