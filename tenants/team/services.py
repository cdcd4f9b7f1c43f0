"""Which services a team should reach. Cases seldom come from a service without a member (evaluation of the pilot)."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Service:
    """A service by its name, the words it is recognised by in what people typed, and words that mean another one."""

    label: str
    words: tuple[str, ...]
    but_not: tuple[str, ...] = ()


POLICE = "Politiet"
SERVICES = (
    Service("Helse", ("helse", "lege", "legevakt"), but_not=("psykisk",)),
    Service("Hjemmetjenesten", ("hjemmetjeneste", "hjemmesykepleie", "hjemmebasert", "hjemmehjelp")),
    Service("Nav", ("nav",)),
    Service("Psykisk helse", ("psykisk", "rus")),
    Service("Habilitering", ("habilitering", "bofellesskap", "miljøtjeneste")),
    Service("Barnevernet", ("barnevern",)),
    Service(POLICE, ("politi", "lensmann")),
)


def missing(services: Iterable[str]) -> list[str]:
    """The services that none of these texts names, in the fixed order."""
    typed = [text.casefold() for text in services]
    return [service.label for service in SERVICES if not any(_is(service, text) for text in typed)]


def _is(service: Service, text: str) -> bool:
    if any(word in text for word in service.but_not):
        return False
    # «nav» alone: the three letters stand inside many other words.
    return any(word in text.split() if len(word) < 4 else word in text for word in service.words)
