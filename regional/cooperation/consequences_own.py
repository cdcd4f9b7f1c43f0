"""What this room and those before it know of a kommune that joins, leaves, ends it or becomes host."""

from collections.abc import Iterator
from datetime import timedelta

from regional.cooperation.agreement_queries import kommune_terms, terms
from regional.cooperation.consequences import Asked, Consequence
from regional.cooperation.terms import Terms
from regional.delivery.models import Returned
from regional.delivery.queries import ON_ITS_WAY
from regional.hotline.models import Call
from regional.lines.board import board
from regional.lines.models import Line, SetupVersion
from regional.lines.setup import KINDS, Kind
from shared.post.models import Receipt, SealedLetter
from shared.registry.standing_queries import parties
from varde.access import Role
from varde.clock import now
from varde.identity.models import User
from varde.identity.queries import people
from varde.ui.dates import count as counted
from varde.ui.dates import date_and_time

ENDS = ("leave", "end")
WEEK = timedelta(days=7)
OURS: frozenset[Kind] = frozenset({"hotline", "krisesenter", "legevakt"})


def hosting(asked: Asked) -> Iterator[Consequence]:
    """That the one who goes out is the host."""
    here = parties(asked.by.office.id, now())
    if asked.kind == "leave" and any(party.host and party.kommune == asked.kommune.id for party in here):
        yield Consequence(
            "Vertskommune",
            1,
            f"{asked.kommune.name} er vertskommune. Går den ut, har avtalen ingen vert.",
            "Velg en ny vertskommune.",
            "/samarbeid/steg/ny/ny-vert",
        )


def letters(asked: Asked) -> Iterator[Consequence]:
    """What lies in the post between the region and the kommune, opened by neither."""
    if asked.kind not in ENDS:
        return
    here, there = asked.by.office.id, asked.kommune.id
    sent = SealedLetter.objects.filter(sender__in=[here, there], recipient__in=[here, there])
    got = set(Receipt.objects.filter(id__in=sent.values("id")).values_list("id", flat=True))
    count = len(set(sent.values_list("id", flat=True)) - got)
    yield Consequence(
        "Brev som ikke er framme",
        count,
        "Brevene er forseglet til mottakeren og leveres som vanlig. Ingen brev går tapt eller sendes tilbake.",
        "Se i Post at brevene er framme før avtalen slutter." if count else "",
        "/post" if count else "",
    )


def calls(asked: Asked) -> Iterator[Consequence]:
    """Concerns that the phone sent there and nobody has opened, and those that came back and wait."""
    if asked.kind not in ENDS:
        return
    count = Call.objects.filter(kommune=asked.kommune.id, opened_at=None, state__in=ON_ITS_WAY).count()
    yield Consequence(
        "Bekymringer som ingen i kommunen har åpnet",
        count,
        "De ligger i kommunens innboks og blir der. Regionen kan ikke lenger følge med på om de åpnes.",
        f"Ring {asked.kommune.name} og be dem åpne bekymringene nå." if count else "",
        "/vakttelefon/drift" if count else "",
    )
    back = Returned.objects.filter(kommune=asked.kommune.id, state="waiting").count()
    yield Consequence(
        "Bekymringer som kommunen har sendt tilbake",
        back,
        "De venter på vakttelefonen og må sendes til rett kommune derfra.",
        "Send dem til rett kommune fra vakttelefonen." if back else "",
        "/vakttelefon" if back else "",
    )


def phone(asked: Asked) -> Iterator[Consequence]:
    """Which services answer for it in the week from then, and what becomes of that."""
    if asked.kind == "join":
        yield Consequence(
            "Telefonen",
            1,
            f"Når kommunen har team, svarer {_services(asked)}. Oppsettet kan byttes når som helst.",
            "Velg hvem som svarer for kommunen." if not _set_up(asked) else "",
            f"/vakttelefon/drift/oppsett?kommune={asked.kommune.id}",
        )
    elif asked.kind == "host":
        operators = len(people(Role.OPERATOR))
        yield Consequence(
            "Vakttelefonen",
            operators,
            f"{counted(operators, 'operatør', 'operatører')} og vaktlisten blir som de er. "
            "Ny vert må ha noen som styrer dem.",
            f"Gi noen i {asked.kommune.name} rollen vertskommunens administrator.",
            "/folk",
        )
    else:
        yield _silenced(asked)


