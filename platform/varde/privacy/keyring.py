"""Data keys opened for the length of one transaction in one office; nobody keeps one for longer.

A data key is HMAC-SHA256(the half on disk, office | key id | the half in the database): neither half says anything
alone. A key made in this transaction is used without being read back, so that a depositor can seal a report.
"""

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Collection, Iterable
from contextlib import nullcontext
from typing import Any, NoReturn
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction

from varde.clock import now
from varde.privacy import envelope, keepers, shreds
from varde.privacy.errors import CannotOpen, Destroyed
from varde.privacy.models import DataKey
from varde.tenancy.backend import straight
from varde.tenancy.door import OfficeRef, need_office

# Without a conflict target, which would ask for the right to see the row.
_ADD = b"INSERT INTO privacy_datakey (id, wrapped, office_key, made_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"


class OpenKey:
    """One data key in the clear. It cannot be printed, copied into a cache or sent to a worker."""

    __slots__ = ("_aes", "_secret", "id", "office")

    def __init__(self, key_id: UUID, secret: bytes, office: UUID) -> None:
        # `office`: where the key was born; what is sealed under it is bound to that one for good.
        self.id, self.office = key_id, office
        self._secret = secret
        self._aes = AESGCM(secret)

    def seal(self, content: bytes, bound: bytes) -> bytes:
        """An envelope, padded, that opens only with the same `bound`."""
        nonce = secrets.token_bytes(envelope.NONCE)
        head = bytes((envelope.VERSION,)) + self.id.bytes + nonce
        return head + self._aes.encrypt(nonce, envelope.pad(content), bound)

    def open(self, sealed: bytes, bound: bytes) -> bytes:
        """The content again; CannotOpen when anything differs."""
        nonce = sealed[17 : envelope.HEAD]
        try:
            return envelope.unpad(self._aes.decrypt(nonce, sealed[envelope.HEAD :], bound))
        except InvalidTag as error:
            raise CannotOpen from error

    def mac(self, purpose: str, content: bytes) -> bytes:
        """32 bytes that only this key gives for this content and purpose."""
        own = hmac.new(self._secret, b"mac\x1f" + purpose.encode(), hashlib.sha256).digest()
        return hmac.new(own, content, hashlib.sha256).digest()

    def __repr__(self) -> str:
        return f"<nøkkel {self.id}>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("En nøkkel kan ikke kopieres.")


class Keyring:
    """The keys of one transaction."""

    def __init__(self, ref: OfficeRef) -> None:
        self.ref = ref
        self._open: dict[UUID, OpenKey] = {}
        self._destroyed: set[UUID] = set()
        self._broken: set[UUID] = set()
        self._born: dict[UUID, frozenset[str]] = {}

    def new(self, key_id: UUID) -> OpenKey:
        """Make the matter's key. CannotOpen when it exists already (and is hidden, else nobody would ask for a new
        one), KeeperAway or CannotKeep when it cannot be kept: then nothing may be sealed."""
        born = frozenset(sid for sid in connection.savepoint_ids if sid)
        with transaction.atomic() if not connection.in_atomic_block else nullcontext():
            made = self._make(key_id)
        if made is None:
            raise CannotOpen
        self._open[key_id] = made
        self._born[key_id] = born
        return made

    def _make(self, key_id: UUID) -> OpenKey | None:
        """None when there is one already; that is not asked of an error, which would cost a savepoint per report."""
        half = secrets.token_bytes(32)
        # Held until the commit: an office key is not retired between being wrapped under and being stored.
        straight.say(b"LOCK TABLE privacy_datakey IN ROW EXCLUSIVE MODE")
        (wrapped,) = keepers.keeper().wrap(self.ref, [(half, bound(self.ref.id, key_id))])
        other = shreds.make(self.ref, key_id)
        added = straight.say(_ADD, key_id, wrapped, keepers.unpack(wrapped)[0], now())
        if not added:
            return None
        return OpenKey(key_id, _whole(self.ref.id, key_id, half, other), self.ref.id)

    def of(self, key_id: UUID) -> OpenKey:
        """The matter's key. Destroyed, or CannotOpen when it is hidden or was never there: the two look the same."""
        if key_id not in self._open and key_id not in self._destroyed:
            self.preload([key_id])
        if key_id in self._destroyed:
            raise Destroyed
        if key_id not in self._open:
            raise CannotOpen
        return self._open[key_id]

    def for_writing(self, key_id: UUID) -> OpenKey:
        """The matter's key, made when this is the first that is written about the matter."""
        try:
            return self.of(key_id)
        except Destroyed:
            raise
        except CannotOpen:
            if key_id in self._broken:  # there, but not for us to replace
                raise
        return self._new_or_there(key_id)

    def at_birth(self, key_id: UUID) -> OpenKey:
        """For the row that a matter begins with: `for_writing`, without asking first whether there is a key."""
        return self.of(key_id) if key_id in self._open else self._new_or_there(key_id)

    def _new_or_there(self, key_id: UUID) -> OpenKey:
        try:
            return self.new(key_id)
        except CannotOpen:  # somebody else made it a moment ago, or it is hidden
            return self.of(key_id)

    def preload(self, key_ids: Iterable[UUID]) -> None:
        """Open many in one query and one unwrap call. Those hidden or missing are left out, silently."""
        wanted = set(key_ids) - self._open.keys() - self._destroyed
        if not wanted:
            return
        rows = DataKey.objects.filter(id__in=wanted).values_list("id", "wrapped", "destroyed_at", "born")
        stored = [(key_id, bytes(each), destroyed, born or self.ref.id) for key_id, each, destroyed, born in rows]
        self._destroyed |= {key_id for key_id, _, destroyed, _ in stored if destroyed}
        self._unwrap({key_id: (each, office) for key_id, each, destroyed, office in stored if not destroyed})

    def _unwrap(self, wrapped: dict[UUID, tuple[bytes, UUID]]) -> None:
        if not wrapped:
            return
        batch = [(each, bound(office, key_id)) for key_id, (each, office) in wrapped.items()]
        for (key_id, (_, office)), half in zip(wrapped.items(), keepers.unwrap(self.ref, batch), strict=True):
            other = shreds.read(self.ref, key_id)
            if other is None:
                self._destroyed.add(key_id)
            elif half is None:
                self._broken.add(key_id)
            else:
                self._open[key_id] = OpenKey(key_id, _whole(office, key_id, half, other), office)

    def destroyed(self, key_id: UUID) -> None:
        """From now on also in this transaction."""
        self._open.pop(key_id, None)
        self._destroyed.add(key_id)

    def forget(self, savepoint: str) -> None:
        """The savepoint was rolled back, and with it the rows of the keys made inside."""
        for key_id in [key_id for key_id, born in self._born.items() if savepoint in born]:
            del self._born[key_id]
            self._open.pop(key_id, None)


