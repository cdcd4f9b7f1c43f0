"""Carrying a change over to what is to hold later, so that neither undoes the other. Pure."""

from dataclasses import fields, replace
from uuid import UUID

from regional.cooperation.shares import WHOLE, split
from regional.cooperation.terms import Lend, Party, Task, Terms, without_party

_PLAIN = ("title", "model", "form", "sharing", "settings", "starts_on", "ends_on", "text")


def carried(before: Terms, after: Terms, onto: Terms) -> Terms:
    """`onto` with all that differs between `before` and `after`, and nothing else. Where they are the same, `after`."""
    if onto == before:
        return after
    plain = {name: getattr(after, name) for name in _PLAIN if getattr(after, name) != getattr(before, name)}
    found = replace(onto, parties=_parties(before, after, onto), **plain)
    found = replace(found, tasks=_tasks(before, after, found), lends=_lends(before, after, found))
    return _whole(found) if _shares(before) != _shares(after) else found


def with_back(terms: Terms, before: Terms, key: UUID) -> Terms:
    """A party that was to leave stays, as it stood before: with its tasks, its lends and its part of the grant."""
    party = before.party(key)
    if party is None or terms.party(key) is not None:
        return terms
    without = without_party(before, key)
    shares_as_then = _shares(terms) == _shares(without)
    then = {one.id: one.weight for one in before.parties}
    weights = then if shares_as_then else {one.id: one.weight for one in terms.parties} | {key: 0}
    order = [one.id for one in before.parties]
    parties = sorted((*terms.parties, party), key=lambda one: order.index(one.id) if one.id in order else len(order))
    duties = {task.code: task.who[key] for task in before.tasks if key in task.who}
    here = {one.id for one in parties} | {None}
    pairs = {(one.lender, one.borrower) for one in terms.lends}
    lends = [one for one in before.lends if key in (one.lender, one.borrower) and {one.lender, one.borrower} <= here]
    return replace(
        terms,
        parties=tuple(replace(one, weight=weights[one.id], host=one.host and one.id != key) for one in parties),
        tasks=tuple(
            replace(task, who={**task.who, key: duties[task.code]}) if task.code in duties else task
            for task in terms.tasks
        ),
        lends=(*terms.lends, *(one for one in lends if (one.lender, one.borrower) not in pairs)),
    )


def _shares(terms: Terms) -> object:
    return terms.sharing, {party.id: party.weight for party in terms.parties}


def _parties(before: Terms, after: Terms, onto: Terms) -> tuple[Party, ...]:
    gone = {party.id for party in before.parties} - {party.id for party in after.parties}
    anew = before.sharing != after.sharing  # 60 percent is no weight of 60
    kept = [_party(before.party(one.id), after.party(one.id), one, anew) for one in onto.parties if one.id not in gone]
    new = [one for one in after.parties if before.party(one.id) is None and onto.party(one.id) is None]
    return (*kept, *new)


def _party(before: Party | None, after: Party | None, onto: Party, anew: bool) -> Party:
    if before is None or after is None:
        return onto
    said = {one.name: getattr(after, one.name) for one in fields(Party)}
    return replace(
        onto,
        **{
            name: value for name, value in said.items() if value != getattr(before, name) or (name == "weight" and anew)
        },
    )


def _tasks(before: Terms, after: Terms, onto: Terms) -> tuple[Task, ...]:
    old, new = ({task.code: task for task in terms.tasks} for terms in (before, after))
    here = {party.id for party in onto.parties}
    kept = [
        _task(old.get(task.code), new.get(task.code), task)
        for task in onto.tasks
        if task.code in new or task.code not in old
    ]
    known = {task.code for task in onto.tasks}
    added = [task for code, task in new.items() if code not in old and code not in known]
    return tuple(replace(task, who={k: v for k, v in task.who.items() if k in here}) for task in [*kept, *added])


def _task(before: Task | None, after: Task | None, onto: Task) -> Task:
    if before is None or after is None:
        return onto
    who = dict(onto.who)
    for party in set(before.who) | set(after.who):
        if before.who.get(party) != after.who.get(party):
            who[party] = after.who.get(party, "")
    said = {name: getattr(after, name) for name in ("title", "text") if getattr(after, name) != getattr(before, name)}
    return replace(onto, who={party: duty for party, duty in who.items() if duty}, **said)


def _lends(before: Terms, after: Terms, onto: Terms) -> tuple[Lend, ...]:
    old, new, later = ({(one.lender, one.borrower): one for one in terms.lends} for terms in (before, after, onto))
    here = {party.id for party in onto.parties} | {None}
    for key in old.keys() | new.keys():
        if old.get(key) == new.get(key):
            continue
        later.pop(key, None)
        if key in new and set(key) <= here:
            later[key] = new[key]
    order = list(new) + [key for key in later if key not in new]
    return tuple(later[key] for key in order if key in later)


def _whole(terms: Terms) -> Terms:
    """Percent that were agreed among others, as parts of a hundred among those who are left."""
    weights = [party.weight for party in terms.parties]
    if terms.sharing != "percent" or not any(weights) or sum(weights) == WHOLE or any(each < 0 for each in weights):
        return terms
    parts = split(WHOLE, weights)
    return replace(
        terms, parties=tuple(replace(one, weight=part) for one, part in zip(terms.parties, parts, strict=True))
    )
