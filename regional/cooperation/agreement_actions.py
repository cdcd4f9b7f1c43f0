"""Writing the agreement: every change is a new version, and what was there stays."""

from collections.abc import Callable, Mapping
from datetime import date, time
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction

from regional.cooperation import agreement_queries as queries
from regional.cooperation import lends_words
from regional.cooperation.agreement_access import manages
from regional.cooperation.agreement_models import Agreement, AgreementMoney, AgreementVersion
from regional.cooperation.agreement_queries import Version
from regional.cooperation.notice import notice
from regional.cooperation.terms import BadTerms, Terms, check
from regional.cooperation.terms_change import carried
from regional.cooperation.terms_file import to_json
from shared.codes import cooperation
from shared.contracts import AgreementNotice
from shared.post.actions import send
from shared.post.keys import NoKey
from shared.post.models import SealedLetter
from shared.registry.models import Office
from shared.registry.standing_queries import parties
from varde import turn
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen
from varde.ui.dates import day_of, short_date
from varde.worktime import moment

TURN = "cooperation.agreement"
FIGURES = {"grant": "Tilskudd", "planned": "Planlagt", "received": "Mottatt", "used": "Brukt"}
FIRST_YEAR, LARGEST = 2000, 10**12


@transaction.atomic
def begin(*, terms: Terms, from_day: date, why: str, by: Reader) -> Agreement:
    """The first version of an agreement. Raises Refused when there is one already, or for terms that cannot stand.

    It takes over the id that the words of the kommuner in force carry, so that what was said before is of this one.
    """
    manages(by)
    turn.wait_for(TURN)
    stands = queries.agreement(by)
    last = queries.newest(stands) if stands else None
    if last and last.terms.ends_on is None:
        raise Refused("Regionen har en avtale alt. Endre den, eller avslutt den først.")
    _refuse_end(terms, None)
    row = Agreement(id=_id_of_the_words(by), at=now(), by_name=by.name)
    row.save()
    record(by=by, action=Action.CREATE, what="cooperation.agreement", ids=[row.id])
    _write(row, 1, terms, from_day, why, by)
    lends_words.follow(row, by)
    return row


def _id_of_the_words(by: Reader) -> UUID:
    own = by.office.id  # what the words of a kommune that was born into the region carry
    return uuid4() if Agreement.objects.filter(id=own).exists() else own


@transaction.atomic
def amend(
    *, row: Agreement, terms: Terms, from_day: date, why: str, by: Reader, seen: str | None = None,
    base: Version | None = None,
) -> AgreementVersion:  # fmt: skip
    """A new version: what differs from `base` (None: the newest), from the day on, also in what is to hold later.

    `seen`: the newest number when the page was shown. Raises Refused and Overtaken.
    """
    manages(by)
    turn.wait_for(TURN)
    stands = queries.newest(row)
    check_seen(seen, str(stands.number if stands else 0))
    if stands and stands.terms.ends_on and stands.terms.ends_on < day_of(now()):
        raise Refused("Avtalen er avsluttet og kan ikke endres.")
    base = base or stands
    if base is None:
        raise Refused("Avtalen har ingen utgave ennå. Skriv den først.")
    _refuse_end(terms, base.terms.ends_on)
    if from_day < base.from_day:
        raise Refused(
            f"Utgave {base.number} gjelder fra {short_date(base.from_day)}. En ny utgave kan ikke gjelde fra før den."
        )
    _check(terms, why)
    made = change_from(row=row, change=partial(carried, base.terms, terms), day=from_day, why=why, by=by)
    if not made:
        raise Refused("Ingenting er endret.")
    return made[0].row


def _refuse_end(terms: Terms, stands: date | None) -> None:
    """A last day in the text alone would end nothing: whoever is in would stay in."""
    if terms.ends_on != stands:
        raise Refused(
            "Velg når avtalen slutter, i steget «Avtalen avsluttes for alle». Da slutter tilgangen samme dag."
        )


type Change = Callable[[Terms], Terms]


@transaction.atomic
def change_from(
    *, row: Agreement, change: Change, day: date, why: str, by: Reader, until: date | None = None
) -> list[Version]:
    """The same change in what holds on the day and in every version that is to begin later (before `until` is over),
    so that the text never says other than what is true; the new versions, none when it changes nothing."""
    manages(by)
    turn.wait_for(TURN)
    known, newest = queries.ahead(row, day), queries.newest(row)
    number = newest.number if newest else 0
    kept = [each for at, each in enumerate(known) if at == 0 or until is None or each.from_day <= until]
    made = [(each, change(each.terms)) for each in kept]
    while made and made[0][0].terms == made[0][1]:
        made.pop(0)
    rows = [
        _write(row, number + at, terms, max(day, each.from_day), why, by) for at, (each, terms) in enumerate(made, 1)
    ]
    lends_words.follow(row, by)
    return [Version(each, terms) for each, (_, terms) in zip(rows, made, strict=True)]


