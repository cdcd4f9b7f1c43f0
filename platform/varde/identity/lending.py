"""People whom another kommune lends: a leader-team member in a region, a neighbour in a team that serves several.

They are here while the agreement says that their kommune lends this office people with the roles that they hold, and
from the second it does not, they are not; the database settles it (migration 0008), for its own rows and for what is
asked here.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, F, Func, Q

from varde.access.roles import ROLES, Role
from varde.refusal import Refused
from varde.tenancy import directory
from varde.tenancy.door import OfficeRef

NOT_LENT = "Kommunen låner ikke ut folk hit nå. Utlånet må stå i samarbeidsavtalen, og alle det gjelder, må ha sagt ja."


def here() -> Q:
    """Of the users: the office's own, and those who are lent here right now with all that they do."""
    lent = Func(F("for_office"), F("id"), function="identity_lent", output_field=BooleanField())
    return Q(for_office__isnull=True) | Q(lent)


def lent_now() -> dict[UUID, set[str]]:
    """The kommuner that lend people to this office now, and with which roles."""
    found: dict[UUID, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT lender, role FROM identity_lenders()")
        for lender, role in cursor.fetchall():
            found.setdefault(lender, set()).add(role)
    return found


def lenders(ref: OfficeRef) -> list[OfficeRef]:
    """The kommuner that lend people to this office now, by schema."""
    if ref.kind not in ("region", "kommune"):
        return []
    known = lent_now()
    return [each for each in directory.offices() if each.id in known]


def refuse_stranger(lender: UUID | None, roles: Iterable[str]) -> None:
    """Raises Refused unless the kommune (None: the office's own) lends people here with each of these roles now."""
    if lender is None:
        return
    lent = lent_now().get(lender)
    if lent is None:
        raise Refused(NOT_LENT)
    others = sorted(ROLES[Role(role)].label for role in set(roles) - lent if role in Role)
    if others:
        raise Refused(f"Samarbeidsavtalen sier ikke at {name_of(lender)} låner ut noen som er {', '.join(others)} her.")


def name_of(lender: UUID | None) -> str:
    """The office that somebody acts for, also when the agreement is over; "" for the office's own."""
    found = directory.office_with_id(lender, closed=True) if lender else None
    return found.name if found else ""
