"""When two matters can be one, and when they can be parted again. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.codes.categories import categories
from varde.refusal import Refused

_ORDER = [each.code for each in categories()]
SAME = "En sak kan ikke slås sammen med seg selv. Velg en annen."
NOT_FOUND = "Ingen sak med dette nummeret er åpen for deg. Skriv det slik det står på saken."
TURN = "Slå dem sammen motsatt vei."
# Said where a matter is in the way that the one who asks does not see: it must not tell of it.
HIDDEN = "Dette kan ikke gjøres av deg nå. Be en annen koordinator gjøre det."
CARRIED_ON = "Ført videre i en annen sak."
NOT_CARRIED = "Avsluttet da saken ble slått sammen med en annen."


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a matter has come: its name, progress, whether it is a case, its category ("" before any decision), when
    it came, whether it was reported as acute, and the two who alone see it where it is covered."""

    name: str
    progress: str
    is_case: bool
    category: str
    received_at: datetime
    acute: bool = False
    covered: bool = False
    covered_by: frozenset[UUID] = frozenset()

    @property
    def came(self) -> int:
        """How far: opened, decided on, a case."""
        return 2 if self.is_case else 1 if self.category else 0


def check_join(gone: Standing, kept: Standing) -> None:
    """Raise Refused unless `gone` can go into `kept`: both open, seen by the same, and nothing that hurries is lost."""
    for each in (gone, kept):
        if each.progress == "received":
            raise Refused(f"{each.name} må åpnes og tas imot først.")
        if each.progress == "returned":
            raise Refused(f"{each.name} er sendt tilbake til vakttelefonen og kan ikke slås sammen.")
        if each.progress == "closed":
            raise Refused(f"{each.name} er ikke åpen og kan ikke slås sammen. Gjenåpne den først.")
    if (gone.covered, gone.covered_by) != (kept.covered, kept.covered_by):
        raise Refused(
            "Den ene er skjermet for andre enn den andre. Skjerm begge for de samme to før dere slår dem sammen."
        )
    if gone.came > kept.came:
        raise Refused(f"{gone.name} har kommet lengre enn {kept.name}. {TURN}")
    _check_hurry(gone, kept)


def _check_hurry(gone: Standing, kept: Standing) -> None:
    if not kept.category and gone.received_at < kept.received_at:
        raise Refused(f"{gone.name} kom først, og fristen går fra den. {TURN}")
    if not kept.category and gone.acute and not kept.acute:
        raise Refused(f"{gone.name} er meldt som akutt. Avklar den først.")
    if gone.category and _ORDER.index(gone.category) < _ORDER.index(kept.category):
        first = f"Endre hastegraden på {kept.name}" if kept.is_case else f"Avklar {kept.name} på nytt"
        raise Refused(f"{gone.name} haster mer enn {kept.name}. {first} først.")


def check_left(left: Collection[UUID], shut: Collection[UUID], by: UUID | None, leads: Collection[UUID]) -> None:
    """Raise Refused when a coordinator is among the shut out and nobody but oneself would be left."""
    if set(left) <= {by} and set(shut) & set(leads):
        raise Refused(
            "Noen som er stengt ute av den ene, må stenges ute av begge. Da ville ingen andre enn du se dem. "
            "Sett på en annen først."
        )


def check_split(kept_progress: str, ended_at: datetime | None) -> None:
    """Raise Refused for a joining that was undone already, and when what they became is over."""
    if ended_at is not None:
        raise Refused("De er alt skilt fra hverandre.")
    if kept_progress == "closed":
        raise Refused("Saken den ble slått sammen med, er lukket. Gjenåpne den før du skiller dem.")


def check_reason(reason: str) -> None:
    """Raise Refused without one."""
    if not reason.strip():
        raise Refused("Skriv hvorfor.")
