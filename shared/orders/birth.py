"""The stages of a birth: the office, its first administrator, and the mail with the one-time link."""

from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from shared.orders.actions import wish_of
from shared.orders.models import Order
from shared.orders.queries import Placed
from shared.orders.work import Stage, as_owner, person_of, way_of
from shared.registry.models import Office
from shared.registry.provision import care_for, provision
from shared.registry.queries import office_by_id
from varde.access.roles import Role
from varde.cli_errors import Complaint
from varde.identity.actions import invite, note_link, set_active
from varde.identity.links import link_path
from varde.identity.models import Subject, User
from varde.notify.mail import send_link
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

_FIRST = {"kommune": Role.ADMINISTRATOR, "region": Role.HOST_ADMINISTRATOR}
_NOBODY = (
    "Den første administratoren kan ikke lenger leses. Avslå bestillingen. Er kontoret laget, kan den som bestilte, "
    "be om en ny lenke dit."
)
_SOMEBODY = "Noen har alt fått tilgang i kontoret. De slipper inn flere selv. Avslå bestillingen."


@way_of("create_kommune", "create_region")
def stages(_order: Placed) -> tuple[tuple[str, Stage], ...]:
    """All of them; those that are done are passed by."""
    return (("office", _office), ("person", _person), ("mail", _mail))


@way_of("new_link")
def link_stages(_order: Placed) -> tuple[tuple[str, Stage], ...]:
    """For an office where nobody has come in: the link was too old, or went to the wrong address."""
    return (("person", _another), ("mail", _mail))


def _another(order: Placed) -> None:
    """The account that is asked for is the only one open. Complaint when somebody is in, or the office is another's."""
    with as_owner():
        born = Order.objects.filter(asker=order.asker_id, office=order.office, kind__startswith="create_").exists()
    if not born:
        raise Complaint("Kontoret er ikke bestilt av den som ber om lenken. Avslå bestillingen.")
    with work(_ref(order.office), "setup"):
        inside = User.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists()
        if inside or Subject.objects.exists():
            raise Complaint(_SOMEBODY)
    _person(order)
    wanted = (person_of(order.id) or {})["administrator_email"].strip().lower()
    with work(_ref(order.office), "setup") as by:
        for user in User.objects.all():
            if user.is_active != (user.email == wanted):
                set_active(user=user, active=not user.is_active, by=by)


def _office(order: Placed) -> dict[str, str]:
    """Born under the identity that the order settled; one that is there already only gets what it lacks."""
    with as_owner():
        there = Office.objects.filter(id=order.office).first()
        asker = Office.objects.get(id=order.asker_id)
    if there is not None:
        _refuse_foreign(order, there)
        care_for(there.ref)
        return {"slug": there.slug}
    facts = order.facts
    if order.kind == "create_kommune":  # whatever the row says: a region asks for itself alone
        facts = {**facts, "region": asker.slug}
    return {"slug": provision(wish_of(order.kind, facts, order.office)).slug}


def _refuse_foreign(order: Placed, there: Office) -> None:
    """An office that stands is this order's own child: as asked for, and of no other order."""
    alike = (there.slug, there.number) == (order.facts["slug"], order.facts.get("number", ""))
    with as_owner():
        others = Order.objects.filter(office=there.id, kind__startswith="create_").exclude(id=order.id).exists()
    if not alike or others:
        raise Complaint("Bestillingen gjelder et kontor som står fra før. Avslå den.")


def _person(order: Placed) -> None:
    """The account, without a password."""
    person = person_of(order.id)
    if person is None:
        raise Complaint(_NOBODY)
    ref = _ref(order.office)
    with work(ref, "setup") as by:
        email, name = person["administrator_email"], person["administrator_name"]
        invite(email=email, name=name, roles=[_FIRST[ref.kind]], by=by)


def _mail(order: Placed) -> None:
    """The link, by mail; not sent again once a password is set. Complaint when the mail server does not take it."""
    person = person_of(order.id)
    if person is None:
        raise Complaint(_NOBODY)
    ref = _ref(order.office)
    with work(ref, "setup") as by:
        user = User.objects.get(email=person["administrator_email"].strip().lower())
        if user.has_usable_password():
            return
        path = link_path(user)
        note_link(user=user, by=by)
    if not send_link(to=user.email, ref=ref, path=path):
        raise Complaint("E-posten til den første administratoren ble ikke tatt imot. Sjekk e-posttjeneren.")


def _ref(office_id: UUID) -> OfficeRef:
    with as_owner():
        return office_by_id(office_id)
