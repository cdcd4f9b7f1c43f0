"""How a case ends, what the person answers, and what is asked afterwards. Fixed lists. Pure."""

from datetime import date, timedelta

ENDINGS = [
    ("ordinary", "Avsluttet etter oppfølging"),
    ("unfounded", "Bekymringen viste seg å være uten grunnlag"),
    ("misuse", "Meldingen var misbruk av ordningen"),
]
# Somebody was named as a danger without reason: what is kept of them is kept for a shorter time.
SHORTER = frozenset({"unfounded", "misuse"})
SHORTER_SAYS = (
    "Slike saker skal lagres kortere enn andre, av hensyn til den det ble meldt om. "
    "Kommunen bestemmer fristen i bevarings- og kassasjonsplanen."
)
SAFE = [("yes", "Ja"), ("unsure", "Usikkert"), ("no", "Nei"), ("not_reached", "Fikk ikke kontakt")]
MORE = [("no", "Nei"), ("yes", "Ja, saken bør gjenåpnes"), ("elsewhere", "Ja, men ikke fra TryggEst")]
LONGEST = timedelta(days=730)


def check_followup(day: date, today: date) -> None:
    """Raise ValueError with a sentence for a day that is over, or more than two years off."""
    if day <= today:
        raise ValueError("Velg en dag etter i dag.")
    if day > today + LONGEST:
        raise ValueError("Datoen er mer enn to år fram. Velg en nærmere dato.")
