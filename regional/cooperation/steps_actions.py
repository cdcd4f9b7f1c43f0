"""The guided steps: begun, asked, answered, said yes to, called off. What ends something is in `steps_ending`.

What holds is said in the registry (`say`); here it is said with a new version of the agreement, the letters to the
kommuner, and the list of consequences as it was seen.
"""

from dataclasses import replace
from datetime import date, datetime
from functools import partial

from django.db import transaction

from regional.cooperation import agreement_queries as queries
from regional.cooperation import lends_words, notices, steps, steps_queries
from regional.cooperation import steps_parts as parts
from regional.cooperation import steps_words as words
from regional.cooperation.agreement_access import manages
from regional.cooperation.agreement_actions import TURN
from regional.cooperation.agreement_models import Agreement, AgreementStep, StepMark
from regional.cooperation.steps import Kind
from regional.cooperation.terms import Terms, with_party
from shared.contracts.region import AgreementAnswer
from shared.post.handlers import Envelope
from shared.registry.models import Office
from shared.registry.standing_actions import say
from shared.registry.standing_queries import parties, party_of, words_of
from varde import turn
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.days import TEN_YEARS
from varde.refusal import Refused
from varde.ui.dates import date_and_time, day_of


@transaction.atomic
def start(
    *, row: Agreement, kind: Kind, kommune: Office | None, starts_at: datetime | None, by: Reader
) -> AgreementStep:
    """Begin a step. None for `starts_at`: from when it is carried out.

    Raises Refused for a kommune that the step cannot be about, a time that is over, and when one like it is under way.
    """
    manages(by)
    turn.wait_for(TURN)
    moment = now()
    at = starts_at or moment
    if at < moment:
        raise Refused("Tidspunktet er passert. Velg et senere.")
    if at > moment + TEN_YEARS:
        raise Refused("Tidspunktet er mer enn ti år fram. Velg et nærmere.")
    _may_start(row, kind, kommune, at, by)
    step = AgreementStep(
        agreement=row, kind=kind, kommune=kommune.id if kommune else None, starts_at=at, at=moment, by_name=by.name
    )
    step.save()
    record(by=by, action=Action.CREATE, what="cooperation.step", ids=[step.id])
    parts.mark(step, "invited", by, text="Gjelder fra det øyeblikket steget gjennomføres." if starts_at is None else "")
    return step


def _may_start(row: Agreement, kind: Kind, kommune: Office | None, at: datetime, by: Reader) -> None:
    about = kommune.id if kommune else None
    if any(each.step.kind == kind and each.step.kommune == about for each in steps_queries.under_way(row)):
        raise Refused("Et slikt steg er alt begynt. Fortsett på det.")
    if kind == "end":
        return
    if kommune is None:
        raise Refused("Velg hvilken kommune det gjelder.")
    refuse = {"join": _may_join, "leave": _may_leave, "host": _may_host}[kind]
    refuse(row, kommune, at, by)


def _may_join(row: Agreement, kommune: Office, at: datetime, by: Reader) -> None:
    refuse_ended(row)
    stands = party_of(kommune.id, at)
    if stands is not None:
        where = "denne regionen" if stands.region == by.office.id else "en annen region"
        raise Refused(f"{kommune.name} er alt med i {where}. Den må gå ut av den avtalen først.")


def refuse_ended(row: Agreement) -> None:
    """Whoever came in after everybody has said no, would be in alone. Raises Refused."""
    if parts.newest_of(row).terms.ends_on is not None:
        raise Refused("Avtalen er avsluttet, eller skal avsluttes. Skriv en ny før noen blir med.")


def _may_leave(row: Agreement, kommune: Office, at: datetime, by: Reader) -> None:
    stands = queries.newest(row)
    here = any(party.kommune == kommune.id for party in parties(by.office.id, at))
    if not here and (stands is None or stands.terms.party(kommune.id) is None):
        raise Refused(f"{kommune.name} er ikke med i avtalen.")


def _may_host(row: Agreement, kommune: Office, at: datetime, by: Reader) -> None:
    here = next((party for party in parties(by.office.id, at) if party.kommune == kommune.id), None)
    if here is None:
        raise Refused(f"{kommune.name} må være med i avtalen for å bli vertskommune.")
    if here.host:
        raise Refused(f"{kommune.name} er vertskommune alt.")


@transaction.atomic
def send_terms(*, step: AgreementStep, answer_by: date | None, message: str, by: Reader) -> None:
    """The terms to the kommune that may join, with itself among the parties. Raises Refused."""
    manages(by)
    parts.allowed(step, "send")
    kommune = parts.kommune(step)
    if answer_by and answer_by < day_of(now()):
        raise Refused("Svarfristen er passert. Velg en senere dato.")
    refuse_ended(step.agreement)
    if "yes" in steps_queries.codes(step):
        words.lapse(step, by)  # it was a yes to what is now sent anew
    stands = parts.newest_of(step.agreement)
    terms = with_party(stands.terms, parts.as_party(kommune, step.starts_at))
    letter = parts.letter(step, terms, stands.number, kommune, "terms", by, answer_by=answer_by, message=message)
    parts.mark(step, "sent", by, text=message, letter_id=letter)


