"""More operators than the cast has, and calls that the telephone system announces."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from secrets import token_hex
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from regional.hotline.announcing_actions import hear
from regional.hotline.ringing import Said
from regional.phone.declaration_actions import sign
from regional.phone.declaration_queries import in_force
from tests.cast import ref
from tests.client import OfficeClient, log_in
from varde.access import Role
from varde.access.reader import Reader
from varde.access.ticket import presented
from varde.clock import now
from varde.machines.models import Machine

REGION = "gjovikregionen"


@dataclass(frozen=True, slots=True)
class Operator:
    """One who answers and has signed: as a reader and in the browser."""

    by: Reader
    client: OfficeClient


def another(name: str) -> Operator:
    """Somebody besides Olga, inside the region's fixture."""
    user_id = uuid.uuid5(uuid.NAMESPACE_DNS, f"operator-{name}")
    client = log_in(REGION, f"{name}@{REGION}.example", name, Role.OPERATOR, user_id=user_id)
    by = Reader(office=ref(REGION), user_id=user_id, name=name, roles=frozenset({Role.OPERATOR}))
    with presented(by):
        sign(read=in_force().sha256, by=by)
    return Operator(by, client)


@cache
def _system() -> Machine:
    return cast(Machine, SimpleNamespace(id=uuid.uuid4(), name="Sentralbordet"))


def ring(caller: str = "+4790000001", *, ended: bool = False, ago: timedelta = timedelta(0)) -> UUID:
    """A call that rings, or was hung up again; its id."""
    call_id, by = token_hex(8), Reader.for_purpose("machine", ref(REGION))
    with presented(by):
        for event in ("ringing", "ended") if ended else ("ringing",):
            body: dict[str, Any] = {"call_id": call_id, "event": event, "from": caller}
            call, _ = hear(said=Said(call_id, event, caller, "", now() - ago), body=body, machine=_system(), by=by)
    return call.id
