"""The anchor's mail: built from a number, a digest and an office's short name. Nothing else can get in."""

import logging

from django.conf import settings
from django.core.mail import send_mail

from varde.audit.anchor import Line

log = logging.getLogger("varde.audit")

_TEXT = """Dette er dagens anker for innsynsloggen. Ta vare på e-posten. Den viser senere om noen har endret loggen.

{line}

Linjen har dag, kontor, nummeret på siste rad og et kontrolltall. Den sier ikke noe om hvem eller hva.
"""


def mail(line: Line, to: list[str]) -> bool:
    """Send the line to each address; True when all mails were taken."""
    taken = bool(to)
    for address in to:
        try:
            send_mail("Anker for innsynsloggen", _TEXT.format(line=line.text), None, [address])
        except OSError as error:
            log.warning("anchor not mailed: %s", type(error).__name__)
            taken = False
    return taken


def addresses(own: str) -> list[str]:
    """The office's own address, and the one that the platform was started with."""
    return list(dict.fromkeys(each for each in (own, settings.ANCHOR_MAIL) if each))
