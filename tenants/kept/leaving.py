"""When the office leaves the platform: each matter as its papers and its files, and what must be done before.

Called by the provisioner as the owner of the tables, so that no matter is left behind because nobody there may see it.
"""

from collections.abc import Iterator

from shared.orders.leaving import Part
from tenants.cases.models import Case
from tenants.inbox.home import home_of
from tenants.inbox.models import Concern
from tenants.kept import bundle
from varde.access import Reader
from varde.privacy.errors import CannotOpen
from varde.tenancy.door import OfficeRef


def not_yet(_ref: OfficeRef) -> str:
    """What has come in must have been opened by a person: afterwards there is nobody here to do it."""
    unopened = Concern.objects.filter(progress="received").count()
    if not unopened:
        return ""
    if unopened == 1:
        return "Én bekymring er ikke åpnet ennå. Teamet må åpne den først."
    return f"{unopened} bekymringer er ikke åpnet ennå. Teamet må åpne dem først."


def parts(by: Reader) -> Iterator[Part]:
    """A folder per matter, by the order they came in."""
    cases = {case.concern_id: case for case in Case.objects.select_related("concern")}
    for number, concern in enumerate(Concern.objects.order_by("received_at", "id"), start=1):
        name = f"{number:04}. {home_of(concern).name}"
        try:
            for file in bundle.taken_along(concern, cases.get(concern.id), by):
                yield Part(f"saker/{number:04}/{file.path}", file.title, name, file.content)
        except CannotOpen:
            said = "Innholdet i denne saken er slettet etter reglene, eller kan ikke åpnes.".encode()
            yield Part(f"saker/{number:04}/LES.txt", "Innholdet finnes ikke lenger", name, said)
