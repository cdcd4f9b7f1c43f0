"""What the log says, in words: nouns, deeds, purposes and grounds."""

from collections.abc import Sequence

from varde.audit.models import Action
from varde.audit.words import WORDS

_PAGES = {
    "page./konto/bekreft": "siden for å bekrefte innloggingen",
}


# A task or command of the platform's own stands in the log by its purpose.
_PURPOSES = {
    "post": "Varde, post",
    "intake": "Varde, meldeskjemaet",
    "receipt": "Varde, kvittering",
    "reminders": "Varde, påminnelser",
    "returns": "Varde, tall",
    "import": "Varde, import",
    "keys": "Varde, nøkler",
    "setup": "Varde, oppsett",
    "verify": "Varde, kontroll av loggen",
    "documents": "Varde, vedlegg",
    "sharing": "Varde, engangslenke",
    "retention": "Varde, oppbevaring",
    "continuity": "Varde, beredskap",
    "redirect": "Varde, videresending",
    "ledger": "Varde, kontroll av posten",
    "starting": "Varde, oppstart",
    "machine": "Varde, et system med nøkkel",
}

# What a purpose does, for the person whose matter it is.
_WHY = {
    "post": "Sikker post mellom kontorer",
    "redirect": "Sendt videre til rett kommune, uten at noen leste det",
    "ledger": "Kontroll av at ingenting er borte, uten at noen leser det",
    "reminders": "Påminnelse om frister",
    "returns": "Telling til statistikk, uten navn",
    "import": "Overføring av eldre saker",
    "keys": "Vedlikehold av nøkler",
    "retention": "Sletting når fristen for lagring er ute",
    "verify": "Kontroll av innsynsloggen",
    "documents": "Sjekk og rensing av vedlegg",
    "sharing": "Lest av den det ble delt med",
    "continuity": "Beredskapspakken, laget for dem som ser saken",
}

# Several of the same, as they are counted on a line.
_MANY = {
    "inbox.concern": "bekymringer",
    "inbox.envelope": "uåpnede bekymringer",
    "cases.case": "saker",
    "measures.measure": "tiltak",
    "measures.request": "forespørsler",
    "team.partner": "samarbeidsparter",
    "triage.step": "neste steg",
    "triage.assessment": "vurderinger",
    "triage.talk": "drøftinger",
    "audit.finding": "oppslag som skiller seg ut",
    "hotline.call": "samtaler",
    "hotline.callback": "tilbakeringinger",
    "machines.machine": "systemer med nøkkel",
    "team.member": "plasser i teamet",
    "meeting.meeting": "møter",
    "meeting.item": "saker på et møte",
    "registry.office": "kontorer",
}
_SESSION = {"create": "logget inn", "denied": "prøvde å logge inn, uten å lykkes", "change": "logget ut"}

_WAYS = {
    "password": "passord",
    "totp": "engangskode",
    "recovery_codes": "reservekode",
    "webauthn": "passnøkkel",
    "mfa": "totrinnsbekreftelse",
    "code": "engangskode",
    "passkey": "passnøkkel",
    "link": "aktiveringslenke",
    "entra": "Entra ID",
    "ansattporten": "Ansattporten",
    "idporten": "ID-porten",
}


def said_ground(ground: str) -> str:
    """A ground as it is; a way of logging in in words."""
    if not ground.startswith("login."):
        return ground
    return "med " + " og ".join(_WAYS.get(way, "innlogging utenfra") for way in ground[6:].split("+"))


def who(name: str, *, is_person: bool) -> str:
    """A person's name as it is; a purpose in words; nobody in particular."""
    if is_person or not name:
        return name or "Ikke innlogget"
    return _PURPOSES.get(name, name)


def said(what: str) -> str:
    """The noun in words; a role by its name; one that has no words yet as it is."""
    if what in _PAGES:
        return _PAGES[what]
    if what.startswith("page./"):
        return f"siden {what.removeprefix('page.')}"
    if what.startswith("identity.role."):
        return f"rollen {what.removeprefix('identity.role.')}"
    if what == "door.lent":
        return "utlånt uten at avtalen gjelder"
    if what.startswith("door."):
        return "et rom uten tilgang"
    if what.startswith("post.receipt."):
        return f"kvittering for {said(what.replace('.receipt', '', 1))}"
    return WORDS.get(what, what)


def deed(action: str, what: str, count: int = 1) -> str:
    """«så i en liste: 14 bekymringer», «åpnet en sak», «logget inn»."""
    if what == "identity.session" and action in _SESSION:
        return _SESSION[action]
    done = str(Action(action).label)
    if count == 1:
        return f"{done}: {said(what)}" if action in (Action.LIST, Action.DENIED) else f"{done} {said(what)}"
    return f"{done}: {count} {_MANY[what]}" if what in _MANY else f"{done} {said(what)}, {count} ganger"


def deeds(done: Sequence[tuple[str, str, int]]) -> list[str]:
    """Every (action, what, how many) in words; all that was seen in lists under one «så i en liste»."""
    found: list[str] = []
    listed = [(what, count) for action, what, count in done if action == Action.LIST]
    if len(listed) > 1:
        seen = ", ".join(
            f"{count} {_MANY[what]}" if count > 1 and what in _MANY else said(what) for what, count in listed
        )
        found.append(f"{Action.LIST.label}: {seen}")
    return found + [deed(*each) for each in done if each[0] != Action.LIST or len(listed) == 1]


def why_automatic(purpose: str) -> str:
    """What the platform did by itself, for the person whose matter it is."""
    return _WHY.get(purpose, "Annen automatisk behandling")


def short(object_id: str) -> str:
    """Eight characters are enough to see that two rows are about the same thing, and too few to be an address."""
    return object_id[:8]
