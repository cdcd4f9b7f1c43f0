"""`varde user`: an account with roles in an office, and the link to set a password."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from varde.access.roles import ROLES, Role, roles_of
from varde.cli_errors import Complaint, Parser
from varde.identity.actions import invite, note_link
from varde.identity.links import link_for
from varde.identity.models import User
from varde.identity.notices import link_made
from varde.refusal import Refused
from varde.tenancy.directory import office_for_host
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work
from varde.text import clean_text


def main(argv: list[str]) -> int:
    """Create the account (or add roles to it) and print a one-time link; Complaint for what cannot be used."""
    parser = Parser(prog="varde user", description="Gi en person konto og roller i et kontor")
    parser.add_argument("--office", required=True, help="kontorets adresse, for eksempel gjovik")
    parser.add_argument("--email", required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--for-office", default="", help="kommunen som låner ut personen, for eksempel ostre-toten")
    parser.add_argument("--role", action="append", default=[], help="kan gis flere ganger")
    chosen = parser.parse_args(argv)
    ref = office_for_host(chosen.office)
    if ref is None:
        raise Complaint(f"Kontoret «{chosen.office}» finnes ikke.")
    lender = _lender(chosen.for_office)
    roles = [role_named(name, ref) for name in chosen.role]
    name, email = _checked(chosen.name, chosen.email)
    with work(ref, "setup") as by:
        known = User.objects.filter(email=email.lower()).exists()
        try:
            user = invite(email=email, name=name, roles=roles, by=by, for_office=lender)
        except Refused as refusal:
            raise Complaint(str(refusal)) from refusal
        note_link(user=user, by=by)
        if known:
            link_made(user=user, by=by)
        link = link_for(user, ref)
    labels = ", ".join(ROLES[role].label for role in roles) or "ingen nye roller"
    print(f"{user.name} <{user.email}> i {ref.name}: {labels}")
    print(f"Lenke (én gang, 72 timer): {link}")
    return 0


def _lender(slug: str) -> UUID | None:
    """The kommune with this address; None for no address."""
    if not slug:
        return None
    found = office_for_host(slug)
    if found is None:
        raise Complaint(f"Kontoret «{slug}» finnes ikke.")
    return found.id


def role_named(name: str, ref: OfficeRef) -> Role:
    """The role with this code or label («operatør» or «operator»); Complaint that lists the roles of the office."""
    known = roles_of(ref.kind)
    for role in known:
        if name.strip().casefold() in (role.value, ROLES[role].label.casefold()):
            return role
    listed = ", ".join(role.value for role in known)
    raise Complaint(f"Rollen «{name}» finnes ikke i {ref.name}. Velg blant: {listed}.")


def _checked(name: str, email: str) -> tuple[str, str]:
    try:
        validate_email(email.strip())
        name = clean_text(name, 120)
    except ValidationError as error:
        raise Complaint(f"«{email}» er ikke en e-postadresse.") from error
    except ValueError as error:
        raise Complaint(str(error)) from error
    if not name or not name.isprintable():
        raise Complaint("Navnet mangler eller har tegn som ikke kan skrives ut.")
    if len(email.strip()) > 254:
        raise Complaint("E-postadressen er lengre enn 254 tegn.")
    return name, email.strip()
