"""What the two lent and borrowed: the new one does, from the moment that it stands where they stood."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection

from shared.registry.lends import Lend
from shared.registry.lends_queries import about

_SAY = (
    "INSERT INTO public.registry_lend (id, agreement, region, lender, borrower, role, said_by, word, at, said_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, 'in', clock_timestamp(), clock_timestamp())"
)


def lends_of(former: Iterable[UUID], heir: UUID, at: datetime) -> list[Lend]:
    """Every lend in force to or from one of them, as the new one's; what they lent each other is nobody's any more."""
    who = set(former)
    found: dict[Lend, None] = {}
    for each in sorted(who):
        for lend in about(each).in_force(at):
            lender = heir if lend.lender in who else lend.lender
            borrower = heir if lend.borrower in who else lend.borrower
            if lender != borrower:
                found[replace(lend, lender=lender, borrower=borrower)] = None
    return list(found)


def say_anew(lends: Iterable[Lend]) -> None:
    """All whom a lend is about say yes to it, as they had to the old ones'. As the owner of the tables."""
    with connection.cursor() as cursor:
        for lend in lends:
            for side in sorted(lend.voices):
                told: list[str | UUID] = [
                    uuid4(),
                    lend.agreement,
                    lend.region,
                    lend.lender,
                    lend.borrower,
                    lend.role,
                    side,
                ]
                cursor.execute(_SAY, told)
