"""Asking the ledger, what is frozen, and the pool. What is frozen and pooled is raw: for purpose "returns" alone."""

from regional.releases.areas import holder
from regional.releases.chain import agrees_with_log, verify
from regional.releases.claims import bears_out
from regional.releases.keeping import with_kept
from regional.releases.ledger import Broken, Entry, Ledger, ledger, numbers_of
from regional.releases.marks import same_mark
from regional.releases.models import Contribution, LedgerEntry
from regional.releases.problem import Closed, Fact, Part, World
from shared.registry.models import Office

BROKEN = "Hovedboken er ikke hel: en rad er endret eller mangler. Ingen tall gis ut før det er funnet ut av."
CUT = "Loggen viser at hovedboken har hatt rader som er borte. Ingen tall gis ut før det er funnet ut av."
CHANGED = "Det som er frosset for {period}, er endret siden det ble lukket. Ingen tall gis ut før det er funnet ut av."


def entries() -> list[Entry]:
    """Every row of the ledger, in order, with what the worker keeps of each. Raises Broken."""
    return [with_kept(row) for row in LedgerEntry.objects.order_by("number")]


def told_openly() -> Ledger:
    """What the ledger says to people: without drafts that have not been given out, and without what is unsafe.

    Nothing is made from this. Raises Broken.
    """
    rows = LedgerEntry.objects.order_by("number")
    return ledger(Entry(row.number, row.kind, row.content) for row in rows)


def not_cut() -> None:
    """As the purpose "verify": Broken where the log says that rows were entered which are there no more."""
    if not agrees_with_log():
        raise Broken(CUT)


def read_ledger() -> Ledger:
    """What the ledger says to the worker, after a walk along the chain. Raises Broken."""
    if not verify().whole:
        raise Broken(BROKEN)
    return ledger(entries())


def frozen(told: Ledger) -> tuple[Closed, ...]:
    """Every closed period with its contributions. Raises Broken where one is missing, too many or changed."""
    rows: dict[str, list[Part]] = {}
    for row in Contribution.objects.order_by("period", "kommune"):
        rows.setdefault(row.period, []).append(Part(str(row.kommune), row.form, numbers_of(row.numbers)))
    found = []
    for closed in told.closed:
        parts = rows.pop(closed.period, [])
        marks = dict(closed.marks)
        same = [same_mark(marks.pop((part.kommune, part.form), ""), closed.period, part) for part in parts]
        if marks or not all(same):
            raise Broken(CHANGED.format(period=closed.period))
        found.append(Closed(closed.period, tuple(parts)))
    if rows:
        raise Broken(CHANGED.format(period=min(rows)))
    return tuple(found)


def world(told: Ledger) -> World:
    """What is frozen, with whoever holds today what each kommune knew. Raises Broken."""
    closed = frozen(told)
    gone = became()
    names = {part.kommune for each in closed for part in each.parts}
    return World(closed, {name: holder(name, gone) for name in names})


def true_facts(told: Ledger, found: World) -> tuple[Fact, ...]:
    """The facts from elsewhere that what is frozen bears out. What is claimed and is not so is left out here, in the
    worker's memory, and nowhere told: nobody learns a figure by claiming it."""
    return tuple(each for each in told.facts if bears_out(found, each))


def became() -> dict[str, str]:
    """What each kommune that is no more has become part of, by id."""
    rows = Office.objects.filter(became__isnull=False).values_list("id", "became")
    return {str(office): str(heir) for office, heir in rows}
