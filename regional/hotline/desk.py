"""A call on the page: its form, where it may go, what is proposed, and who else has it open."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict

from regional.hotline.acts import ACTS, rows_of
from regional.hotline.forms import TOLD, CallForm
from regional.hotline.line import LANGUAGES, Said, acute_allowed, said_on
from regional.hotline.models import Call
from regional.hotline.queue_queries import others_who_answer, same_caller
from regional.hotline.routing import NOTHING, Area, Route, propose
from regional.hotline.routing_areas import areas, kommune_offices
from shared.registry.models import Office
from varde.access import reader
from varde.clock import now
from varde.identity.models import User
from varde.ui.dates import clock_time
from varde.ui.seen import in_words

PAGE, SEEN, STAND, SCROLL = "side", "sett", "sted_felt", "sted_rull"
# In the session: of which call, and which language.
GREETING = "hotline_greeting"
# What is typed beside the talk.
BESIDE = ("til", "sagt", "handling_hva", "handling_kl", "handling_merknad")
# Before the number of the kommune, on the button that chooses it.
CHOSEN = "kommune-"


@dataclass(frozen=True, slots=True)
class Desk:
    """`page` marks this page among those that have the call open; `seen` is the revision that it shows; `beside` what
    is typed beside the talk."""

    call: Call
    form: CallForm
    route: Route
    names: dict[UUID, str]
    page: str
    seen: int
    said: Said
    same: Sequence[Call] = ()
    colleagues: Sequence[User] = ()
    may_act: bool = False
    theirs: Sequence[Mapping[str, str]] = ()
    scroll: int = 0
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def unanswered(self) -> bool:
        """May it be that nobody was there to talk to?"""
        return bool(self.call.hung_up_at or self.call.missed_at)

    @property
    def noting(self) -> bool:
        """Has something been typed of what was done at once?"""
        return any(self.beside.get(name) for name in BESIDE if name.startswith("handling_"))

    @property
    def giving(self) -> bool:
        """Is it offered, or has something been typed of to whom?"""
        return bool(self.call.offered_at or self.beside.get("sagt") or self.beside.get("til", "alle") != "alle")

    @property
    def proposed(self) -> str:
        """The id of the kommune that the page proposes; "" when the operator must choose."""
        area = self.route.area
        return str(area.office) if area and self.route.state == "one" else ""

    @property
    def contact(self) -> Area | None:
        """Whom the caller is given where the concern cannot be sent."""
        return self.route.area if self.route.state in ("no_team", "outside") else None

    @property
    def unsure(self) -> bool:
        """Something is told of the place, and which kommune it is must be asked."""
        return self.route.state in ("ask", "maybe", "none") and self.route is not NOTHING

    @property
    def acts(self) -> list[dict[str, str]]:
        """What the operator has done herself, with the time of day."""
        rows = rows_of(self.call.acts)
        return [row | {"clock": clock_time(datetime.fromisoformat(row["at"]))} for row in rows]

    @property
    def act_choices(self) -> list[tuple[str, str]]:
        """What she can have done."""
        return ACTS

    @property
    def passed(self) -> dict[str, Any]:
        """What the operator before said: {"said", "place", "from"}; {} when there was none."""
        return self.call.passed if not self.call.offered_at else {}


def offices(request: HttpRequest) -> tuple[list[Office], list[Office]]:
    """Every kommune on the platform, and those of this region that can receive."""
    found = kommune_offices()
    ours = [o for o in found if o.region_id == reader(request).office.id and o.has_team]
    return found, ours


def desk_of(
    request: HttpRequest,
    call: Call,
    data: Any = None,
    *,
    own: Sequence[Call] = (),
    asked: Mapping[str, Any] | None = None,
) -> Desk:
    """The desk with what was sent (`data`) or with what is kept. `asked`: the form as it was sent, not to be judged."""
    found, ours = offices(request)
    place = call.passed.get("place", {}) if not call.offered_at else {}
    form = CallForm(data, initial=asked or call.told, recipients=ours, stand=str(place.get("field", "")))
    told = call.told
    if data is not None:
        form.full_clean()
        told = form.told(call.told)
    elif asked is not None:
        told = {**call.told, **asked}
    by = reader(request)
    return Desk(
        call=call,
        form=form,
        route=routed(request, told, found),
        names={office.id: office.name for office in ours},
        page=page_mark(request) or secrets.token_hex(8),
        seen=seen_of(request, call.revision),
        said=said_on(call.line, language_of(request, call), by, call.service),
        same=same_caller(call, own),
        colleagues=others_who_answer(by),
        may_act=acute_allowed(by, now()),
        scroll=int(place.get("scroll", 0)),
        beside=_beside(request, call),
    )


def _beside(request: HttpRequest, call: Call) -> dict[str, str]:
    """What was typed beside the talk; on a page that is opened, what was said when the call was offered."""
    if request.method == "POST":
        return {name: request.POST[name] for name in BESIDE if name in request.POST}
    return {"til": str(call.offered_to or "alle"), "sagt": call.passed.get("said", "")} if call.offered_at else {}


def routed(request: HttpRequest, told: Mapping[str, Any], found: Sequence[Office]) -> Route:
    """What is proposed from where the person lives and where it happened."""
    return propose(
        areas(found, reader(request)),
        lives=str(told.get("where_lives", "")),
        happened=str(told.get("where_happened", "")),
    )


def with_place(sent: QueryDict, number: str) -> QueryDict:
    """What was sent, and that the person lives in the kommune of this number; as it is for what is no number."""
    if not (number.isascii() and number.isdigit()):
        return sent
    chosen = sent.copy()
    chosen["where_lives"] = f"{sent.get('where_lives', '').strip()} (kommunenummer {number})".strip()
    return chosen


def language_of(request: HttpRequest, call: Call | None = None) -> str:
    """The language of the greeting: the one that was chosen for this call, else bokmål."""
    of, asked = str(call.id) if call else "", request.GET.get("sprak", "")
    if asked in LANGUAGES and request.session.get(GREETING) != [of, asked]:
        request.session[GREETING] = [of, asked]
    kept_of, kept = request.session.get(GREETING, ["", ""])
    return kept if kept_of == of and kept else "nb"


def page_mark(request: HttpRequest) -> str:
    """The mark of the page that sends; "" for one that has none."""
    return request.POST.get(PAGE, "")[:32]


def seen_of(request: HttpRequest, stands: int) -> int:
    """The revision that the page was opened with; what stands, for a page that does not say."""
    given = request.POST.get(SEEN, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else stands


def place_of(request: HttpRequest) -> dict[str, Any]:
    """Where the operator stands in the form: the field that she was in, and how far down the page."""
    field, scroll = request.POST.get(STAND, ""), request.POST.get(SCROLL, "")
    far = int(scroll) if scroll.isascii() and scroll.isdigit() and len(scroll) < 7 else 0
    return {"field": field if field in TOLD else "", "scroll": far}


def unlike(form: CallForm, kept: Mapping[str, Any]) -> list[dict[str, str]]:
    """What stands in the call where it differs from what was sent, as (label, value)."""
    rows = []
    for name in TOLD:
        field = form.fields[name]
        stands = in_words(field, kept.get(name))
        if stands != in_words(field, form.cleaned_data.get(name)):
            rows.append({"label": str(field.label), "value": stands})
    return rows
