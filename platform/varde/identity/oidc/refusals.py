"""Why a log-in at a provider was refused. The log gets the code; the person gets one of three sentences."""

from enum import StrEnum


class Why(StrEnum):
    """Codes for the log; none of them names a person."""

    AWAY = "leverandøren svarte ikke"
    METADATA = "leverandørens metadata stemmer ikke"
    CANCELLED = "avbrutt hos leverandøren"
    STATE = "svar uten gyldig forespørsel"
    ISSUER = "feil utsteder"
    SIGNATURE = "ugyldig signatur"
    ALGORITHM = "algoritme som ikke er tillatt"
    AUDIENCE = "feil mottaker"
    EXPIRED = "utløpt eller ikke gyldig ennå"
    NONCE = "feil nonce"
    HASH = "tilgangsnøkkelen hører ikke til svaret"
    WEAK = "for lavt sikkerhetsnivå"
    STALE = "ikke bekreftet nå"
    OFFICE = "hører ikke til dette kontoret"
    TOKEN = "svaret fra leverandøren kan ikke brukes"  # noqa: S105 - a sentence
    UNKNOWN = "ikke koblet til en konto"
    OTHER = "koblet til en annen konto"


_SENTENCES = {
    Why.AWAY: "Innloggingstjenesten svarer ikke. Prøv igjen om litt, eller velg en annen måte.",
    Why.CANCELLED: "Innloggingen ble avbrutt. Prøv igjen, eller velg en annen måte.",
    Why.STATE: "Innloggingen tok for lang tid eller ble åpnet i et annet vindu. Prøv igjen.",
    Why.WEAK: "Du må logge inn med et høyere sikkerhetsnivå. Prøv igjen, og velg en sterkere måte.",
    Why.STALE: "Du må logge inn på nytt hos innloggingstjenesten. Prøv igjen.",
}
_GENERAL = (
    "Du kom ikke inn med denne innloggingen. Er du ny, må du først åpne lenken du har fått fra den som styrer brukere "
    "hos dere."
)


class Refused(ValueError):
    """A log-in at a provider that does not count."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why

    @property
    def sentence(self) -> str:
        """What the person is told; the same whether or not anybody is known here."""
        return _SENTENCES.get(self.why, _GENERAL)
