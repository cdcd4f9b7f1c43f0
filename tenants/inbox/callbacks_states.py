"""What of a call back can be put right, and what is said of a change. Pure."""

from collections.abc import Mapping

# In the order of the form. Of whoever reported neither name nor number is typed.
LABELS = {
    "who": "Hvem",
    "phone": "Telefon",
    "safe_ways": "Når og hvordan",
    "not_on_voicemail": "Må ikke legges igjen på telefonsvarer",
    "listening": "Kan høre på",
    "interpreter": "Tolk",
}
OF_REPORTER = tuple(name for name in LABELS if name not in ("who", "phone"))
REPORTER = "Melderen"
NOT_OPENED = "Åpne bekymringen før du skriver hvem som skal ringes."
OVER = "Saken er lukket, og ingen nye skal ringes. Gjenåpne den først."
SENT_BACK = "Bekymringen er sendt tilbake til vakttelefonen, og ingen nye skal ringes herfra."
CLOSED_TO = {"received": NOT_OPENED, "closed": OVER, "returned": SENT_BACK}


def editable(*, to_reporter: bool) -> tuple[str, ...]:
    """The fields that can be put right."""
    return OF_REPORTER if to_reporter else tuple(LABELS)


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """What stood in the fields that are different now."""
    return {name: before[name] for name, text in after.items() if text != before[name]}


def in_words(was: Mapping[str, str]) -> list[dict[str, str]]:
    """What stood before, for a page."""
    return [{"label": label, "value": was[name] or "Ikke oppgitt"} for name, label in LABELS.items() if name in was]


def check_open(progress: str) -> None:
    """ValueError with a sentence where nobody new is called: not opened yet, or over (also where it was sent on)."""
    if progress in CLOSED_TO:
        raise ValueError(CLOSED_TO[progress])
