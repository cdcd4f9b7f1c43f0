"""Who is lent to whom, as the kommune sees it, and its own yes and no."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenants.starting import lends_actions, lends_queries
from varde.access import Permission, allow, reader, require
from varde.audit.actions import Action, record
from varde.ui.refusals import refusal_above
from varde.ui.shortcuts import page, see_other

HERE = "/samarbeidsavtale/utlan"


@allow(Permission.STARTING, Permission.AGREEMENT_SAY)
@require_http_methods(["GET", "HEAD", "POST"])
def lends(request: HttpRequest) -> HttpResponse:
    """Every lend that the kommune has a say in. POST says yes or no to one: fields `lend` and `word`."""
    by = reader(request)
    if request.method == "POST":
        require(by, Permission.AGREEMENT_SAY)
        say = lends_actions.say_yes if request.POST.get("word") == "in" else lends_actions.say_no
        with refusal_above(request):
            say(key=request.POST.get("lend", ""), by=by)
            messages.success(request, "Svaret gjelder fra nå.")
        return see_other(HERE)
    record(by=by, action=Action.VIEW, what="starting.agreement")
    context = {"rows": lends_queries.rows(by), "may": by.may(Permission.AGREEMENT_SAY)}
    return page(request, "starting/lends.html", context)
