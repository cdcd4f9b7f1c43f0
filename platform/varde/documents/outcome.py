"""What can come of opening a file, and the sentence for each. Pure."""

from dataclasses import dataclass

REASONS: dict[str, str] = {
    "unknown_kind": "Filtypen er ikke en av dem vi tar imot.",
    "damaged": "Filen er skadet eller ufullstendig.",
    "locked": "Filen er låst med passord.",
    "too_large": "Filen er for stor til at vi kan lage en renset kopi.",
    "too_many_pages": "Dokumentet har for mange sider til at vi kan lage en renset kopi.",
    "too_many_pixels": "Bildet er for stort til at vi kan lage en renset kopi.",
    "bomb": "Filen er bygget slik at den ikke kan åpnes trygt.",
    "memory": "Filen krever mer minne enn den får bruke.",
    "timeout": "Det tok for lang tid å åpne filen.",
    "crashed": "Filen fikk programmet som åpnet den, til å stoppe.",
    "no_cage": "Denne maskinen kan ikke åpne filer trygt. Si fra til driften.",
}
NOTES: dict[str, str] = {"macro": "Originalen inneholder makroer. De er ikke med i den rensede kopien."}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A copy made anew. `kind` is what came, `made` what the copy is (codes of `kinds`), `notes` codes of NOTES."""

    kind: str
    made: str
    body: bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """Recognised, but no copy can be made of this kind (sound, film, ODT)."""

    kind: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Could not be opened; `reason` is a key of REASONS, `kind` what it seemed to be or ""."""

    reason: str
    kind: str = ""

    @property
    def sentence(self) -> str:
        """The reason in words."""
        return REASONS[self.reason]


@dataclass(frozen=True, slots=True)
class Later:
    """As many files as allowed are being opened already; nothing was tried."""


Outcome = Cleaned | Kept | Unreadable | Later
