"""Finding one's own kommune by name, place or postcode: the code list and the registry put together."""

from dataclasses import dataclass

from shared.codes import kommuner
from shared.registry.models import Office
from shared.registry.queries import norwegian
from varde.notify.mail import address

# The two first digits of a kommunenummer, to tell kommuner of the same name apart.
FYLKER = {
    "03": "Oslo", "11": "Rogaland", "15": "Møre og Romsdal", "18": "Nordland", "31": "Østfold", "32": "Akershus",
    "33": "Buskerud", "34": "Innlandet", "39": "Vestfold", "40": "Telemark", "42": "Agder", "46": "Vestland",
    "50": "Trøndelag", "55": "Troms", "56": "Finnmark",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A kommune to choose. `url` is "" where there is nowhere to report; `why` then says whom to ask instead."""

    number: str
    name: str
    where: str
    url: str = ""
    why: str = ""
    phone: str = ""


def choices(text: str) -> list[Choice]:
    """Without a text: every kommune with a team here. With one: those that fit by name, place or postcode."""
    offices = _offices()
    wanted = text.strip()
    numbers = _fitting(wanted, offices) if wanted else {n for n, o in offices.items() if o.has_team}
    found = [_choice(number, offices.get(number)) for number in numbers]
    return sorted(found, key=lambda choice: (norwegian(choice.name), choice.number))


def _offices() -> dict[str, Office]:
    """By number; the number of one that has become part of another leads to that one."""
    rows = list(Office.objects.filter(kind="kommune"))
    there = {office.id: office for office in rows if office.active}
    before = {office.number: there[office.became] for office in rows if office.became in there}
    return before | {office.number: office for office in there.values()}


def _fitting(wanted: str, offices: dict[str, Office]) -> set[str]:
    """Numbers from the code list, and offices that stand in no list (bydeler, practice offices) by their name."""
    listed = {found.number for found in (*kommuner.search(wanted), *kommuner.named(wanted))}
    start = wanted.casefold()
    return listed | {number for number, office in offices.items() if office.name.casefold().startswith(start)}


def _choice(number: str, office: Office | None) -> Choice:
    name = office.name if office else kommuner.by_number(number).name
    where = f"{FYLKER.get(number[:2], '')} ({number})".strip()
    if office is None:
        why = f"{name} har ikke noe TryggEst-team i denne tjenesten. Kontakt kommunen din på vanlig måte."
        return Choice(number, name, where, why=why)
    url = address(office.ref)
    if office.has_team:
        return Choice(number, name, where, url=url)
    why = f"{name} har ikke noe TryggEst-team ennå. Kontakt {office.ordinary_name or f'{name} kommune'}."
    return Choice(number, name, where, why=why, phone=office.ordinary_phone)
