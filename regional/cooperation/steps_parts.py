"""What the guided steps are made of: the checks, the new version, the letters to the kommuner, the log of marks."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID, uuid4

from regional.cooperation import agreement_queries as queries
from regional.cooperation import steps, steps_queries
from regional.cooperation.agreement_actions import Change, change_from
from regional.cooperation.agreement_models import Agreement, AgreementStep, StepMark
from regional.cooperation.consequences import Consequence
from regional.cooperation.notice import notice
from regional.cooperation.steps import Mark
from regional.cooperation.terms import Party, Terms
from shared.contracts.region import AgreementAsks
from shared.post.actions import send
from shared.post.keys import NoKey
from shared.registry.models import Office
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Overtaken, Refused, print_of_values
from varde.ui.dates import day_of

CHANGED = "Følgene er ikke de samme som da du så siden. Se over listen og gjennomfør på nytt."
NOT_READY = "{name} er ikke klar til å få brev i Varde ennå. Prøv igjen når kontoret er satt i drift."


def allowed(step: AgreementStep, act: steps.Act) -> None:
    if act not in steps.may(step.kind, steps_queries.codes(step), ahead=step.starts_at > now()):
        raise Refused("Steget har kommet lenger, eller er over. Last siden på nytt.")


def kommune(step: AgreementStep) -> Office:
    found: Office = Office.objects.get(id=step.kommune)
    return found


def newest_of(row: Agreement) -> queries.Version:
    found = queries.newest(row)
    if found is None:
        raise Refused("Avtalen har ingen utgave ennå. Skriv den først.")
    return found


def when(step: AgreementStep) -> datetime:
    """From when it counts: as it was chosen, or now when that is over."""
    return max(step.starts_at, now())


def shown(step: AgreementStep, at: datetime, by: Reader, seen: str) -> list[Consequence]:
    """What follows, when it is what the page showed. Raises Overtaken else: nobody ends what they have not seen."""
    found = steps_queries.consequences_of(step, at, by)
    if seen != print_of(found):
        raise Overtaken(CHANGED)
    return found


def print_of(found: Sequence[Consequence]) -> str:
    """Of a list of consequences, for the page to send back: what is touched, how many, and what must be done before.

    Not the sentences: those name the minute, and somebody must have the time to read them.
    """
    return print_of_values([(one.what, one.count, one.first) for one in found])


def amend(
    step: AgreementStep, change: Change, day: date, why: str, by: Reader, *, until: date | None = None
) -> queries.Version | None:
    """The change in what holds on the day and in every version that begins later; the first of the new ones."""
    made = change_from(row=step.agreement, change=change, day=day, why=why, by=by, until=until)
    if made:
        numbers = " og ".join(str(version.number) for version in made)
        mark(step, "version", by, text=f"Utgave {numbers}")
    return made[0] if made else None


def as_party(kommune: Office, at: datetime) -> Party:
    return Party(id=kommune.id, name=kommune.name, organisation="", number=kommune.number, starts_on=day_of(at))


def others(terms: Terms, but: Office) -> list[Office]:
    return offices(party.id for party in terms.parties if party.id != but.id)


def offices(keys: Iterable[UUID]) -> list[Office]:
    return list(Office.objects.filter(id__in=list(keys), kind="kommune", active=True))


def tell(
    step: AgreementStep,
    kommuner: Sequence[Office],
    version: queries.Version | None,
    terms: Terms,
    asks: AgreementAsks,
    by: Reader,
    *,
    message: str = "",
) -> None:
    """A letter to each that can get one; who could not is written in the log, for a person to tell."""
    number = version.number if version else newest_of(step.agreement).number
    deaf = []
    for kommune in kommuner:
        try:
            letter(step, terms, number, kommune, asks, by, message=message)
        except Refused:
            deaf.append(kommune.name)
    told = [each.name for each in kommuner if each.name not in deaf]
    words = [f"Brev til {', '.join(told)}." if told else "", f"Ikke nådd: {', '.join(deaf)}." if deaf else ""]
    if kommuner:
        mark(step, "told", by, text=" ".join(word for word in words if word))


def letter(
    step: AgreementStep,
    terms: Terms,
    number: int,
    kommune: Office,
    asks: AgreementAsks,
    by: Reader,
    *,
    answer_by: date | None = None,
    message: str = "",
) -> UUID:
    letter = notice(
        agreement=step.agreement.id,
        region=by.office.id,
        terms=terms,
        version=number,
        kommune=kommune.id,
        asks=asks,
        starts_at=when(step),
        sent_at=now(),
        answer_by=answer_by,
        message=message,
    )
    try:
        return send(letter, to=kommune.ref, by=by, id=uuid4())
    except NoKey as error:
        raise Refused(NOT_READY.format(name=kommune.name)) from error


def mark(
    step: AgreementStep,
    mark: Mark,
    by: Reader,
    *,
    text: str = "",
    shown: Sequence[Consequence] = (),
    letter_id: UUID | None = None,
    name: str = "",
) -> None:
    row = StepMark(
        step=step,
        mark=mark,
        kommune=step.kommune,
        text=text,
        shown=[asdict(one) for one in shown],
        letter_id=letter_id,
        at=now(),
        by_name=name or by.name,
    )
    row.save()
    record(by=by, action=Action.CHANGE, what="cooperation.step", ids=[step.id], reason=steps.MARKS[mark])
