"""What the leader team knows about a kommune that goes out: its places and those who sit in them."""

from collections.abc import Iterator

from regional.cooperation.consequences import Asked, Consequence
from regional.leaders import queries, tables
from regional.leaders.models import BODY, Term
from varde.identity.models import User
from varde.ui.dates import day_of


def tell(asked: Asked) -> Iterator[Consequence]:
    """For the steps of the agreement; nothing when a kommune joins and is in no table."""
    day, name = day_of(asked.at), queries.name_of(asked.kommune.id, asked.kommune.name)
    table = queries.newest_table()
    if asked.kind == "join":
        yield Consequence(
            "Plass i lederteamet", 0, "Kommunen får plass når rulleringen endres.", where="/lederteam/endre"
        )
        return
    if asked.kind == "host":
        return
    held = queries.seats_held(name, day)
    yield Consequence(
        "Plasser i lederteamet da",
        len(held),
        f"{', '.join(held)}. De står til neste periode, og går videre når rulleringen endres."
        if held
        else "Kommunen har ingen plass den dagen.",
        where=f"/lederteam/endre/ut?kommune={name}" if held and table and table.form != BODY else "",
    )
    people = Term.objects.filter(gone_at=None, kommune=name).exclude(until__lt=day)
    yield Consequence(
        "Personer fra kommunen i lederteamet",
        people.count(),
        "De kalles ikke inn lenger. Siste dag føres for hver av dem.",
        where="/lederteam/folk",
    )
    accounts = people.exclude(user=None).values("user")
    kept = User.objects.filter(id__in=accounts, is_active=True, for_office=None).count()
    yield Consequence(
        "Kontoer som ikke følger avtalen",
        kept,
        "De er regionens egne, og beholder tilgangen når kommunen går ut.",
        "Før hvem de handler for, eller steng dem." if kept else "",
        "/folk" if kept else "",
    )
    ahead = _turns_ahead(name, day.year) if table and table.form != BODY else 0
    yield Consequence("Turer som kommunen har i vente", ahead, "Fordeles på de andre når rulleringen endres.")


def _turns_ahead(name: str, year: int) -> int:
    table = queries.newest_table()
    rotation = tables.rotation_of(table) if table else None
    if rotation is None:
        return 0
    later = [at for at, first in enumerate(rotation.first_years) if first > year]
    return sum(row[at] == name for row in rotation.holders.values() for at in later)