def _silenced(asked: Asked) -> Consequence:
    """The region's services fall silent for a kommune that is out."""
    ours = OURS.intersection(_kinds(asked))
    own = Line.objects.filter(kommune=asked.kommune.id, closed_at=None).count()
    lines = f" Kommunens egne linjer her ({own}) må avsluttes." if own else ""
    return Consequence(
        "Telefonen",
        len(ours) + own,
        f"I dag svarer {_services(asked)}. {_after(asked, bool(ours))}{lines}",
        f"{asked.kommune.name} må ha sitt eget nummer på nettsiden og plakatene før det." if ours else "",
        f"/vakttelefon/drift/oppsett?kommune={asked.kommune.id}" if ours or own else "",
    )


def _after(asked: Asked, ours: bool) -> str:
    if ours:
        return f"Fra {date_and_time(asked.at)} svarer regionen ikke lenger for kommunen."
    return "Det blir ikke berørt av at vakttelefonen ikke lenger svarer for kommunen."


def _kinds(asked: Asked) -> list[Kind]:
    """Which services answer in a week, in order."""
    found = board(asked.at).stretches(asked.kommune.id, asked.at, asked.at + WEEK)
    return list(dict.fromkeys(stretch.kind for stretch in found))


def _services(asked: Asked) -> str:
    """The same in words."""
    return " og ".join(sorted(KINDS[kind].lower() for kind in _kinds(asked))) or "ingen"


def _set_up(asked: Asked) -> bool:
    return SetupVersion.objects.filter(kommune=asked.kommune.id).exists()


def lent(asked: Asked) -> Iterator[Consequence]:
    """People who act for the kommune here, and people lent by the agreement."""
    if asked.kind in ENDS:
        count = User.objects.filter(for_office=asked.kommune.id, is_active=True).count()
        yield Consequence(
            "Folk fra kommunen med tilgang her",
            count,
            f"De mister tilgangen {date_and_time(asked.at)}, samme sekund som avtalen slutter.",
        )
        yield from _teams(asked, terms(asked.by))


def _teams(asked: Asked, found: Terms | None) -> Iterator[Consequence]:
    key = asked.kommune.id
    bonds = [(one.lender, one.borrower) for one in found.lends if one.borrower] if found else []
    others = [there if here == key else here for here, there in bonds if key in (here, there)]
    if others and found:
        names = ", ".join(map(found.name, others))
        yield Consequence(
            "Felles operativt team",
            len(others),
            f"Utlånet av folk mellom {asked.kommune.name} og {names} slutter samtidig. Sakene blir i hver kommune.",
            f"Sørg for at {asked.kommune.name} og {names} har eget team fra da.",
        )


def money(asked: Asked) -> Iterator[Consequence]:
    """The kommune's part of the grant."""
    said = kommune_terms(asked.by, asked.kommune.id)
    if asked.kind in ENDS and said is not None:
        has = said.share != "ingen andel"
        yield Consequence(
            "Andel av tilskuddet",
            int(has),
            f"Kommunen har {said.share}. Når en kommune går ut, fordeles andelen på de andre i samme forhold."
            if asked.kind == "leave"
            else f"Kommunen har {said.share}. Det som er brukt og ikke brukt, gjøres opp etter avtalen.",
            "Før regnskapet for året før avtalen slutter." if has else "",
            "/samarbeid/avtale/penger" if has else "",
        )
    elif asked.kind == "join":
        yield Consequence(
            "Andel av tilskuddet",
            0,
            "Kommunen får ingen andel før partene har skrevet nye andeler i avtalen.",
        )
