"""A kommune says what its public pages show, and that it has begun."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from django.db import transaction

from shared.registry.facts_models import OwnFacts
from shared.registry.models import Office
from varde import turn
from varde.access import Permission, Reader, require
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen, print_of_values
from varde.tenancy import directory


@dataclass(frozen=True, slots=True)
class Facts:
    """What a kommune may say of itself; as `Office` has it."""

    phone: str = ""
    phone_hours: str = ""
    ordinary_name: str = ""
    ordinary_phone: str = ""
    ordinary_url: str = ""
    accessibility_url: str = ""
    theme: str = ""
    has_team: bool = False
    started_on: date | None = None


NAMES = tuple(field.name for field in fields(Facts))


def own_facts(by: Reader) -> Facts:
    """What the registry holds of the reader's own office, without what its region has published."""
    found = Office.objects.values(*NAMES).get(id=by.office.id)
    return Facts(**found)


def facts_seen(facts: Facts, names: tuple[str, ...]) -> str:
    """These of them, for a page to send back."""
    known = asdict(facts)
    return print_of_values([known[name] for name in names])


@transaction.atomic
def say_facts(*, by: Reader, seen: str | None = None, **told: Any) -> Facts:
    """The kommune says these of itself from now on; the others stay. `seen`: what the page showed of the same.

    Raises Overtaken, and Refused for a kommune that opens without a day of starting.
    """
    require(by, Permission.STARTING)
    turn.wait_for("registry.facts")
    stands = own_facts(by)
    check_seen(seen, facts_seen(stands, tuple(sorted(told))))
    wanted = replace(stands, **told)
    if told.get("has_team") and wanted.started_on is None:
        raise Refused("Si hvilken dag TryggEst starter i kommunen.")
    if wanted == stands:
        return stands
    OwnFacts(office=by.office.id, at=now(), **asdict(wanted)).save()
    record(by=by, action=Action.CHANGE, what="registry.facts", ids=[by.office.id])
    transaction.on_commit(directory.forget)
    return wanted