def _check(terms: Terms, why: str) -> None:
    try:
        check(terms)
    except BadTerms as error:
        raise Refused(str(error)) from error
    if not why.strip():
        raise Refused("Skriv kort hvorfor, så de som leser avtalen senere, forstår endringen.")


def _write(row: Agreement, number: int, terms: Terms, from_day: date, why: str, by: Reader) -> AgreementVersion:
    _check(terms, why)
    version = AgreementVersion(
        agreement=row,
        number=number,
        from_day=from_day,
        content=to_json(terms),
        lists=cooperation.version(),
        why=why,
        at=now(),
        by_name=by.name,
    )
    version.save()
    record(by=by, action=Action.CREATE, what="cooperation.version", ids=[version.id])
    return version


@transaction.atomic
def send_version(*, version: Version, by: Reader) -> list[str]:
    """The version as a letter to every kommune of it that is in now; the names of those who cannot get one yet."""
    manages(by)
    here = {party.kommune for party in parties(by.office.id, now())}
    return _send(version, [party.id for party in version.terms.parties if party.id in here], by)[1]


@transaction.atomic
def send_to_new(*, by: Reader) -> list[str]:
    """What holds, to every kommune that is in and has had no letter of it since it came in; the names of those told."""
    row = queries.agreement(by)
    held = queries.holding(row) if row else None
    here = parties(by.office.id, now()) if held else []
    sent = SealedLetter.objects.filter(kind=AgreementNotice.__name__, sender=by.office.id)
    new = [
        party.kommune for party in here
        if not sent.filter(recipient=party.kommune, sent_at__gte=party.since).exists()
    ]  # fmt: skip
    return _send(held, new, by)[0] if held and new else []


def _send(version: Version, keys: list[UUID], by: Reader) -> tuple[list[str], list[str]]:
    """The names of those who were told, and of those who cannot be yet."""
    told, deaf = [], []
    for kommune in Office.objects.filter(id__in=keys, active=True).order_by("name"):
        letter = notice(
            agreement=version.row.agreement_id,
            region=by.office.id,
            terms=version.terms,
            version=version.number,
            kommune=kommune.id,
            asks="change",
            starts_at=moment(version.from_day, time(0)),
            sent_at=now(),
            message=version.row.why,
        )
        try:
            send(letter, to=kommune.ref, by=by, about=version.row.id)
        except NoKey:
            deaf.append(kommune.name)
        else:
            told.append(kommune.name)
    if told or by.purpose is None:
        record(by=by, action=Action.SEND, what="cooperation.version", ids=[version.row.id])
    return told, deaf


@transaction.atomic
def set_figures(
    *, row: Agreement, year: int, figures: Mapping[tuple[UUID | None, str], int], by: Reader, seen: str | None = None
) -> int:
    """The figures of a year; how many are new. Those that are as before are not written again.

    Raises Refused for a year or an amount that must be a slip, and Overtaken.
    """
    manages(by)
    turn.wait_for(TURN)
    check_seen(seen, queries.money_seen(row, year))
    if not FIRST_YEAR <= year <= day_of(now()).year + 5:
        raise Refused("Velg et år fra 2000 til fem år fram.")
    if any(abs(kroner) > LARGEST for kroner in figures.values()):
        raise Refused("Et beløp er så stort at det må være en skrivefeil.")
    before = queries.figures(row, year)
    new = {key: kroner for key, kroner in figures.items() if before.get(key) != kroner}
    for (party, what), kroner in new.items():
        if what not in FIGURES:
            raise ValueError(what)
        money = AgreementMoney(
            agreement=row, year=year, party=party, what=what, kroner=kroner, at=now(), by_name=by.name
        )
        money.save()
    record(by=by, action=Action.CHANGE, what="cooperation.money", ids=[row.id], reason=str(year))
    return len(new)


def plan_by_shares(*, row: Agreement, year: int, by: Reader, seen: str | None = None) -> int:
    """What each party is to have of the year's grant, by the shares that hold that year; how many figures are new.

    Raises Refused when there is no grant, or no shares.
    """
    grant = queries.figures(row, year).get((None, "grant"))
    if grant is None:
        raise Refused("Skriv hvor stort tilskuddet er, før det fordeles.")
    today = day_of(now())
    held = queries.holding(row, min(max(today, date(year, 1, 1)), date(year, 12, 31)))
    if held is None:
        raise Refused("Avtalen har ingen utgave ennå.")
    try:
        parts = held.terms.shared(grant)
    except BadTerms as error:
        raise Refused(str(error)) from error
    wanted: dict[tuple[UUID | None, str], int] = {(party, "planned"): kroner for party, kroner in parts.items()}
    gone = {key for key in queries.figures(row, year) if key[0] is not None and key[1] == "planned"} - set(wanted)
    wanted |= dict.fromkeys(gone, 0)  # else the sum would be more than the grant
    return set_figures(row=row, year=year, figures=wanted, by=by, seen=seen)
