"""The letters of a system matter, and the question that comes before each: is anybody told of?"""

import uuid
from collections.abc import Mapping
from typing import Literal

from shared.codes.screening import Look, unanswered
from shared.contracts import MatterText, SystemMatter
from shared.post.actions import send
from shared.post.keys import NoKey
from shared.registry.queries import region_of
from tenants.raising.models import Raised, RaisedDoubt, RaisedWord
from varde.access import Reader
from varde.clock import now
from varde.refusal import Refused
from varde.tenancy.door import OfficeRef
from varde.ui.screened import print_of

ALONE = "Kommunen er ikke med i et samarbeid nå, så det finnes ikke noe lederteam å sende til. Utkastet er lagret."
BY_HAND = (
    "Kommunen er ikke lenger med i {region}, og brev kommer ikke fram. Ring sekretæren for lederteamet, og be om at "
    "systemsaken sendes tilbake: da slettes teksten der."
)
NO_KEY = "Regionen kan ikke ta imot brev ennå. Prøv igjen senere. Utkastet er lagret."


def check_screened(found: Look, reasons: Mapping[str, str]) -> None:
    """Raise Refused while something was found that nobody has said a reason for. Whatever form it came from."""
    left = unanswered(found, reasons)
    if left:
        raise Refused(f"Se over det som er merket først: {', '.join(kind.label.lower() for kind in left)}.")


def keep_doubts(
    raised: Raised, found: Look, reasons: Mapping[str, str], by: Reader, word: RaisedWord | None = None
) -> None:
    """Who said that which kinds of findings are about nobody, and why."""
    at, mark = now(), print_of(found)
    for kind, count in found.counts.items():
        RaisedDoubt(
            raised=raised, word=word, kind=kind, count=count, reason=reasons[kind].strip(), found=mark, at=at,
            by_user=by.user_id, by_name=by.name[:200],
        ).save(force_insert=True)  # fmt: skip


def post_matter(raised: Raised, found: Look, by: Reader) -> None:
    """Lay the matter in the post to the region, and note on the row what was sent; not saved here. Raises Refused."""
    region = region_of(by.office)
    if region is None:
        raise Refused(ALONE)
    text = MatterText(
        title=raised.title, category=raised.category, urgency=raised.urgency,  # type: ignore[arg-type]
        what=raised.what, tried=raised.tried, wish=raised.wish,
    )  # fmt: skip
    letter = SystemMatter(matter=raised.id, said="raised", raised=text, doubts=found.counts, sent_at=now())
    raised.letter_id = _posted(letter, region, by)
    raised.region, raised.region_name, raised.sent_at = region.id, region.name[:200], letter.sent_at


def post_word(raised: Raised, word: RaisedWord, counts: Mapping[str, int], by: Reader) -> None:
    """Lay one thing more in the post, to the region that has the matter. Not saved here. Raises Refused.

    A kommune that has left can end its matters, and the region hears no more of them.
    """
    region, word.sent_at = region_of(by.office), now()
    closes = word.said == "closed"
    if region is None or region.id != raised.region:
        if word.said == "withdrawn":
            raise Refused(BY_HAND.format(region=raised.region_name))
        if not closes:
            raise Refused(f"Kommunen er ikke lenger med i {raised.region_name}. Systemsaken kan bare avsluttes.")
        return
    said: Literal["more", "closed", "withdrawn"] = word.said  # type: ignore[assignment]
    letter = SystemMatter(matter=raised.id, said=said, text=word.text, doubts=counts, sent_at=word.sent_at)
    word.letter_id = _posted(letter, region, by)


def _posted(letter: SystemMatter, region: OfficeRef, by: Reader) -> uuid.UUID:
    try:
        return send(letter, to=region, by=by, about=letter.matter)
    except NoKey as error:
        raise Refused(NO_KEY) from error
