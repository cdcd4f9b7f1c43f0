"""Sealing: libsodium's sealed box (X25519, XSalsa20-Poly1305). The sealed text repeats who, to whom, what and which."""

from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from shared.contracts import Letter
from shared.contracts.codec import decode, encode
from shared.contracts.fields import BadLetter


class WrongKey(LookupError):
    """The key at hand does not open the letter; it waits until the right one is."""


def new_private() -> bytes:
    """A new private half, 32 bytes."""
    return bytes(PrivateKey.generate())


def public_of(private: bytes) -> bytes:
    """The public half of a private one."""
    return bytes(PrivateKey(private).public_key)


def seal(letter: Letter, *, id: UUID, sender: UUID, recipient: UUID, public: bytes) -> bytes:  # noqa: A002
    """The letter, readable only with the private half of `public`."""
    return SealedBox(PublicKey(public)).encrypt(encode(letter, id=id, sender=sender, recipient=recipient))


def unseal(sealed: bytes, *, id: UUID, sender: UUID, recipient: UUID, private: bytes) -> Letter:  # noqa: A002
    """The letter again. WrongKey when it cannot be opened; BadLetter when what was in it is not a letter of ours."""
    try:
        plain = SealedBox(PrivateKey(private)).decrypt(sealed)
    except CryptoError as error:
        raise WrongKey("Brevet kan ikke åpnes med kontorets nøkkel.") from error
    opened = decode(plain)
    if (opened.id, opened.sender, opened.recipient) != (id, sender, recipient):
        raise BadLetter("Konvolutten stemmer ikke med brevet.")
    return opened.letter
