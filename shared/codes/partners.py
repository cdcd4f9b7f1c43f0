"""Kinds of partners that a team works with, and which duty of confidentiality binds each."""

from dataclasses import dataclass
from functools import cache

from shared.codes.data_files import read


@dataclass(frozen=True, slots=True)
class Secrecy:
    """A duty of confidentiality: its code, what people call it, and what it means for the recipient in one sentence."""

    code: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PartnerKind:
    """A kind of partner, what it is asked for, and the code of the duty that usually binds it."""

    code: str
    label: str
    helps_with: str
    secrecy: str


@cache
def secrecies() -> tuple[Secrecy, ...]:
    """Every duty of the shipped version."""
    return tuple(Secrecy(**row) for row in read("partners")["secrecies"])


@cache
def partner_kinds() -> tuple[PartnerKind, ...]:
    """Every kind of the shipped version, in the order that lists show them."""
    return tuple(PartnerKind(**row) for row in read("partners")["kinds"])


def secrecy(code: str) -> Secrecy:
    """The duty with this code. Raises ValueError when there is none."""
    for found in secrecies():
        if found.code == code:
            return found
    raise ValueError(f"Ukjent taushetsplikt «{code}».")


def partner_kind(code: str) -> PartnerKind:
    """The kind with this code. Raises ValueError when there is none."""
    for found in partner_kinds():
        if found.code == code:
            return found
    raise ValueError(f"Ukjent slags samarbeidspart «{code}».")
