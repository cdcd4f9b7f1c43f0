"""The script: requests to every address of a kommune, written with the names of ids instead of ids.

An id's name is "hidden.case", "visible.concern", "absent" …; which uuid it stands for is filled in when the script
runs, the same in both worlds: in the one without the hidden matter its ids are simply of nothing.
"""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import strategies as st

from tests.access.role_table import KOMMUNE
from tests.cast import ref
from tests.twins.matters import ID_NUMBER, NAME, PHONE, REPORTER, SUSPECT, Ids
from tests.twins.people import SERVICE, id_of
from varde.clock import now

METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
KINDS = ("concern", "case", "measure", "attachment", "denial", "person", "warning")
IDS = (*(f"{world}.{kind}" for world in ("hidden", "visible") for kind in KINDS), "absent", "user")
ABSENT = uuid.UUID("0badcafe-0000-4000-8000-000000000001")
OWN_KEY, OTHER_KEY = "0utsider" * 3, "0ther0ne" * 3
IN_A_MONTH = (now() + timedelta(days=30)).date().isoformat()
_VARYING = re.compile(r"<(?:(\w+):)?(\w+)>")
# What an address means when nobody asks for something odd.
USUAL = {
    "concern_id": "concern", "case_id": "case", "measure_id": "measure", "attachment_id": "attachment",
    "denial_id": "denial", "matter_id": "concern", "user_id": "user", "person_id": "person", "warning_id": "warning",
}  # fmt: skip
WORDS = (
    NAME, NAME.split()[0], PHONE, PHONE.replace(" ", ""), ID_NUMBER, SUSPECT, REPORTER, SERVICE, f"{NAME} {ID_NUMBER}",
    "Kari Koordinator", "xyzzy", "hidden.name", "hidden.short", "", "kim@gjovik.example",
)  # fmt: skip
PERIODS = ("2026Q1", "2026Q2", "2026Q3", "2026Q4", "2019Q1", "2026", "nei")
CODES = ("0000 0000 0000 0000", "1234567890123456", "1234", NAME)
QUERIES = {
    "vis": ("lukket", "sortering", "mine", "alle", "lukkede", "closed", ""),
    "side": ("1", "2", "0", "-1", "999", "siste", "x"),
    "sorter": ("navn", "-mottatt", "id"),
    "next": ("/saker", "/innboks"),
    "hvem": WORDS, "hva": ("cases.case", "inbox.concern", "inbox.message"), "ting": ("hidden.short", "hidden.concern"),
    "gjorde": ("view", "denied", "break_glass"), "fra": ("01.01.2026",), "til": ("31.12.2026",),
    "sak": ("hidden.name",), "andre": ("hidden.name", "hidden.concern"),
    "maned": ("2026-10", "2026-11"), "format": ("json", "csv"), "sok": WORDS,
}  # fmt: skip
HEADERS = {
    "HTTP_HX_REQUEST": ("true",), "HTTP_ACCEPT": ("application/json", "text/csv"), "HTTP_ACCEPT_LANGUAGE": ("nn", "en"),
    "HTTP_RANGE": ("bytes=0-10",), "HTTP_IF_NONE_MATCH": ('"x"', "*"), "HTTP_REFERER":
    ("http://gjovik.localhost/saker",),
    "HTTP_IDEMPOTENCY_KEY": ("a-key-of-the-outsider", "another-key-of-theirs"), "HTTP_X_FORWARDED_FOR": ("10.0.0.1",),
}  # fmt: skip
# Choices in the lists; each list takes its own.
CHOSEN = (
    (("eier", str(id_of("kari"))),), (("medlem", str(id_of("kari"))),), (("hastegrad", "ma"), ("kategori", "ma")),
    (("kanal", "web"), ("tilstand", "in_progress")), (("stopp", "nei"), ("barer", "team")), (("barer", "tjeneste"),),
    (("frist", "snart"), ("tjeneste", SERVICE)),
)  # fmt: skip
# Every field of every form: each takes its own and leaves the others.
BODY = {
    "what": f"Jeg er bekymret for {NAME}", "who": f"{NAME} {ID_NUMBER}", "suspected": SUSPECT,
    "reporter_name": REPORTER,
    "reporter_phone": PHONE, "channel": "phone", "reporter_kind": "privat", "idempotency_key": OWN_KEY,
    "where_lives": "Storgata 1, 2815 Gjøvik", "acute": "no", "anonymous": "", "about_staff": "", "sok": f"{NAME}",
    "code": CODES[0], "target": "hidden.name", "hours": "4", "approver": str(id_of("lene")), "user": str(id_of("tom")),
    "kind": "concrete", "substitute": str(id_of("drude")), "category": "ma", "outcome": "case", "text": f"Ring {NAME}",
    "owner": str(id_of("kari")), "due_day": "2027-12-01", "due_hour": "12:00", "due_on": "2027-12-01", "title": NAME,
    "service": SERVICE, "to": "done", "effect": NAME, "done": NAME, "outcomes": "closer_follow_up", "reason": "moved",
    "summary": NAME, "send": "1", "svar": "ja", "sak": "hidden.name", "adresse": "arkiv@gjovik.example", "vurdering":
    "explained", "notat": NAME, "roles": "teammedlem", "name": NAME, "email": "ny@gjovik.example", "active": "nei",
    "login": "kari@gjovik.example", "password": "feil passord 12345", "password1": "et langt nytt passord",
    "password2": "et langt nytt passord", "key": OWN_KEY, "akutt": "4", "ma": "48", "bor": "100",
    "mangelfull": "100", "ma_teller": "open", "weekdays": "0", "starts": "08:00", "ends": "15:30",
    "valid_from": "2027-12-01", "first_day": "2027-12-01", "instead": str(id_of("tom")),
    "opens_0": "08:00", "closes_0": "15:30", "since": "2026-01-01", "deputy": "on",
    "level": "2", "sign": "1", "knows": "on", "safe_now": "yes", "needs_more": "no", "helped": "yes",
    "advice": NAME, "partners": SERVICE, "liste-about_service": "no", "liste-criteria": "recent",
    "liste-not_acute": NAME, "reported": "no", "consent": "unknown", "stopp-reason": NAME,
    "stopp-look_at": "2027-12-01",
    "carrier": "both", "applied_for": NAME, "answer_avert": "no", "reason_avert": NAME,
    "day": "2027-12-01", "hour": "12:00", "minutes": "60", "chair": str(id_of("kari")),
    "minute_taker": str(id_of("kari")), "place": NAME, "concern": "hidden.concern", "tilstand": "held",
    "til": "ned", "held_on": "2026-01-01", "audience": "services", "staff": "10", "inhabitants": "10",
    "started_on": "2026-01-01", "heir": str(id_of("tom")), "leaving": str(id_of("kari")), "last_day": "2027-12-01",
    "review_on": "2027-12-01", "decided_on": "2026-01-01", "decided_by": NAME, "modules": "a; A; 1",
    "done_on": "2026-01-01", "module": "lov",
    "came_from": NAME,
    "role": "suspected", "known": "known", "id_number": "01819012012", "protection": "none",
    "address": "Storgata 1", "other": "hidden.person", "stage": "start", "words": "own", "wants": NAME,
    "capacity": "yes", "asker": "exposed", "identity": "shown", "received_on": "2026-11-01",
    "slutt-state": "refused", "slutt-reason": NAME,
    "andre": "hidden.concern", "sak-sak": "hidden.name", "media_name": NAME, "media_phone": PHONE,
    "gjor": "registrer", "vindu": "a", "result": "no_answer", "note": NAME, "phone": PHONE, "safe_ways": NAME,
    "listening": SUSPECT, "keep_days": "3", "passphrase": NAME, "given": "x", "title_1": "Leder", "phone_1": "61189500",
    "came_of": NAME, "step_done": "no",
}  # fmt: skip


