"""The certificate of an office's end: what was destroyed, how much, where the log ended, who said so, and when."""

from dataclasses import dataclass
from typing import Any

from shared.orders.queries import Placed
from varde.clock import now
from varde.documents.paper import Facts, Heading, Paper, Table, Text, pdf
from varde.tenancy.door import OfficeRef
from varde.ui.dates import date_and_time
from varde.ui.numbers import whole

_LEAD = "Alt som var kontorets eget på plattformen, er slettet. Kontoret har fått en låst fil med det."
_WHAT = (
    "Databaseskjemaet med alle tabellene, innloggingene til databasen, nøklene som innholdet var låst med, "
    "postnøklene og filen hos plattformen er slettet. Uten nøklene kan heller ikke gamle sikkerhetskopier leses."
)
_LEFT = (
    "Andre kontorer har fortsatt sine egne rader om brev de har sendt eller fått, i sine egne logger. "
    "Plattformen beholder kontorets navn og nummer, attesten og bestillingen. Ingen av dem har personopplysninger."
)


@dataclass(frozen=True, slots=True)
class Made:
    """The facts as a row keeps them, and the same as a paper."""

    facts: dict[str, Any]
    pdf: bytes


def made(order: Placed, ref: OfficeRef) -> Made:
    """From what the order's steps say."""
    counts: dict[str, int] = order.fact("counts") or {}
    facts = {
        "name": ref.name,
        "number": ref.number,
        "asked_at": order.asked_at.isoformat(),
        "rows": sum(counts.values()),
        "counts": counts,
        "log_rows": order.fact("log_rows"),
        "log_number": order.fact("log_number"),
        "log_digest": order.fact("log_digest"),
        "log_whole": order.fact("log_whole"),
        "file_sha256": order.fact("sha256"),
        "said": [[step.word, step.who, step.at.isoformat()] for step in order.steps if step.state != "working"],
    }
    return Made(facts, pdf(paper(order, facts)))


def paper(order: Placed, facts: dict[str, Any]) -> Paper:
    """PDF/A and PDF/UA like every paper of ours."""
    name = f"{facts['name']} ({facts['number']})" if facts["number"] else str(facts["name"])
    told = tuple((date_and_time(step.at), step.word, step.who) for step in order.steps if step.state != "working")
    counts = tuple((table, whole(rows)) for table, rows in sorted(facts["counts"].items()) if rows)
    return Paper(
        title="Attest om sletting",
        office=name,
        made_at=now(),
        lead=_LEAD,
        mark="",
        pieces=(
            Facts((
                ("Kontor", name),
                ("Slettet", date_and_time(now())),
                ("Rader til sammen", whole(facts["rows"])),
                ("Innsynsloggen var hel", "Ja" if facts["log_whole"] else "Nei"),
                ("Rader i innsynsloggen", whole(facts["log_rows"])),
                ("Loggens siste sjekksum", str(facts["log_digest"])),
                ("Filen kontoret fikk, SHA-256", str(facts["file_sha256"])),
            )),
            Heading("Hva som er slettet"),
            Text(_WHAT),
            Heading("Hva som er igjen"),
            Text(_LEFT),
            Heading("Hvem som har sagt ja"),
            Table(("Når", "Hva", "Hvem"), told),
            Heading("Rader per tabell før slettingen"),
            Table(("Tabell", "Rader"), counts),
        ),
    )  # fmt: skip
