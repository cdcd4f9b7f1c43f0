"""How far a concern has come, and by which way it came. One table of moves."""

CHANNELS = [
    ("web", "nettskjema"),
    ("api", "fagsystem"),
    ("phone", "telefon"),
    ("letter", "brev eller e-post"),
    ("visit", "oppmøte"),
    ("hotline", "felles vakttelefon"),
    ("transfer", "overført fra en annen kommune"),
    ("import", "import"),
]
PROGRESS = [
    ("received", "Mottatt"),
    ("opened", "Åpnet av et menneske"),
    ("in_progress", "Under arbeid"),
    ("closed", "Avsluttet"),
    ("returned", "Sendt tilbake"),
]
# «Gjelder bekymringen noen som arbeider i kommunen?»
ABOUT_STAFF = [
    ("staff", "Noen som arbeider i kommunen"),
    ("leader", "En leder i kommunen"),
    ("team", "Noen i TryggEst-teamet"),
    ("coordinator", "Koordinatoren for TryggEst"),
]
# Why somebody must not see a matter.
DENIALS = [
    ("habilitet", "Inhabil"),
    ("kinship", "I slekt eller nær relasjon"),
    ("suspected", "Kan være den det er mistanke mot"),
    ("other", "Annen grunn"),
]
# Ways by which nobody got a receipt that is good here: a message would reach nobody. Which, as a sentence.
NO_RECEIPT = {
    "transfer": "Kvitteringen til melderen gjelder i kommunen den kom fra. En melding herfra når ikke melderen.",
    "hotline": "Den som ringte vakttelefonen, fikk ingen kvittering. En melding herfra når ikke melderen.",
    "import": "Ingen har fått kvittering på det som er hentet inn. En melding herfra når ikke melderen.",
}
# From -> to. A closed matter is taken up again only by reopening, never by opening.
MOVES: dict[str, frozenset[str]] = {
    "received": frozenset({"opened"}),
    # Sent back to the phone as misrouted; it is another kommune's from then on.
    "opened": frozenset({"in_progress", "closed", "returned"}),
    "in_progress": frozenset({"closed"}),
    "closed": frozenset({"in_progress"}),
    "returned": frozenset(),
}
# Nothing new is laid there.
OVER = ("closed", "returned")


class WrongMove(ValueError):
    """A move that the table does not hold."""


def check_move(now: str, to: str) -> None:
    """Raise WrongMove unless the table allows it."""
    if to not in MOVES[now]:
        raise WrongMove(f"Bekymringen kan ikke gå fra «{dict(PROGRESS)[now]}» til «{dict(PROGRESS)[to]}».")
