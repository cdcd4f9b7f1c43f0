"""The words that the phone is answered with where the region has written none. Pure.

What stands here for Norwegian and English is ours. Words in Sámi are written by a translator, so there are none.
"""

import re
from dataclasses import dataclass

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "se": "Nordsamisk", "en": "Engelsk"}
LONGEST = 600

_SHIPPED: dict[str, dict[str, str]] = {
    "hotline": {
        "nb": "TryggEst vakttelefon, du snakker med {navn}. Er noen i fare akkurat nå?",
        "nn": "TryggEst vakttelefon, du snakkar med {navn}. Er nokon i fare akkurat no?",
        "en": "TryggEst helpline, you are speaking to {navn}. Is anybody in danger right now?",
    },
    "own": {
        "nb": "TryggEst i kommunen, du snakker med {navn}. Er noen i fare akkurat nå?",
        "nn": "TryggEst i kommunen, du snakkar med {navn}. Er nokon i fare akkurat no?",
        "en": "TryggEst, you are speaking to {navn}. Is anybody in danger right now?",
    },
    "krisesenter": {
        "nb": "Krisesenteret, vi svarer også for TryggEst. Du snakker med {navn}. Er noen i fare akkurat nå?",
        "nn": "Krisesenteret, vi svarar også for TryggEst. Du snakkar med {navn}. Er nokon i fare akkurat no?",
        "en": "Crisis centre, also answering for TryggEst. You are speaking to {navn}. Is anybody in danger right now?",
    },
}
# Where the number is also somebody else's, the caller need not have meant us.
_SHARED = {
    "nb": "{felles}, du snakker med {navn}. Gjelder det TryggEst?",
    "nn": "{felles}, du snakkar med {navn}. Gjeld det TryggEst?",
    "en": "{felles}, you are speaking to {navn}. Is it about TryggEst?",
}
NAME = "{navn}"
_NAMED = re.compile(r",?[^,.?!]*\{navn\}")


@dataclass(frozen=True, slots=True)
class Greeting:
    """What to say. `language` is the one that the words are in; `written`: it is the one that was asked for."""

    text: str
    language: str
    written: bool

    def __str__(self) -> str:
        return self.text

    def said_by(self, name: str) -> str:
        """With the operator's name in it."""
        return self.text.replace(NAME, name)

    @property
    def recorded(self) -> str:
        """For a telephone system, which answers before anybody does: without the part that names whoever answers."""
        return re.sub(r"\.\s*\.", ".", _NAMED.sub("", self.text)).strip()


def shipped(service: str, language: str, shared_with: str = "") -> str:
    """Our own words; "" where we have none. `shared_with`: whose number it also is."""
    if shared_with:
        return _SHARED.get(language, "").replace("{felles}", shared_with)
    return _SHIPPED.get(service, {}).get(language, "")
