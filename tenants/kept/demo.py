"""What the demo's kommune has decided on keeping, the bundle of a closed case, and a concern whose time is over."""

from tenants.inbox.demo import NABOEN, TRAPPEN, matter, story
from tenants.inbox.models import Concern
from tenants.kept import actions, ending, making, queries
from tenants.kept.actions import Wanted
from tenants.kept.models import Bundle
from varde.access import Reader
from varde.demo_cast import once
from varde.tenancy.door import OfficeRef, need_office
from varde.tenancy.work import work

GROUND = "Bevarings- og kassasjonsplanen punkt 4.2, vedtatt av kommunedirektøren"


def seed(kommune: OfficeRef) -> bool:
    """Decide, make the bundle, and mark what is due; False elsewhere, when it is done, and in a demo from before."""
    new = once(kommune, there=lambda: Bundle.objects.exists() or not _told(), lay=_lay)
    if new:
        with work(kommune, "retention") as by:
            ending.mark_due(by=by)
    return new


def _told() -> bool:
    return Concern.objects.filter(id=story(need_office(), TRAPPEN)).exists()


def _lay(by: Reader) -> None:
    for code in ("case", "no_case"):
        chosen = queries.classes()[code]
        wanted = Wanted(chosen.name, GROUND, chosen.starts, chosen.months, chosen.then)
        actions.decide_class(chosen=chosen, wanted=wanted, by=by)
    making.made_for(matter(NABOEN), by)