@dataclass(frozen=True)
class Ask:
    """One request. `path` still has its holes; `ids` fills them; `json` sends the body as the API takes it."""

    method: str
    path: str
    ids: tuple[str, ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    body: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    # Somebody else than the first outsider: two who are shut out may put their heads together.
    who: str = ""

    def address(self, ids: Mapping[str, str]) -> str:
        """With the holes filled."""
        given, said = iter(self.ids), iter(self.words)
        return _VARYING.sub(
            lambda hole: ids[next(given)] if hole[1] == "uuid" else next(said, "1").replace("/", ""), self.path
        )

    def fields(self, ids: Mapping[str, str]) -> dict[str, str]:
        """The body, with named ids filled in."""
        return {
            name: ids.get(value, value)
            for name, value in (BODY | dict(FITTING.get(self.path, ())) | dict(self.body)).items()
        }


# Where a field of the same name means something else.
FITTING: dict[str, tuple[tuple[str, str], ...]] = {
    "/innboks/<uuid:concern_id>/personer": (("name", SUSPECT),),
    "/innsyn/ny": (("asker", "self"),),
    "/innboks/<uuid:concern_id>/innsyn": (("person", "hidden.person"),),
    "/innboks/<uuid:concern_id>/innvendinger": (("kind", "correction"), ("item", ""), ("person", "hidden.person")),
    "/innvendinger/<uuid:statement_id>": (("answer", "noted"),),
    "/innboks/<uuid:concern_id>/stemme": (("consent", "yes"), ("helped", "")),
    "/innboks/<uuid:concern_id>/advarsler": (
        ("kind", "dog"), ("place", "Storgata 1"), ("ground", NAME), ("review_on", IN_A_MONTH),
    ),
    "/team/beredskap": (("hour", "7"),),
    "/oppbevaring": (("matter", "hidden.concern"),),
    "/oppbevaring/<uuid:concern_id>/behold": (("until", "2027-12-01"),),
    "/oppbevaring/<uuid:concern_id>/arkivert": (("reference", "2026/17"),),
    "/innboks/<uuid:concern_id>/advarsler/<uuid:warning_id>/forny": (("again_on", IN_A_MONTH),),
    "/innboks/<uuid:concern_id>/tilgang/steng": (("user", str(id_of("rita"))), ("kind", "kinship")),
    "/innboks/<uuid:concern_id>/overfor": (("to", "office"),),
    "/innboks/<uuid:concern_id>/melder": (("reason", "contact"),),
    "/personer/<uuid:person_id>/adresse": (("reason", "visit"),),
    "/saker/<uuid:case_id>/overfor": (("to", "office"),),
    "/team/vakt/fast": (("place", "1"),),
    "/team/vakt/enkeltvakt": (("place", "1"),),
    "/saker/<uuid:case_id>/medlemmer": (("user", str(id_of("drude"))),),
    "/saker/<uuid:case_id>/lukk": (("carried_on", NAME), ("unsolved", NAME)),
    "/saker/<uuid:case_id>/deling": (
        ("ground", "avverging"), ("recipient", NAME), ("why", NAME), ("consent", "no"), ("consent_why", NAME),
        ("way", "phone"), ("hours", "24"),
    ),
    "/innboks/<uuid:concern_id>/deling": (
        ("ground", "avverging"), ("recipient", NAME), ("why", NAME), ("consent", "no"), ("consent_why", NAME),
        ("way", "phone"), ("hours", "24"),
    ),
    "/innboks/<uuid:concern_id>/kontakter": (("way", "phone"), ("reached", "yes"), ("held_on", "2026-01-05")),
    "/saker/<uuid:case_id>/kontakter": (("way", "phone"), ("reached", "yes"), ("held_on", "2026-01-05")),
    "/saker/<uuid:case_id>/trygghetsplan": (("do", NAME),),
    "/saker/<uuid:case_id>/steg": (
        ("then-came_of", NAME), ("then-text", NAME), ("then-owner", str(id_of("kari"))), ("then-due_day", "2027-12-01"),
    ),
}  # fmt: skip
FOR_MACHINES = ("what", "who", "suspected", "reporter_kind", "where_lives", "reporter_phone", "about_staff")


def api_body(fields: Mapping[str, str]) -> dict[str, object]:
    """What the API takes of a body."""
    return {name: fields[name] for name in FOR_MACHINES if fields[name]} | {"anonymous": False}


SWEEP = Ask("SWEEP", "the clock's tasks")
LOOK = Ask("LOOK", "every table")
FORGE = Ask("FORGE", "a reader without a signature")


def names_of(hidden: Ids, visible: Ids) -> dict[str, str]:
    """What each name stands for."""
    found = {"absent": str(ABSENT), "user": str(id_of("tom"))}
    for world, ids in (("visible", visible), ("hidden", hidden)):
        for kind in KINDS:
            own = ids.get(kind) or [uuid.uuid5(ABSENT, kind)]
            found[f"{world}.{kind}"] = str(own[0])
    digits = found["hidden.case"].replace("-", "")[:6].upper()
    found["office"] = str(ref("ostre-toten").id)
    return found | {"hidden.name": f"Sak 2026-{digits}", "hidden.short": found["hidden.concern"][:8]}


def holes(path: str) -> list[tuple[str, str]]:
    """(type, name) of each hole."""
    return [(kind or "str", name) for kind, name in _VARYING.findall(path)]


def usual(path: str, world: str) -> tuple[str, ...]:
    """The ids that belong in the holes, of one world."""
    kinds = [USUAL.get(name, "") for kind, name in holes(path) if kind == "uuid"]
    return tuple(
        "user" if kind == "user" else f"{world}.{kind}" if kind and world != "absent" else "absent" for kind in kinds
    )


def words_for(path: str) -> tuple[str, ...]:
    """What stands in the holes that are no ids."""
    return tuple(
        {"period": "2026Q3", "receipt": "0000000000000000", "place": "cases"}.get(name, "1")
        for kind, name in holes(path)
        if kind != "uuid"
    )


def tour(methods: tuple[str, ...], worlds: tuple[str, ...]) -> Iterator[Ask]:
    """Every address once per method and world of ids, and what the search finds by each word."""
    for path in sorted(KOMMUNE):
        for world in worlds if any(kind == "uuid" for kind, _ in holes(path)) else worlds[:1]:
            for method in methods:
                yield Ask(method, path, usual(path, world), words=words_for(path))
    for word in WORDS:
        yield Ask("POST", "/sok", body=(("sok", word),))
    for chosen in (*((("vis", vis),) for vis in QUERIES["vis"]), *CHOSEN):
        for path in ("/innboks", "/saker", "/frister", "/tiltak"):
            yield Ask("GET", path, query=chosen)
    yield SWEEP


def _pairs(table: Mapping[str, tuple[str, ...]], most: int) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    one = st.sampled_from(sorted(table)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(table[name])))
    return st.lists(one, max_size=most, unique_by=lambda pair: pair[0]).map(tuple)


