"""Mail is built here from two texts and an address to log in at. Nothing else can get in."""

import logging
import re
from collections.abc import Collection, Mapping
from smtplib import SMTPRecipientsRefused
from typing import Literal

from django.conf import settings
from django.core.mail import send_mail

from varde.tenancy.door import OfficeRef

log = logging.getLogger("varde.notify")
Kind = Literal[
    "new",
    "due",
    "dormant",
    "glass",
    "unstaffed",
    "link",
    "link_other",
    "rota",
    "late",
    "pack",
    "missing",
    "waits",
    "waits_phone",
    "silent",
    "released",
]

_TEXTS: dict[Kind, tuple[str, str]] = {
    "unstaffed": (
        "Teamet mangler folk",
        "TryggEst-teamet har ingen som kan ta imot alt som kommer. Sjekk at koordinator og stedfortreder er satt opp.",
    ),
    "glass": ("En nødåpning er brukt", "Noen er sluppet inn et sted der du har tilgang. Logg inn for å se det."),
    "dormant": ("Kontoen din stenges snart", "Du har ikke logget inn på lenge. Logg inn, ellers stenges kontoen."),
    "link": (
        "Ny innloggingslenke til kontoen din",
        "Det er laget en ny innloggingslenke til kontoen din. Passordet ditt virker til lenken er brukt."
        " Har du ikke bedt om den, si fra til lederen din og til koordinatoren med en gang.",
    ),
    "link_other": (
        "Det er laget en ny innloggingslenke",
        "Noen som styrer brukere, har laget en ny innloggingslenke til en konto hos dere."
        " Innsynsloggen viser hvem og til hvem. Spør den det gjelder om det var meningen.",
    ),
    "new": ("Noe nytt venter", "Det er noe nytt som venter på deg. Logg inn for å se det."),
    "rota": (
        "Vaktlisten har hull",
        "Telefonen er åpen på tider de neste sju dagene der ingen har vakt. Logg inn og se vaktlisten.",
    ),
    "late": (
        "Noe er over frist",
        "Noe er over frist, og du er den neste som får vite det. Logg inn og se under I dag.",
    ),
    "pack": (
        "Dagens beredskapspakke er klar",
        "Dagens beredskapspakke er laget. Logg inn, hent den under Beredskap, og legg den der dere har avtalt.",
    ),
    "missing": (
        "Noe kan mangle i posten",
        "Kontrollen av posten mellom kontorene har funnet noe som ikke stemmer. Logg inn og se under Post.",
    ),
    "waits": (
        "Noe venter i TryggEst",
        "Noe har ventet lenger enn fristen, og de som har vakt, er varslet. Sjekk at noen i teamet tar det nå.",
    ),
    "waits_phone": (
        "Noe venter i TryggEst",
        "Noe har ventet lenger enn fristen, i en kommune eller ved vakttelefonen. Logg inn og se hva som venter.",
    ),
    "silent": (
        "Noen kan komme til å ringe forgjeves",
        "Det er tider de neste sju dagene der ingen svarer når noen ringer TryggEst."
        " Logg inn og se Drift av vakttelefonen.",
    ),
    "released": (
        "Kontrollen av tall som er gitt ut",
        "Nattens kontroll av statistikken har funnet noe. Logg inn og se under Statistikk før noe nytt gis ut.",
    ),
    "due": (
        "Noe har en frist",
        "Noe du eier, har en frist som nærmer seg eller er passert. Logg inn for å se det.",
    ),
}


def address(ref: OfficeRef, path: str = "/") -> str:
    """The office's address on the net."""
    port = f":{settings.PUBLIC_PORT}" if settings.PUBLIC_SCHEME == "http" else ""
    return f"{settings.PUBLIC_SCHEME}://{ref.slug}.{settings.PUBLIC_HOST}{port}{path}"


def tell_of[R](
    kind: Kind, wanted: Mapping[R, Collection[str]], *, ref: OfficeRef, alone_is_told: bool = False
) -> list[R]:
    """Tell the people of each row, one mail each whatever their rows; returns the rows of which somebody was told.

    `alone_is_told`: a row with nobody to tell is one of them.
    """
    told = tell(kind, to=sorted(set().union(*wanted.values())), ref=ref)
    return [row for row, whom in wanted.items() if told & set(whom) or (alone_is_told and not whom)]


def tell(kind: Kind, *, to: list[str], ref: OfficeRef) -> set[str]:
    """Send the notice of this kind to these people, one mail each; returns who need not be told again.

    A mail server that is away is only noted, and not asked for the others; an address that it refuses is given up.
    """
    subject, sentence = _TEXTS[kind]
    told: set[str] = set()
    for email in to:
        try:
            send_mail(subject, f"{sentence}\n\n{address(ref, '/inn')}\n", None, [email])
        except OSError as error:
            log.warning("notice not sent: %s", type(error).__name__)
            if not isinstance(error, SMTPRecipientsRefused):
                break
        told.add(email)
    return told


_LINK = re.compile(r"/aktiver/[0-9a-f]{32}/[0-9a-z]+-[0-9a-f]+")
_WELCOME = (
    "Kontoen din i Varde",
    "Kontoret ditt er opprettet, og du er den første som kan styre det. Velg passord her. Lenken virker én gang og i"
    " tre døgn. Virker den ikke lenger, ring den som ba om at kontoret ble opprettet.",
)


def send_link(*, to: str, ref: OfficeRef, path: str) -> bool:
    """The one-time link to the first person of a newborn office, who nobody there could hand it to. False when the
    mail server did not take it; ValueError for any other address."""
    if not _LINK.fullmatch(path):
        raise ValueError("not an activation link")
    subject, sentence = _WELCOME
    try:
        send_mail(subject, f"{sentence}\n\n{address(ref, path)}\n", None, [to])
    except OSError as error:
        log.warning("link not sent: %s", type(error).__name__)
        return False
    return True