def keyring() -> Keyring:
    """The keyring of this transaction in this office; outside a transaction an empty one that nobody remembers."""
    ref = need_office()
    if not connection.in_atomic_block:
        return Keyring(ref)
    found = _held()
    if found is None or found.ref.id != ref.id:
        found = Keyring(ref)
        # A commit takes these hooks away and a rollback does: what is not among them is of another transaction.
        connection.run_on_commit.append((set(), _Holder(found), False))  # type: ignore[arg-type]
    return found


class _Holder:
    """Hangs the keyring on the transaction itself."""

    def __init__(self, ring: Keyring) -> None:
        self.ring = ring

    def __call__(self) -> None:
        """At the commit: nothing to do but to be let go."""


def _held() -> Keyring | None:
    hooks: list[Any] = connection.run_on_commit
    return next((hook.ring for _, hook, _ in hooks if isinstance(hook, _Holder)), None)


def forget(savepoint: str) -> None:
    """Called by the database connection when it rolls a savepoint back."""
    found = _held()
    if found is not None:
        found.forget(savepoint)


def new_matter_id() -> UUID:
    """A random id for a new matter; where a half lies ready on the disk, the one that it was made for."""
    return shreds.fresh_id(need_office())


def purpose_id(ref: OfficeRef, name: str) -> UUID:
    """The id of an office-level key. Version 5, so that row rights can tell it from a matter (version 4)."""
    return purpose_of(ref.id, name)


def purpose_of(office: UUID, name: str) -> UUID:
    """The same for an office that may have become part of another."""
    return uuid.uuid5(office, name)


def for_purpose_key(name: str) -> OpenKey:
    """A key of the office as a whole ("mfa", "index" …), made at its first use."""
    return keyring().for_writing(purpose_id(need_office(), name))


def former_keys(name: str) -> list[OpenKey]:
    """The keys for this purpose of offices that have become part of this one; none for nearly every office."""
    born = DataKey.objects.filter(born__isnull=False, destroyed_at__isnull=True).values_list("born", flat=True)
    ids = [purpose_of(office, name) for office in born.distinct().order_by("born") if office]
    ring = keyring()
    ring.preload(ids)
    return [ring.of(key_id) for key_id in ids]


def ready(purposes: Collection[str]) -> None:
    """Make the office's own keys, at its birth."""
    for name in purposes:
        for_purpose_key(name)


def bound(office: UUID, key_id: UUID) -> bytes:
    """What the half in the database is bound to when the office key wraps it; `office`: where the key was born."""
    return b"varde data key 1\x1f" + office.bytes + key_id.bytes


def _whole(office: UUID, key_id: UUID, stored: bytes, kept: bytes) -> bytes:
    return hmac.new(kept, bound(office, key_id) + stored, hashlib.sha256).digest()
