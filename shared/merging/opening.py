"""Opening the new office: everything sealed is tried, both are out of their agreement and the new one in."""

import json
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models

from shared.merging import accounts, lends
from shared.merging.columns import APART, LEFT_OUT
from shared.orders import leaving
from shared.orders.export_rows import BATCH, models_of
from shared.orders.queries import Placed
from shared.orders.states import both
from shared.orders.work import as_owner
from shared.registry.queries import office_by_id
from shared.registry.standing import Party
from shared.registry.standing_queries import party_of
from varde.audit.actions import Action, record
from varde.audit.models import Entry
from varde.clock import now
from varde.privacy.box import is_box, open_any
from varde.privacy.errors import CannotOpen
from varde.privacy.fields import open_together, sealed_fields
from varde.tenancy import directory
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

_SAY = (
    "INSERT INTO public.registry_standing (id, agreement, region, kommune, said_by, word, at, said_at, host)"
    " VALUES (%s, %s, %s, %s, %s, %s, clock_timestamp(), clock_timestamp(), %s)"
)


def open_everything(kind: str, *, carried: bool = False) -> tuple[int, int]:
    """(opened, not opened) of everything sealed in fields and boxes of the office that we are in.

    `carried`: as it will be counted in the new office, so without what is not carried over.
    """
    opened = closed = 0
    for model in models_of(kind):
        if model._meta.db_table in LEFT_OUT | APART or not _holds_sealed(model):
            continue
        batch: list[models.Model] = []
        for row in model._base_manager.order_by("pk").iterator(chunk_size=BATCH):
            batch.append(row)
            if len(batch) == BATCH:
                opened, closed = _tried(batch, opened, closed)
                batch = []
        opened, closed = _tried(batch, opened, closed)
    return opened, closed


def _holds_sealed(model: type[models.Model]) -> bool:
    return bool(sealed_fields(model)) or any(
        isinstance(field, models.TextField | models.CharField) for field in model._meta.concrete_fields
    )


def _tried(rows: list[models.Model], opened: int, closed: int) -> tuple[int, int]:
    open_together(rows)
    for row in rows:
        sealed = {field.attname for field in sealed_fields(type(row))}
        for field in row._meta.concrete_fields:
            answer = _opens(row, field.attname, field.attname in sealed)
            opened, closed = opened + (answer is True), closed + (answer is False)
    return opened, closed


def _opens(row: models.Model, name: str, sealed: bool) -> bool | None:
    """None for what is not sealed."""
    try:
        value = getattr(row, name)
        if sealed:
            return True
        if not isinstance(value, str) or not is_box(value):
            return None
        open_any(value)
    except CannotOpen:
        return False
    return True


_NOTE = """
INSERT INTO public.orders_step (id, "order", number, state, code, said, facts, at)
SELECT %s, s."order", max(s.number) + 1, 'working', 'joined', '', %s, %s
  FROM public.orders_step s WHERE s."order" = %s GROUP BY s."order"
"""


def join(order: Placed) -> None:
    """In one commit: both out of their agreement, the new one in where both were, its people lent, its door open.

    Noted there too: from then on the order can only be finished.
    """
    one, two = both(order.facts)
    with as_owner():
        heir = office_by_id(order.office)
        parties = [party_of(each, now()) for each in (one, two)]
        lent_on = lends.lends_of([one, two], heir.id, now())
    with leaving.as_owner_of(heir):
        region = _stand(heir, [party for party in parties if party], both=None not in parties)
        lends.say_anew(lend for lend in lent_on if lend.region == region)
        lent = accounts.lent_anew([one, two], heir.id)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE public.registry_office SET active = true WHERE id = %s", [heir.id])
            cursor.execute("UPDATE public.registry_office SET became = %s WHERE became = ANY (%s)", [
                heir.id, [one, two],
            ])  # fmt: skip
            told = {"region": str(region or ""), "lent": lent}
            cursor.execute(_NOTE, [uuid4(), json.dumps(told), now(), order.id])
    directory.forget()


def tell(order: Placed, heir: OfficeRef) -> None:
    """The new one's log begins with where it came from, once; and nobody can write to the two any more: what is under
    way to them is the new one's."""
    with leaving.as_owner_of(heir):
        told = Entry.objects.filter(what="merging.merge", object_id=str(order.id)).exists()
    if not told:
        with work(heir, "keys") as by:
            record(by=by, action=Action.CREATE, what="merging.merge", ids=[order.id])
    with as_owner():
        for each in both(order.facts):
            leaving.end(office_by_id(each))


def _stand(heir: OfficeRef, parties: list[Party], *, both: bool) -> UUID | None:
    """The old ones say that they are out. Where both were in one region, it and the new one say yes, as at a birth;
    else the new one is in none until it has said so itself."""
    together = both and len({party.region for party in parties}) == 1
    with connection.cursor() as cursor:
        for party in parties:
            _word(cursor, party, party.kommune, "out")
        if not together:
            return None
        host = any(party.host for party in parties)
        new = Party(parties[0].agreement, parties[0].region, heir.id, host, now())
        for side in (new.region, new.kommune):
            _word(cursor, new, side, "in")
    return parties[0].region


def _word(cursor: Any, party: Party, side: UUID, word: str) -> None:
    host = party.host and word == "in" and side == party.region
    cursor.execute(_SAY, [uuid4(), party.agreement, party.region, party.kommune, side, word, host])
