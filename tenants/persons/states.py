"""Codes and rules of person cards; no database, no clock."""

from stdnum.no import fodselsnummer

from varde.refusal import Refused

ROLES = [
    ("exposed", "Den utsatte"),
    ("suspected", "Den det er mistanke mot"),
    ("reporter", "Melder"),
    ("child", "Barn"),
    ("relative", "Pårørende"),
    ("guardian", "Verge"),
    ("other", "Annen"),
]
KNOWN = [("known", "Kjent"), ("half", "Delvis kjent"), ("unknown", "Ukjent")]
PROTECTION = [("none", "Ingen"), ("confidential", "Fortrolig"), ("strict", "Strengt fortrolig")]
RELATIONS = [
    ("spouse", "Ektefelle, samboer eller kjæreste"),
    ("ex", "Tidligere partner"),
    ("parent", "Forelder"),
    ("sibling", "Søsken"),
    ("grandchild", "Barnebarn"),
    ("in_law", "Svigerfamilie"),
    ("family", "Annen familie"),
    ("friend", "Venn eller bekjent"),
    ("neighbour", "Nabo"),
    ("resident", "Bor samme sted"),
    ("staff", "Ansatt som gir hjelp"),
    ("volunteer", "Frivillig eller støttekontakt"),
    ("guardian", "Verge"),
    ("online", "Kjent fra nettet"),
    ("stranger", "Fremmed"),
    ("other", "Annet"),
]
ANSWERS = [("yes", "Ja"), ("no", "Nei"), ("unknown", "Vet ikke")]
SERVICES = [("yes", "Har tjenester"), ("no", "Har ingen tjenester"), ("unknown", "Vet ikke")]
# Why somebody may need a protected address.
ADDRESS_REASONS = [
    ("visit", "Noen skal dit"),
    ("danger", "Fare for liv eller helse"),
    ("services", "Tjenester må komme fram"),
    ("authority", "Politi eller annen myndighet har hjemmel til å få vite det"),
    ("other", "Annen grunn"),
]

HIDDEN_ADDRESS = "Adressen er skjermet"
_SHORT = 60


def check_open(progress: str) -> None:
    """Raise Refused for a matter that nobody has opened, and for one that is over: there nothing is written anew."""
    if progress == "received":
        raise Refused("Åpne bekymringen først.")
    if progress == "returned":
        raise Refused("Bekymringen er sendt tilbake til vakttelefonen, og ingenting legges til.")
    if progress == "closed":
        raise Refused("Saken er lukket, og ingenting legges til eller endres. Gjenåpne den først.")


def check_not_merged(into_another: bool, holds_others: bool) -> None:
    """Raise Refused for a card that is one with another: what it says stands there too."""
    if into_another or holds_others:
        raise Refused("Kortet er slått sammen med et annet. Skill kortene først.")


def checked_id_number(typed: str) -> str:
    """The eleven digits of a fødselsnummer or D-number, also a synthetic one (month + 40 or + 80).

    Raises Refused with a sentence. Sex and age are never read out of it.
    """
    digits: str = fodselsnummer.compact(typed)
    if not digits:
        return ""
    if len(digits) != 11 or not (digits.isascii() and digits.isdigit()):
        raise Refused("Et fødselsnummer eller D-nummer har elleve siffer.")
    checks = (fodselsnummer.calc_check_digit1(digits), fodselsnummer.calc_check_digit2(digits))
    if (digits[9], digits[10]) != checks:
        raise Refused("Nummeret stemmer ikke. Kontrollsifrene er feil, så et siffer er trolig skrevet galt.")
    if not _is_day(int(digits[:2]), int(digits[2:4])):
        raise Refused("Nummeret stemmer ikke. De fire første sifrene er ikke en dag og en måned.")
    return digits


def _is_day(day: int, month: int) -> bool:
    day -= 40 if day > 40 else 0
    month -= 80 if month > 80 else 40 if month > 40 else 0
    return 1 <= day <= 31 and 1 <= month <= 12


def check_named(known: str, name: str, description: str) -> None:
    """Raise Refused for a known person without a name, and for a half-known one of whom nothing is said."""
    if known == "known" and not name:
        raise Refused("Skriv navnet, eller velg «Delvis kjent» eller «Ukjent».")
    if known == "half" and not (name or description):
        raise Refused("Skriv det dere vet: en del av navnet, eller en beskrivelse.")


def name_for(known: str, name: str, description: str) -> str:
    """What people call the person: the name, else what is known, else that nobody knows."""
    if name:
        return name
    line = description.strip().partition("\n")[0]
    short = line if len(line) <= _SHORT else f"{line[: _SHORT - 1].rstrip()}…"
    if known == "unknown" or not short:
        return f"Ukjent person ({short})" if short else "Ukjent person"
    return short


def strictest(*levels: str) -> str:
    """The strictest of several address protections."""
    order = [code for code, _ in PROTECTION]
    return max(levels, key=lambda level: order.index(level) if level in order else 0, default="none")
