"""A new office from nothing: checked input, one transaction, then what every newborn office needs.

Run with the migrator's secret only: a command or the provisioner, never the web.
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from psycopg import sql

from shared.registry.models import Office
from shared.registry.queries import office_by_id
from shared.registry.standing import ALWAYS
from varde.cli_errors import Complaint
from varde.tenancy import directory
from varde.tenancy.door import OfficeRef
from varde.tenancy.fleet import Connection, connect
from varde.tenancy.provision import Names, build, names_for

# One label of a host name; two hyphens in a row are for other alphabets (xn--).
_SLUG = re.compile(r"(?!.*--)[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_RESERVED = {"www", "api", "static", "admin", "public", "drift", "localhost", "mail"}
# The counties since 2024, and 99 for practice; a bydel belongs to one of the four that have them.
_NUMBER = re.compile(r"(?:03|11|15|18|3[1-4]|39|40|42|46|50|55|56)(?!00)[0-9]{2}|99[0-9]{2}")
_BYDEL = re.compile(r"(?:0301|1103|4601|5001)(?!00)[0-9]{2}")
_newborn: list[Callable[[OfficeRef], None]] = []


def at_birth(care: Callable[[OfficeRef], None]) -> None:
    """A room above says what a new office needs (post keys, default settings)."""
    _newborn.append(care)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. `facts` are further columns of Office (phone, population …)."""

    kind: str
    slug: str
    name: str
    number: str = ""
    region: str = ""
    host: bool = False
    # Born into the region, as if both had said yes; else outside until they have (`standing_actions.say`).
    joined: bool = True
    # Born of two kommuner: it comes into their region when they have gone out of it.
    heir: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    id: uuid.UUID | None = None  # settled beforehand by an order, so that a second try finds the first one's office


def provision(wish: Wish) -> OfficeRef:
    """Create the office; Complaint in Norwegian when the wish cannot be met."""
    check(wish)
    with connect() as connection:
        region_id = _region_id(connection, wish)
        _give_up_what_ended(connection, wish)
        names = _free_names(connection, wish)
        _refuse_taken(connection, wish, names)
        _refuse_second_host(connection, wish, region_id)
        office_id = _insert(connection, wish, names)
        if region_id and wish.joined:
            _join(connection, office_id, region_id, host=wish.host)
        build(connection, names, wish.kind)
    directory.forget()
    ref = office_by_id(office_id)
    care_for(ref)
    return ref


def care_for(ref: OfficeRef) -> None:
    """What every newborn office needs; safe to say again after a start that was cut short."""
    for care in _newborn:
        care(ref)


def check(wish: Wish) -> None:
    """Complaint in Norwegian when the wish could be met nowhere."""
    if not _SLUG.fullmatch(wish.slug) or (wish.slug in _RESERVED and wish.kind != "drift"):
        raise Complaint(f"«{wish.slug}» kan ikke brukes som adresse. Bruk små bokstaver a-z, tall og bindestrek.")
    if not wish.name.strip() or len(wish.name) > 80:
        raise Complaint("Navnet mangler eller er lengre enn 80 tegn.")
    if not wish.name.isprintable():
        raise Complaint("Navnet har tegn som ikke kan skrives ut.")
    for fact, value in wish.facts.items():
        try:
            Office._meta.get_field(fact).clean(value, None)
        except ValidationError as error:
            raise Complaint(f"«--{fact.replace('_', '-')}» er for lang eller har ikke en gyldig verdi.") from error
    if wish.kind == "kommune" and not (_NUMBER.fullmatch(wish.number) or _BYDEL.fullmatch(wish.number)):
        raise Complaint(
            f"«{wish.number}» er ikke et kommunenummer (4 siffer) eller bydelsnummer (6 siffer). Til øving: 9900–9999."
        )
    if wish.kind == "kommune" and not wish.region and not wish.heir:
        raise Complaint("En kommune må høre til en region. Oppgi --region.")


def _region_id(connection: Connection, wish: Wish) -> uuid.UUID | None:
    if wish.kind != "kommune" or wish.heir:
        return None
    row = connection.execute(
        "SELECT id FROM registry_office WHERE slug = %s AND kind = 'region' AND active", [wish.region]
    ).fetchone()
    if row is None:
        raise Complaint(f"Regionen «{wish.region}» finnes ikke. Opprett den først med «varde provision region».")
    return uuid.UUID(str(row[0]))


