"""The report of two kommuner that became one: counted before and after, table by table, and where each log ended."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg import sql

from shared.merging.columns import ANEW, APART, LEFT_OUT
from shared.merging.models import MergeReport
from shared.orders.queries import Placed
from varde.clock import now
from varde.documents.paper import Facts, Heading, Paper, Table, Text, pdf
from varde.tenancy.door import OfficeRef
from varde.tenancy.fleet import Connection
from varde.ui.dates import date_and_time
from varde.ui.numbers import whole

_LEAD = "Alle rader i de to kommunene er lagt over i den nye og sammenlignet før noe ble slettet."
_HOW = (
    "Hver rad er sammenlignet kolonne for kolonne, og alt som er lukket, er åpnet i den nye kommunen. Den som hadde "
    "konto med samme e-post begge steder, er én person nå. «Slått sammen» er rader som fantes i begge, der én er nok. "
    "Søkeregistrene er laget på nytt. Økter, tellere og det rammeverket selv nummererer, er ikke flyttet."
)
_LOGS = (
    "Hver gammel innsynslogg står hel ved siden av den nye, og kontrolleres som en kjede for seg («varde verify-log»). "
    "Tall som er sendt for kvartaler før sammenslåingen, står som de ble sendt av kommunene som var. Den nye sender "
    "tall fra kvartalet den ble til, så hver sak telles én gang."
)
_LOOK = (
    "Se over: roller og hvem som er stengt ute av saker (også den som har to kontoer under hvert sitt navn), frister, "
    "åpningstider, mottakere av kontrolltall og innlogging hos ekstern leverandør. Der begge hadde en innstilling, "
    "gjelder den som ble satt sist."
)


@dataclass(frozen=True, slots=True)
class Made:
    """The facts as a row keeps them, and the same as a paper."""

    facts: dict[str, Any]
    pdf: bytes


def made(order: Placed, heir: OfficeRef) -> Made:
    """From what the order's steps say."""
    logs: dict[str, Any] = order.fact("logs") or {}
    said = {
        "name": heir.name,
        "number": heir.number,
        "logs": list(logs.values()),
        "tables": _tables(order, list(logs)),
        "people": order.fact("people"),
        "in_both": order.fact("in_both"),
        "keys": order.fact("keys"),
        "said": [[step.word, step.who, step.at.isoformat()] for step in order.steps if step.state != "working"],
    }
    return Made(said, pdf(paper(order, heir, said)))


def _tables(order: Placed, offices: list[str]) -> list[list[Any]]:
    """[table, rows in the first, in the second, in the new one, joined] of every table with rows."""
    before: dict[str, dict[str, int]] = order.fact("before") or {}
    after: dict[str, int] = order.fact("after") or {}
    joined: dict[str, int] = order.fact("joined") or {}
    one, two = (before.get(office, {}) for office in offices)
    names = sorted((set(one) | set(two) | set(after)) - LEFT_OUT - ANEW - APART)
    rows = [[name, one.get(name, 0), two.get(name, 0), after.get(name, 0), joined.get(name, 0)] for name in names]
    return [row for row in rows if any(row[1:])]


def paper(order: Placed, heir: OfficeRef, facts: dict[str, Any]) -> Paper:
    """PDF/A and PDF/UA like every paper of ours."""
    one, two = (head["name"] for head in facts["logs"])
    told = tuple((date_and_time(step.at), step.word, step.who) for step in order.steps if step.state != "working")
    logs = tuple(
        (head["name"], whole(head["rows"]), "Ja" if head["whole"] else "Nei", head["digest"]) for head in facts["logs"]
    )
    rows = tuple((name, *(whole(number) for number in numbers)) for name, *numbers in facts["tables"])
    return Paper(
        title="Rapport om sammenslåing",
        office=f"{heir.name} ({heir.number})",
        made_at=now(),
        lead=_LEAD,
        mark="",
        pieces=(
            Facts((
                ("Ny kommune", f"{heir.name} ({heir.number})"),
                ("Før", f"{one} og {two}"),
                ("Personer med konto", whole(facts["people"])),
                ("Av dem med konto begge steder", whole(facts["in_both"])),
                ("Nøkler lagt over", whole(facts["keys"])),
            )),
            Heading("Hvordan det er kontrollert"),
            Text(_HOW),
            Heading("Innsynsloggene"),
            Text(_LOGS),
            Table(("Kommune", "Rader", "Hel", "Siste sjekksum"), logs),
            Heading("Dette bør den nye kommunen se over"),
            Text(_LOOK),
            Heading("Hvem som har sagt ja"),
            Table(("Når", "Hva", "Hvem"), told),
            Heading("Rader per tabell"),
            Table(("Tabell", one, two, heir.name, "Slått sammen"), rows),
        ),
    )  # fmt: skip


def insert(line: Connection, order: Placed, heir: OfficeRef, report: Made) -> None:
    """Once for an order."""
    if line.execute('SELECT 1 FROM merging_report WHERE "order" = %s', [order.id]).fetchone():
        return
    row = MergeReport(order=order.id, office=heir.id, facts=report.facts, pdf=report.pdf, made_at=now())
    fields = list(row._meta.concrete_fields)
    names = sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields)
    places = sql.SQL(", ").join(sql.Placeholder() * len(fields))
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    line.execute(sql.SQL("INSERT INTO merging_report ({}) VALUES ({})").format(names, places), values)
