"""The menu as cards. The words are kept by address, so that a room need not say them and the ground knows none."""

from dataclasses import dataclass

from varde.access.reader import Reader
from varde.ui.navigation import links

_WORDS = {
    "/innboks": "Bekymringer som er kommet inn, og de som venter på deg.",
    "/innboks/ny": "Skriv ned en bekymring som kom på telefon, i brev eller ansikt til ansikt.",
    "/frister": "Det som har passert fristen eller nærmer seg.",
    "/team/frister": "Hvor lang tid hver kategori har.",
    "/vakttelefon/tall": "Hvor mange som ringer, og når. Uten innhold.",
    "/saker": "Åpne saker, neste steg og frister.",
    "/tiltak": "Hva som skal gjøres, av hvem og når.",
    "/team": "Hvem som er i teamet, og hvilke tjenester som mangler.",
    "/folk": "Gi folk konto og roller, og steng kontoer.",
    "/statistikk": "Tall du har tilgang til.",
    "/innsynslogg": "Hvem som har lest og endret hva. Uten innhold.",
    "/vakttelefon": "Ta imot samtaler og send bekymringer til rett kommune.",
    "/lederteam": "Plassene i lederteamet og hvem som har dem når.",
    "/samarbeid": "Avtalen mellom kommunene i regionen.",
    "/post": "Brev mellom kontorene som er underveis.",
    "/plattform": "Kontorene på plattformen og om de er i gang.",
}


@dataclass(frozen=True, slots=True)
class Card:
    """One entry of the menu with what it is for."""

    label: str
    url: str
    text: str


def cards(by: Reader) -> list[Card]:
    """The menu of this reader, in its order."""
    found = [(str(link["label"]), str(link["url"])) for link in links("", by)]
    return [Card(label, url, _WORDS.get(url, "")) for label, url in found]
