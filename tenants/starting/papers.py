"""The letter to Bufdir, ready to be sent: that the kommune starts, who coordinates, the number, and from when."""

from dataclasses import dataclass
from datetime import date, datetime

from varde.documents.paper import Facts, Paper, Text
from varde.ui.dates import long_date
from varde.ui.numbers import phone as written

TO = "Til Barne-, ungdoms- og familiedirektoratet (Bufdir)"
_BYDEL = 6


@dataclass(frozen=True, slots=True)
class Start:
    """What the letter says. `coordinators`: (name, e-mail)."""

    kommune: str
    number: str
    region: str
    coordinators: tuple[tuple[str, str], ...]
    phone: str
    hours: str
    address: str
    starts_on: date


def letter(start: Start, now: datetime) -> Paper:
    """The same facts give the same letter."""
    who = title(start.kommune, start.number)
    together = f" Vi samarbeider med de andre i {start.region}." if start.region else ""
    body = (
        f"{who} ({start.number}) starter med TryggEst {long_date(start.starts_on)}.{together}\n\n"
        "Vi ønsker å være med i nettverket for kommuner med TryggEst, og sender tall slik Bufdir ber om."
    )
    facts = (
        ("Bydel" if len(start.number) == _BYDEL else "Kommune", f"{start.kommune} ({start.number})"),
        ("Samarbeider i", start.region),
        ("Starter", long_date(start.starts_on)),
        ("Koordinator", "\n".join(f"{name}, {email}" for name, email in start.coordinators)),
        ("Telefon", f"{written(start.phone)} ({start.hours})" if start.hours else written(start.phone)),
        ("Nettside", start.address),
    )
    signed = f"Med vennlig hilsen\n\n{who}"
    pieces = (Text(TO), Text(body), Facts(facts), Text(signed))
    return Paper("Oppstart av TryggEst", start.kommune, now, pieces, mark="")


def title(name: str, number: str) -> str:
    """«Løten kommune», and «Bydel Stovner» for a bydel with a team of its own."""
    if len(number) == _BYDEL:
        return name if name.casefold().startswith("bydel") else f"Bydel {name}"
    return f"{name} kommune"
