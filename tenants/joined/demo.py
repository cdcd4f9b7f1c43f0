"""Two of the demo's reports that turned out to be about the same man."""

from tenants.inbox.demo import BENKEN, BUSSEN, after, matter, story
from tenants.inbox.models import Concern
from tenants.joined.actions import Wish, join
from tenants.joined.duties import open_duties
from tenants.joined.models import Join
from varde.access import Reader
from varde.demo_cast import once
from varde.tenancy.door import OfficeRef, need_office

WHY = "Samme mann og de samme to: bussjåføren ser dem fredag når han kommer, og den anonyme ser dem på benken."


def seed(kommune: OfficeRef) -> bool:
    """Join them; False elsewhere, when it is done, and in a demo from before there was a second report."""
    return once(kommune, there=lambda: Join.objects.exists() or not _told(), lay=_lay)


def _told() -> bool:
    return Concern.objects.filter(id=story(need_office(), BUSSEN)).exists()


def _lay(by: Reader) -> None:
    gone, kept = matter(BUSSEN), matter(BENKEN)
    carried = [duty.key for duty in open_duties(gone)]
    with after(BUSSEN, 30):
        join(concern=gone, into=kept, wish=Wish(reason=WHY, carried=carried), by=by)
