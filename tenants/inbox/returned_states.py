"""When a concern from the phone can be sent back, and why. Pure."""

from varde.refusal import Refused

WHY = [
    ("bor_ikke_her", "Personen bor ikke i kommunen"),
    ("feil_kommune", "Det gjelder en annen kommune"),
]
SERVICES = {"hotline": "vakttelefonen", "krisesenter": "krisesenteret"}


def can_return(channel: str, progress: str, *, carried: bool) -> bool:
    """Only what came by the phone, that a person has opened and nobody has decided on."""
    return channel == "hotline" and progress == "opened" and carried


def check_return(channel: str, progress: str, *, carried: bool) -> None:
    """Raise Refused with a sentence unless it can be sent back."""
    if can_return(channel, progress, carried=carried):
        return
    if progress == "returned":
        raise Refused("Bekymringen er alt sendt tilbake.")
    if channel != "hotline" or not carried:
        raise Refused("Bare en bekymring fra vakttelefonen kan sendes tilbake dit.")
    if progress == "received":
        raise Refused("Åpne bekymringen før du sender den tilbake.")
    raise Refused("Bekymringen er avklart her og kan ikke sendes tilbake. Overfør saken i stedet.")