_TYPED = {
    name: (value, *WORDS) for name, value in BODY.items() if name not in ("password1", "password2")
} | {"idempotency_key": (OWN_KEY, OTHER_KEY, "short"), "about_staff": ("", "staff", "coordinator"),
     "outcome": ("case", "advice", "more_info"), "svar": ("ja", "nei"), "code": CODES}  # fmt: skip


@st.composite
def asks(draw: st.DrawFn, people: tuple[str, ...]) -> Ask:
    """Any request that one of these people could make."""
    path = draw(st.sampled_from(sorted(KOMMUNE)))
    method = draw(st.sampled_from((*METHODS, "GET", "GET", "POST", "POST")))
    ids, words = [], []
    for kind, name in holes(path):
        if kind == "uuid":
            fitting = USUAL.get(name, "concern")
            good = ("user",) if fitting == "user" else (f"hidden.{fitting}", f"visible.{fitting}", "absent")
            ids.append(draw(st.one_of(st.sampled_from(good), st.sampled_from(IDS))))
        else:
            words.append(draw(st.sampled_from({"period": PERIODS, "receipt": CODES}.get(name, ("1", "77")))))
    body = draw(_pairs(_TYPED, 3)) if method not in ("GET", "HEAD") else ()
    return Ask(
        method,
        path,
        tuple(ids),
        draw(_pairs(QUERIES, 2)),
        body,
        draw(_pairs(HEADERS, 2)),
        tuple(words),
        draw(st.sampled_from(people)),
    )


def scripts(people: tuple[str, ...], most: int) -> st.SearchStrategy[list[Ask]]:
    """Some requests after each other; now and then the clock's tasks run in between."""
    one = asks(people)
    return st.lists(st.one_of(one, one, one, one, one, st.just(SWEEP)), min_size=1, max_size=most)