# An office whose schema is gone, which is part of no other: nobody comes in by its address.
_GIVE_UP = """
UPDATE registry_office o SET replaced_at = clock_timestamp(), slug = left(o.slug, 31) || '-' || left(o.id::text, 8)
 WHERE (o.slug = %(slug)s OR o.number = %(number)s AND o.number <> '') AND o.kind = %(kind)s
   AND NOT o.active AND o.became IS NULL AND o.replaced_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM pg_namespace n WHERE n.nspname = o.schema_name)
RETURNING o.id, o.slug
"""


def _give_up_what_ended(connection: Connection, wish: Wish) -> None:
    """A kommune that comes back has the number and the address of the one that ended, and nothing else of it."""
    told = {"slug": wish.slug, "number": wish.number, "kind": wish.kind}
    for office_id, slug in connection.execute(_GIVE_UP, told).fetchall():
        connection.execute("UPDATE registry_domain SET domain = %s WHERE tenant_id = %s", [slug, office_id])


def _free_names(connection: Connection, wish: Wish) -> Names:
    """Of the schema and the login. Those of one that was here before are never used again: a line, a backup or a right
    that is left of it leads nowhere."""
    key = wish.number or wish.slug
    like = f"{names_for(wish.kind, key).schema}%"
    row = connection.execute(
        "SELECT count(*) FROM registry_office WHERE schema_name LIKE %s AND replaced_at IS NOT NULL"
        " AND kind = %s AND (number = %s OR %s = '')", [like.replace("_", r"\_"), wish.kind, wish.number, wish.number],
    ).fetchone()  # fmt: skip
    before = row[0] if row else 0
    return names_for(wish.kind, f"{key}_{before + 1}" if before else key)


def _refuse_taken(connection: Connection, wish: Wish, names: Names) -> None:
    row = connection.execute(
        "SELECT name FROM registry_office WHERE slug = %s OR schema_name = %s", [wish.slug, names.schema]
    ).fetchone()
    if row:
        raise Complaint(f"Adressen eller nummeret er allerede brukt av {row[0]}.")
    if wish.kind == "drift" and connection.execute("SELECT 1 FROM registry_office WHERE kind = 'drift'").fetchone():
        raise Complaint("Kontoret for drift finnes allerede.")


def _refuse_second_host(connection: Connection, wish: Wish, region_id: uuid.UUID | None) -> None:
    row = connection.execute(
        "SELECT o.name FROM registry_office o WHERE o.active"
        " AND o.id IN (SELECT s.kommune FROM registry_standing s WHERE s.region = %(region)s AND s.host)"
        " AND registry_region_at(o.id, clock_timestamp()) = %(region)s AND registry_host_at(o.id, clock_timestamp())",
        {"region": region_id},
    ).fetchone()
    if wish.host and wish.joined and row:
        raise Complaint(f"{row[0]} er allerede vertskommune i regionen.")


def _insert(connection: Connection, wish: Wish, names: Names) -> uuid.UUID:
    office = Office(
        id=wish.id or uuid.uuid4(), kind=wish.kind, slug=wish.slug, name=wish.name, number=wish.number,
        schema_name=names.schema, login=names.login, **wish.facts,
    )  # fmt: skip
    fields = list(office._meta.concrete_fields)
    connection.execute(
        sql.SQL("INSERT INTO registry_office ({}) VALUES ({})").format(
            sql.SQL(", ").join(sql.Identifier(field.column) for field in fields),
            sql.SQL(", ").join(sql.Placeholder() * len(fields)),
        ),
        [getattr(office, field.attname) for field in fields],
    )
    connection.execute(
        "INSERT INTO registry_domain (domain, is_primary, tenant_id) VALUES (%s, true, %s)",
        [wish.slug, office.id],
    )
    return office.id


def _join(connection: Connection, kommune: uuid.UUID, region: uuid.UUID, *, host: bool) -> None:
    """Both sides' words, in the agreement that carries the region's own id, as from always."""
    for side in (region, kommune):
        connection.execute(
            "INSERT INTO registry_standing (id, agreement, region, kommune, said_by, word, at, said_at, host)"
            " VALUES (%s, %s, %s, %s, %s, 'in', %s, %s, %s)",
            [uuid.uuid4(), region, region, kommune, side, ALWAYS, ALWAYS, host and side == region],
        )
