"""A new office key, and every data key wrapped anew under it, while the office works.

Killed half-way, it goes on where it was: what is left to do is what `office_key` says is not the newest. Content is
never touched: it is sealed under the data keys, which stay the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from varde.privacy import keepers, old_boxes
from varde.privacy.errors import CannotOpen
from varde.privacy.keyring import bound
from varde.privacy.models import DataKey
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work

BATCH = 200


class StillUsed(RuntimeError):
    """Data keys are still wrapped under a key that was to be retired."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an office's keys have come. `under` is data keys per office key id; destroyed ones are not among them."""

    key_ids: list[str]
    under: dict[str, int]
    destroyed: int
    healthy: bool

    @property
    def left(self) -> int:
        """Data keys that are not under the newest office key."""
        newest = self.key_ids[-1] if self.key_ids else ""
        return sum(count for key_id, count in self.under.items() if key_id != newest)


def standing(ref: OfficeRef) -> Standing:
    """Asked of the keeper and of the office's own table."""
    keeper = keepers.keeper()
    with work(ref, "keys"), connection.cursor() as cursor:
        cursor.execute("SELECT office_key, count(*) FROM privacy_datakey WHERE destroyed_at IS NULL GROUP BY 1")
        under = {str(key_id): int(count) for key_id, count in cursor.fetchall()}
        destroyed = DataKey.objects.filter(destroyed_at__isnull=False).count()
    return Standing(keeper.key_ids(ref), under, destroyed, keeper.healthy(ref))


def rotate(ref: OfficeRef) -> Iterator[int]:
    """Make a new key, unless the rotation before this one was not finished, and wrap everything under it.

    Yields how many data keys each batch moved; each batch is a transaction of its own.
    """
    now = standing(ref)
    if not now.left:
        keepers.keeper().rotate(ref)
    yield from rewrap(ref)


def rewrap(ref: OfficeRef, batch: int = BATCH) -> Iterator[int]:
    """Move what is not under the newest key. Raises CannotOpen when a data key does not open: nothing is lost then,
    and the old key must stay."""
    newest = keepers.keeper().key_ids(ref)[-1]
    while True:
        with work(ref, "keys"):
            moved = _move(ref, newest, batch)
        if not moved:
            return
        yield moved


def _move(ref: OfficeRef, newest: str, batch: int) -> int:
    rows = list(
        DataKey.objects.filter(destroyed_at__isnull=True)
        .exclude(office_key=newest)
        .order_by("id")  # two who rotate at once wait for each other, never both
        .values_list("id", "wrapped", "born")[:batch]
    )
    ids, old = [key_id for key_id, _, _ in rows], [bytes(wrapped) for _, wrapped, _ in rows]
    places = [bound(born or ref.id, key_id) for key_id, _, born in rows]
    halves = keepers.unwrap(ref, list(zip(old, places, strict=True)))
    if any(half is None for half in halves):
        raise CannotOpen("En datanøkkel lar seg ikke åpne. Den gamle kontornøkkelen må beholdes.")
    fresh = [(half, place) for half, place in zip(halves, places, strict=True) if half is not None]
    wrapped = keepers.keeper().wrap(ref, fresh)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE privacy_rewrap(n.id, n.was, n.fresh, n.under)) FROM unnest"
            " (%s::uuid[], %s::bytea[], %s::bytea[], %s::text[]) AS n (id, was, fresh, under)",
            [ids, old, wrapped, [keepers.unpack(each)[0] for each in wrapped]],
        )
        return int(cursor.fetchone()[0])


def retire(ref: OfficeRef, key_id: str) -> None:
    """End an old office key and those before it. StillUsed while anything is wrapped under one of them.

    The lock waits for those who have wrapped but not committed, and holds new ones back until the key is gone.
    """
    keeper = keepers.keeper()
    with work(ref, "keys"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT privacy_hold()")
        living = keeper.key_ids(ref)
        ending = living[: living.index(key_id) + 1]
        cursor.execute("SELECT privacy_in_use(%s::text[])", [ending])  # also by rows that are hidden from us
        if cursor.fetchone() != (False,):
            raise StillUsed("Nøkkelen er i bruk. Kjør «varde keys rotate» først.")
        if old_boxes.left():
            raise StillUsed("Noe er lukket direkte med nøkkelen. Kjør «varde keys seal» først.")
        keeper.retire(ref, key_id)
