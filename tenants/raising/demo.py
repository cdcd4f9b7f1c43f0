"""Three system matters of the demo's kommune: one answered, one on its way, and one that waits to be approved."""

from shared.post.actions import open_mail
from shared.registry.queries import office_by_id
from tenants.raising import actions
from tenants.raising.actions import Told
from tenants.raising.models import Raised
from varde.access import Reader, Role
from varde.demo_cast import NobodyHere, acting, once, then
from varde.tenancy.door import OfficeRef

SENT = (
    (75, Told(
        title="Ingen fast kontakt hos politiet", category="police", urgency="next",
        what="Vi får ikke vite om anmeldelser blir henlagt, og vet ikke hvem vi skal spørre. Det gjelder alle de fem "
        "kommunene.",
        tried="Vi har ringt sentralbordet og skrevet til lensmannskontoret tre ganger i år.",
        wish="At lederteamet avtaler en fast kontakt og en stedfortreder for hele regionen.",
    )),
    (12, Told(
        title="Tolk ved akutte samtaler", category="other_services", urgency="before",
        what="Tolketjenesten svarer ikke etter klokken 16. Akutte samtaler må utsettes, eller føres uten tolk.",
        tried="Vi har prøvd telefontolk, men avtalen vår gjelder bare på dagtid.",
        wish="En felles avtale om telefontolk hele døgnet.",
    )),
)  # fmt: skip
WAITING = Told(
    title="For få som kan gjøre risikovurderinger", category="competence", urgency="later",
    what="Bare to i teamet er sertifisert. Når begge er borte, blir vurderinger liggende.",
    tried="Vi har søkt om plass på kurs, men kurset er fullt.", wish="Et eget kurs for regionen.",
)  # fmt: skip


def seed(kommune: OfficeRef) -> bool:
    """Write them; False elsewhere, and when they are there."""
    laid = once(kommune, there=Raised.objects.exists, lay=_lay)
    if laid:
        _wait(kommune)
        if kommune.region_id:
            open_mail(office_by_id(kommune.region_id))
    return laid


def _lay(by: Reader) -> None:
    for days, told in SENT:
        with then(days=days):
            row = actions.write(raised=None, told=told, by=by)
        # Today: in the past that is told of, the region had no key to seal a letter with.
        actions.send_in(raised=row, reasons={}, by=by)


def _wait(kommune: OfficeRef) -> None:
    """A team member writes one, and the coordinator has not looked at it yet."""
    try:
        with acting(kommune, Role.TEAM_MEMBER) as by:
            actions.send_in(raised=actions.write(raised=None, told=WAITING, by=by), reasons={}, by=by)
    except NobodyHere:
        return
