"""Asking about the agreement as the kommune knows it: what holds, what comes, what was written and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from shared.contracts import AgreementNotice
from shared.contracts.fields import from_json
from shared.post.models import Receipt, SealedLetter
from shared.registry.models import Office
from shared.registry.standing import Party, Word, in_force, open_yes, yes_of
from shared.registry.standing_queries import party_of, words_on
from tenants.starting.models import Answer, Notice
from varde.access import Reader
from varde.clock import now
from varde.identity.models import User
from varde.ui.dates import date_and_time

ASKS = {
    "terms": ("Vilkår for å bli med", "Regionen spør om dere vil være med på disse vilkårene."),
    "withdrawn": ("Vilkårene er trukket", "Regionen spør ikke lenger. Er det svart ja, gjelder ikke svaret lenger."),
    "change": ("Ny utgave av avtalen", "Regionen har skrevet en ny utgave. Den gjelder uten at dere svarer."),
    "out": ("Regionen går ut av avtalen med dere", "Regionen har sagt at samarbeidet med dere slutter."),
    "stays": ("Avtalen fortsetter", "Regionen har trukket det den sa om at samarbeidet slutter."),
    "end": ("Avtalen avsluttes for alle", "Regionen har sagt at samarbeidet slutter for alle kommunene."),
    "host": ("Ny vertskommune", "En annen kommune blir vert for samarbeidet."),
}
HAS_TERMS = ("terms", "change", "host", "end", "stays")
type Bond = tuple[UUID, UUID]  # agreement and region
SAID = {"yes": "Ja", "no": "Nei", "out": "Gikk ut", "in": "Ble med videre"}


@dataclass(frozen=True, slots=True)
class Came:
    """A notice with the letter that it was, who wrote it, and what was answered."""

    row: Notice
    letter: AgreementNotice
    region: str
    answer: Answer | None

    @property
    def title(self) -> str:
        """What it is, in few words."""
        return ASKS[self.row.asks][0]

    @property
    def lead(self) -> str:
        """What it means."""
        return ASKS[self.row.asks][1]

    @property
    def parties(self) -> list[str]:
        """Each party, with its organisation number where the region has written it."""
        known = dict(enumerate(self.letter.organisations))
        named = ((name, known.get(at, "")) for at, name in enumerate(self.letter.parties))
        return [f"{name} (org.nr. {number})" if number else name for name, number in named]

    @property
    def waits(self) -> bool:
        """Is an answer wanted?"""
        return self.row.asks == "terms" and self.answer is None


@dataclass(frozen=True, slots=True)
class Now:
    """What holds, and what comes next of what has been said: joins or leaves, from when."""

    party: Party | None
    region: str
    changes_at: datetime | None
    then: bool
    waits: bool
    """The kommune has said yes, and that is not in force."""
    may_stay: bool
    """It goes out by its own word, on a day to come."""


def holds(by: Reader) -> Now:
    """The agreement in force, and what the next word that begins makes of it."""
    moment, words = now(), words_on(by.office.id)
    party = party_of(by.office.id, moment)
    region = party.region if party else None
    changes, then = None, bool(party)
    for at in sorted({word.at for word in words if word.at > moment}):
        later = next(iter(in_force(words, at=at)), None)
        if (later.region if later else None) != region:
            changes, then = at, later is not None
            break
    waits = waiting_yes(by) if party is None else None
    may_stay = party is not None and goes_out(by, (party.agreement, party.region))
    bond = party.region if party else waits[1] if waits else None
    return Now(party, _names([bond])[bond] if bond else "", changes, then, waits is not None, may_stay)


def waiting_yes(by: Reader, bond: Bond | None = None) -> Bond | None:
    """The agreement that the kommune has said yes to without being in it now, the newest; None when there is none, or
    the region has said no since."""
    stands = party_of(by.office.id, now())
    held = (stands.agreement, stands.region) if stands else None
    found = [each[:2] for each in open_yes(words_on(by.office.id), side=by.office.id)]
    return next((each for each in reversed(found) if each != held and bond in (None, each)), None)


def own_ends(by: Reader, bond: Bond) -> list[datetime]:
    """From when the kommune has said no to an agreement, now or later."""
    own = [word for word in words_on(by.office.id) if word.said_by == by.office.id]
    return [word.at for word in own if (word.agreement, word.region) == bond and word.word == "out"]


def goes_out(by: Reader, bond: Bond) -> bool:
    """Is the kommune in now, and out later by its own word?"""
    said = (each for each in words_on(by.office.id) if each.said_by == by.office.id)
    own = [each for each in said if (each.agreement, each.region) == bond]
    times = sorted({each.at for each in own if each.at > now()})
    return any(yes_of(own, by.office.id, at) is None for at in times)


def came(rows: Sequence[Notice]) -> list[Came]:
    """The rows as they are shown."""
    names = _names([row.region for row in rows])
    answers: dict[UUID, Answer] = {}
    for one in Answer.objects.filter(notice__in=rows).order_by("at"):
        answers[cast(UUID, one.notice_id)] = one
    return [
        Came(row, from_json(AgreementNotice, row.content, "letter"), names.get(row.region, "?"), answers.get(row.id))
        for row in rows
    ]


def notices() -> list[Came]:
    """Everything that a region has written, the newest first."""
    return came(list(Notice.objects.order_by("-sent_at", "-id")))


def text_of(found: Sequence[Came], stands: Now) -> Came | None:
    """The newest letter with the terms of the agreement that the kommune is in; None when none has come."""
    region = stands.party.region if stands.party else None
    return next((each for each in found if each.row.region == region and each.row.asks in HAS_TERMS), None)


def waiting() -> Came | None:
    """The newest terms that nobody has answered; none when a newer notice of the same agreement has come."""
    newest = next(iter(notices()), None)
    return newest if newest and newest.waits else None


def events(by: Reader) -> list[dict[str, object]]:
    """Everything that was said by both sides, the newest first, for a timeline."""
    words = words_on(by.office.id)
    names = _names([word.region for word in words])
    answers = {(one.agreement, one.region, one.said.replace("in", "yes")): one for one in Answer.objects.order_by("at")}
    return [_event(word, names, answers, by) for word in reversed(words)]


def _event(
    word: Word, names: dict[UUID, str], answers: dict[tuple[UUID, UUID, str], Answer], by: Reader
) -> dict[str, object]:
    ours = word.said_by == by.office.id
    who = by.office.name if ours else names.get(word.region, "Regionen")
    said = "ja til samarbeid" if word.word == "in" else "at samarbeidet slutter"
    answer = answers.get((word.agreement, word.region, "yes" if word.word == "in" else "out")) if ours else None
    begins = "Fra første dag" if word.at.year == 1970 else f"Gjelder fra {date_and_time(word.at)}"
    decided = f". Bestemt av {answer.decided_by}" if answer else ""
    reference = f", {answer.reference}" if answer and answer.reference else ""
    return {
        "when": None if word.said_at.year == 1970 else word.said_at,
        "title": f"{who} sa {said}",
        "who": answer.by_name if answer else "",
        "text": f"{begins}{decided}{reference}.",
    }


def under_way(by: Reader) -> int:
    """Letters from us and to us that nobody has opened yet: they come through all the same."""
    mine = SealedLetter.objects.filter(sender=by.office.id) | SealedLetter.objects.filter(recipient=by.office.id)
    return mine.exclude(id__in=Receipt.objects.values("id")).count()


def lent(by: Reader) -> int:
    """People of other kommuner who work here by the agreement."""
    return User.objects.filter(is_active=True, for_office__isnull=False).exclude(for_office=by.office.id).count()


def _names(regions: Sequence[UUID]) -> dict[UUID, str]:
    return dict(Office.objects.filter(id__in=set(regions)).values_list("id", "name"))
