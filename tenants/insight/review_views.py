"""Going through everything page by page: what was found, what is proposed, and what somebody decides."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenants.inbox.home import home_of
from tenants.inbox.reporter_queries import has_looked
from tenants.insight import access, actions, queries
from tenants.insight.files import ready
from tenants.insight.models import AccessRequest
from tenants.insight.queries import Review, Reviewed
from tenants.insight.review_forms import ItemForm, initial_of, proposed
from tenants.insight.states import Decided
from tenants.insight.titles import heading
from tenants.persons.queries import shown_name
from varde.access import Permission, allow, reader
from varde.refusal import Overtaken, Refused
from varde.ui.seen import resent
from varde.ui.shortcuts import page, see_other

PER_PAGE = 10
Pair = tuple[Reviewed, ItemForm]


@allow(Permission.INBOX_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """A page of the items; POST keeps what was decided on it and goes on to the next."""
    found = access.request_for(reader(request), access_id)
    access.require_deciding(reader(request), found.concern)
    whole = queries.review_of(found, looked=has_looked(found.concern, reader(request)))
    leaf = Paginator(whole.items, PER_PAGE).get_page(request.GET.get("side"))
    if request.method != "POST":
        forms = [(each, ItemForm(initial=initial_of(each), prefix=f"p{at}")) for at, each in enumerate(leaf)]
        return _page(request, found, whole, leaf, forms)
    forms = _sent(request, whole)
    valid = [form.is_valid() for _, form in forms]
    follow = "forslag" in request.POST
    kept = [_kept(request, found, whole, pair, follow=follow) for pair, fine in zip(forms, valid, strict=True) if fine]
    if not all(valid) or not all(kept):
        response = _page(request, found, whole, leaf, forms, 422)
        response.stands = True  # type: ignore[attr-defined]  # what was decided of the others is not undone by a fault
        return response
    messages.success(request, "Lagret.")
    if leaf.has_next():
        return see_other(f"/innsynskrav/{found.pk}/gjennomga?side={leaf.next_page_number()}")
    return see_other(f"/innsynskrav/{found.pk}")


def _sent(request: HttpRequest, whole: Review) -> list[Pair]:
    """The items that the page showed; one that is not there any more is left out."""
    found = []
    for at in range(PER_PAGE):
        each = whole.one(request.POST.get(f"p{at}-item", ""))
        if each is not None:
            found.append((each, ItemForm(request.POST, prefix=f"p{at}")))
    return found


def _kept(request: HttpRequest, found: AccessRequest, whole: Review, pair: Pair, *, follow: bool) -> bool:
    each, form = pair
    decided = _wanted(each, form, follow=follow)
    if decided is None:
        return True
    try:
        with transaction.atomic():
            actions.decide(
                request=found, found=each.found, known=whole.whole.known, decided=decided,
                version=form.cleaned_data["version"], by=reader(request),
            )  # fmt: skip
    except Overtaken as error:
        form.data = resent(form.data, {form.add_prefix("version"): str(_version(found, each))})
        form.add_error(None, str(error))
        return False
    except Refused as error:
        form.add_error(None, str(error))
        return False
    form.data = resent(form.data, {form.add_prefix("version"): str(form.cleaned_data["version"] + 1)})
    return True


def _wanted(each: Reviewed, form: ItemForm, *, follow: bool) -> Decided | None:
    """What was chosen, where it is not what stands already; else the proposal when the page is to follow it."""
    if not form.cleaned_data["choice"]:
        return proposed(each) if follow and not each.decided and each.proposal[0] else None
    chosen, stands = form.decided(), each.decision
    if stands is not None and each.decided and form.cleaned_data["version"] == stands.version:
        same = initial_of(each)
        if all(same.get(name, "") == form.cleaned_data[name] for name in ("choice", "text", "ground", "reason")):
            return None
    return chosen


def _version(found: AccessRequest, each: Reviewed) -> int:
    row = found.decisions.filter(item=each.found.key).first()
    return row.version if row else 0


def _page(
    request: HttpRequest, found: AccessRequest, whole: Review, leaf: Page[Any], forms: list[Pair], status: int = 200
) -> HttpResponse:
    if any(each.tells_who_reported for each, _ in forms):
        actions.note_told(request=found, by=reader(request))
    context = {
        "row": found,
        "name": shown_name(found.person),
        "home": home_of(found.concern),
        "review": whole,
        "forms": [(each, form, heading(each.found)) for each, form in forms],
        "ready": ready(found.concern),
        "page": leaf,
        "query": "",
        "faulty": status != 200,
    }
    return page(request, "insight/review.html", context, status=status)
