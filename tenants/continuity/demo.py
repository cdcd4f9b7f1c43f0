"""How the demo's kommune wants its packs, and the coordinator's of this morning."""

from tenants.continuity import tasks
from tenants.continuity.actions import confirm, new_passphrase, set_rule
from tenants.continuity.models import Holder, PackRule
from tenants.continuity.states import Rule
from varde.access import Reader, Role
from varde.demo_cast import TOLD_IN, NobodyHere, acting, once
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


def seed(kommune: OfficeRef) -> bool:
    """Decide on the hour, take a passphrase into use, make the pack; False elsewhere, and when it is done."""
    if kommune.slug != TOLD_IN:
        return False
    try:
        with acting(kommune, Role.ADMINISTRATOR) as by:
            if not PackRule.objects.exists():
                set_rule(rule=Rule(hour=5), seen=None, by=by)
    except NobodyHere:
        return False
    new = once(kommune, there=Holder.objects.exists, lay=_lay)
    if new:
        with work(kommune, "continuity"):
            holder = Holder.objects.get()
        tasks.make.run(kommune, str(holder.id))
    return new


def _lay(by: Reader) -> None:
    confirm(typed=new_passphrase(by=by), by=by)