def answered(letter: AgreementAnswer, envelope: Envelope, by: Reader) -> None:
    """A kommune has said yes, no, or that it goes out; the same letter twice is one mark. Told to those who manage."""
    if StepMark.objects.filter(letter_id=envelope.id).exists():
        return
    step = _step_of(letter, envelope, by)
    if step is None:
        return
    told = [f"{letter.decided_by}." if letter.decided_by else "", letter.reason]
    parts.mark(
        step,
        letter.said,
        by,
        text=" ".join(word for word in told if word),
        letter_id=envelope.id,
        name=envelope.sender.name,
    )
    if letter.said == "in" and steps.may(step.kind, steps_queries.codes(step)):
        parts.mark(step, "cancelled", by, text="Regionen hadde ikke gjennomført det.")
    if letter.said == "yes" and "cancelled" in steps_queries.codes(step):
        words.lapse(step, by)
    notices.answered(by.office)


def _of_its_words(letter: AgreementAnswer, envelope: Envelope, by: Reader) -> Agreement | None:
    """The region's agreement, when the two have said something to each other under the id that the letter names."""
    said = ((word.region, word.kommune) for word in words_of(letter.agreement))
    return queries.agreement(by) if (by.office.id, envelope.sender.id) in said else None


def _step_of(letter: AgreementAnswer, envelope: Envelope, by: Reader) -> AgreementStep | None:
    """The step that the letter answers; a new one for a kommune that goes out by itself. None for an agreement that is
    not ours: what the registry says holds anyway."""
    row = Agreement.objects.filter(id=letter.agreement).first() or _of_its_words(letter, envelope, by)
    if row is None:
        return None
    if letter.said == "in":
        steps_of = AgreementStep.objects.filter(agreement=row, kind="leave", kommune=envelope.sender.id)
        return steps_of.order_by("-at").first()
    if letter.said != "out":
        steps_of = AgreementStep.objects.filter(agreement=row, kind="join", kommune=envelope.sender.id)
        return steps_of.order_by("-at").first()
    under_way = [each.step for each in steps_queries.under_way(row)]
    # A kommune that takes its yes back before it was in, is no party: the step that asked it hears so.
    held = queries.holding(row)
    kind = "leave" if held is None or held.terms.party(envelope.sender.id) else "join"
    known = next((one for one in under_way if one.kind in ("leave", kind) and one.kommune == envelope.sender.id), None)
    if known is not None:
        return known
    step = AgreementStep(
        agreement=row,
        kind="leave",
        kommune=envelope.sender.id,
        starts_at=letter.starts_at,
        at=now(),
        by_name=envelope.sender.name,
    )
    step.save()
    return step


@transaction.atomic
def region_yes(*, step: AgreementStep, by: Reader, seen: str) -> datetime:
    """The region's yes: both have said so; from when the kommune is in. `seen`: the print of what was shown.

    Raises Refused when the kommune's own word is not in the registry, Overtaken when the consequences have changed.
    """
    manages(by)
    turn.wait_for(TURN)
    parts.allowed(step, "region_yes")
    kommune = parts.kommune(step)
    theirs = _their_yes(step, kommune)
    if theirs is None:
        raise Refused(f"{kommune.name} har ikke sagt ja i registeret. Vent på det.")
    refuse_ended(step.agreement)
    _refuse_other_terms(step)
    at = max(parts.when(step), theirs)
    shown = parts.shown(step, parts.when(step), by, seen)
    say(agreement=step.agreement.id, region=by.office.id, kommune=kommune.id, word="in", at=at, by=by)
    parts.mark(step, "region_yes", by, text=f"Gjelder fra {date_and_time(at)}.", shown=shown)
    party = parts.as_party(kommune, at)
    version = parts.amend(step, partial(with_party, party=party), day_of(at), f"{kommune.name} er med.", by)
    if version:
        parts.tell(step, parts.others(version.terms, kommune), version, version.terms, "change", by)
    lends_words.follow(step.agreement, by)
    parts.mark(step, "done", by)
    return at


def _refuse_other_terms(step: AgreementStep) -> None:
    """The kommune said yes to what it was sent. That others have come or gone since is told them beside it."""
    sent = next(mark for mark in reversed(steps_queries.marks(step)) if mark.mark == "sent")
    known = queries.versions(step.agreement)
    then = next((each for each in known if each.row.at <= sent.at), known[-1])
    if _heart(then.terms) != _heart(known[0].terms):
        raise Refused("Avtalen er endret siden kommunen fikk vilkårene. Send dem på nytt, så den svarer på de nye.")


def _heart(terms: Terms) -> Terms:
    """What a kommune agrees to, whoever the others are."""
    tasks = tuple(replace(task, who={}) for task in terms.tasks)
    return replace(terms, parties=(), tasks=tasks, lends=())


def _their_yes(step: AgreementStep, kommune: Office) -> datetime | None:
    """From when the kommune's own word on this agreement is a yes; None when its newest is no yes."""
    said = [word for word in words_of(step.agreement.id) if word.said_by == word.kommune == kommune.id]
    return said[-1].at if said and said[-1].word == "in" else None


@transaction.atomic
def cancel(*, step: AgreementStep, why: str, by: Reader) -> None:
    """The step is not carried out; nothing that holds is changed. A kommune that was asked is told.

    Raises Refused when it is over.
    """
    manages(by)
    turn.wait_for(TURN)
    parts.allowed(step, "cancel")
    if not why.strip():
        raise Refused("Skriv kort hvorfor steget avbrytes.")
    words.call_off(step, why, by)
