"""The text when parties have become one kommune: the new one stands where they stood. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from regional.cooperation.terms import Lend, Party, Task, Terms

_STRONGEST = ("R", "C", "I")


def merged(terms: Terms, heirs: Mapping[UUID, Party]) -> Terms:
    """`heirs`: the party that each former one has become. Its part of the grant is the sum of theirs, it is the host if
    one of them was, and of a task it has the strongest duty."""
    if not any(party.id in heirs for party in terms.parties):
        return terms
    former: dict[UUID, list[Party]] = {}
    for party in terms.parties:
        former.setdefault(_new(party.id, heirs), []).append(party)
    return replace(
        terms,
        parties=tuple(_party(key, found, heirs) for key, found in former.items()),
        tasks=tuple(_task(task, heirs) for task in terms.tasks),
        lends=_lends(terms.lends, heirs),
    )


def _new(key: UUID, heirs: Mapping[UUID, Party]) -> UUID:
    return heirs[key].id if key in heirs else key


def _party(key: UUID, found: Sequence[Party], heirs: Mapping[UUID, Party]) -> Party:
    heir = next((party for party in heirs.values() if party.id == key), None)
    if heir is None:
        return found[0]
    grants = [party.grant for party in found if party.grant is not None]
    return replace(
        found[0], id=key, name=heir.name, number=heir.number, organisation=heir.organisation, starts_on=heir.starts_on,
        host=any(party.host for party in found), on_platform=True, weight=sum(party.weight for party in found),
        grant=sum(grants) if grants else None,
    )  # fmt: skip


def _task(task: Task, heirs: Mapping[UUID, Party]) -> Task:
    who: dict[UUID, str] = {}
    for key, duty in task.who.items():
        now = _new(key, heirs)
        who[now] = min(duty, who.get(now, duty), key=lambda each: (*_STRONGEST, each).index(each))
    return replace(task, who=who)


def _lends(lends: Sequence[Lend], heirs: Mapping[UUID, Party]) -> tuple[Lend, ...]:
    """What they lent each other is nobody's any more; what both lend is lent once."""
    found: dict[tuple[UUID, UUID | None], Lend] = {}
    for lend in lends:
        lender, borrower = _new(lend.lender, heirs), _new(lend.borrower, heirs) if lend.borrower else None
        if lender == borrower:
            continue
        known = found.get((lender, borrower))
        roles = tuple(dict.fromkeys((*(known.roles if known else ()), *lend.roles)))
        found[lender, borrower] = replace(known or lend, lender=lender, borrower=borrower, roles=roles)
    return tuple(found.values())
