"""Somebody in one of the demo's matters asks for access, and somebody who is in none of them has been answered."""

from datetime import timedelta

from tenants.inbox.demo import KORTET, matter
from tenants.insight import actions, inquiry_actions, queries
from tenants.insight.inquiry import Inquirer
from tenants.insight.inquiry_models import Inquiry
from tenants.insight.models import AccessRequest
from tenants.insight.states import Decided
from tenants.persons.models import Person
from varde.access import Reader
from varde.clock import now
from varde.demo_cast import once, then
from varde.tenancy.door import OfficeRef
from varde.ui.dates import day_of

NOBODY = Inquirer("Halvor Grindstad", born_on="4. mai 1951", address="Tranbergvegen 200, Gjøvik")


def seed(kommune: OfficeRef) -> bool:
    """Take both down, begin one and answer the other; False elsewhere, and when it is done."""
    return once(kommune, there=lambda: AccessRequest.objects.exists() or Inquiry.objects.exists(), lay=_lay)


def _lay(by: Reader) -> None:
    today = day_of(now())
    person = Person.objects.select_related("concern").filter(concern=matter(KORTET), role="exposed").first()
    if person is not None:
        _begun(person, actions.Asked("exposed", "known", today - timedelta(days=3)), by)
    asked = inquiry_actions.Asked("self", "electronic", today - timedelta(days=9))
    with then(days=8):
        inquiry = inquiry_actions.register(about=NOBODY, asked=asked, by=by)
    with then(days=6):
        inquiry_actions.answer(inquiry=inquiry, by=by)


def _begun(person: Person, asked: actions.Asked, by: Reader) -> None:
    """Her own card is decided on, and the rest waits."""
    with then(days=2):
        request = actions.register(person=person, asked=asked, by=by)
    review = queries.review_of(request)
    card = review.one(f"persons.person:{person.pk}")
    if card is not None:
        known = review.whole.known
        actions.decide(request=request, found=card.found, known=known, decided=Decided("give"), version=0, by=by)
