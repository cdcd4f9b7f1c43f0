"""Cards: laid, changed with every version kept, merged, linked across matters, and a protected address shown once."""

from dataclasses import replace
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from tenants.inbox.mistakes_queries import mark_of
from tenants.inbox.models import Concern
from tenants.inbox.reporter_actions import look
from tenants.persons.access import card_name, held, require_by_right
from tenants.persons.address_models import AddressLook
from tenants.persons.card import REPORTER, Card, filled_from, without
from tenants.persons.laid_terms import lay_terms
from tenants.persons.models import Person, PersonLink, PersonParted, PersonVersion
from tenants.persons.queries import alike, around_merge, same_as, shown_name, whole_card
from tenants.persons.states import ADDRESS_REASONS, ROLES, check_open
from varde.access import Reader
from varde.audit.actions import Action, record
from varde.clock import now
from varde.refusal import Refused, check_seen, overtaken
from varde.ui.dates import date_and_time
from varde.ui.gone import words

WRONG_CARD = "Kortet er merket som feilført, {when} av {who}. Det endres ikke mer. Lag et nytt kort."
STAYS_REPORTER = "Kortet er om den som meldte, og rollen endres ikke. Er den feil, merk kortet som feilført."
NOT_WITH_REPORTER = "Kortet til den som meldte, slås ikke sammen med andre og kobles ikke. Det ville vise hvem det er."
CLOSED_CARD = "Kortet er alt slått sammen med et annet, {when} av {who}. Last inn siden på nytt."


@transaction.atomic
def add_person(*, concern: Concern, role: str, card: Card, by: Reader) -> Person:
    """Lay a card in an open matter. Raises Refused in one that is not open."""
    check_open(held(by, concern.pk).progress)
    return _laid(concern, role, card, by)


@transaction.atomic
def add_asking(*, concern: Concern, role: str, card: Card, by: Reader) -> Person:
    """Lay the card of somebody who asks for access in a matter that is over: an answer hangs on a card. Nothing else
    of the matter is changed. Raises Refused without a name, for whoever reported, and in a matter that goes on."""
    if held(by, concern.pk).progress != "closed":
        raise Refused("Saken er ikke lukket. Lag kortet under «Personer».")
    if not card.name.strip() or role == REPORTER or role not in dict(ROLES):
        raise Refused("Skriv navnet, og velg hvilken rolle personen har i saken.")
    return _laid(concern, role, card, by)


def _laid(concern: Concern, role: str, card: Card, by: Reader) -> Person:
    at, version = now(), uuid4()
    person = Person(
        concern=concern, role=role, given=card.given(), version=version,
        made_at=at, made_by_name=by.name, changed_at=at, changed_by_name=by.name,
    )  # fmt: skip
    person.save(force_insert=True)
    _keep(person, by)
    record(by=by, action=Action.CREATE, what="persons.person", ids=[concern.pk], reason=card_name(person))
    return person


def _keep(person: Person, by: Reader) -> None:
    """The card as it now is, among its versions, with its tokens."""
    PersonVersion(
        id=person.version, concern_id=person.concern_id, person=person, role=person.role, given=person.given,
        at=person.changed_at, by_user=by.user_id, by_name=by.name,
    ).save()  # fmt: skip
    lay_terms(same_as(person))


def _fresh(person: Person) -> Person:
    """The card as it is now, held. Raises Refused for one that was merged into another or entered wrongly."""
    fresh = Person.objects.select_for_update().get(pk=person.pk)
    if fresh.merged_at is not None:
        raise Refused(CLOSED_CARD.format(when=date_and_time(fresh.merged_at), who=fresh.merged_by_name))
    mark = mark_of(fresh)
    if mark is not None:
        raise Refused(WRONG_CARD.format(when=date_and_time(mark.at), who=mark.who))
    return fresh


@transaction.atomic
def change_person(*, person: Person, role: str, card: Card, seen: str, by: Reader) -> None:
    """Write a new version of a card. `seen` is the version that was shown to whoever typed.

    A protected address that is left empty stays. Raises Overtaken when another version came in between, Refused for a
    merged card, in a matter that is not open, and for another role on the card of whoever reported.
    """
    check_open(held(by, person.concern_id).progress)
    fresh = _fresh(person)
    check_seen(seen, str(fresh.version), overtaken(fresh.changed_by_name, fresh.changed_at))
    if fresh.role == REPORTER != role:
        raise Refused(STAYS_REPORTER)
    before = whole_card(fresh)
    if before.protected and card.protected and not card.address:
        card = replace(card, address=before.address)
    # Nobody sees what stands on the reporter's card: that nothing changed would say that a guess was right.
    if (before, fresh.role) == (card, role) and role != REPORTER:
        return
    if role == REPORTER:
        Person.objects.filter(pk__in=[each.pk for each in same_as(fresh)]).update(role=REPORTER)
    _write(fresh, role, card, by)
    reason = f"{card_name(fresh)}, adressesperre opphevet" if before.protected and not card.protected else ""
    record(
        by=by, action=Action.CHANGE, what="persons.person", ids=[fresh.concern_id], reason=reason or card_name(fresh)
    )


def _write(person: Person, role: str, card: Card, by: Reader) -> None:
    person.role, person.given, person.version = role, card.given(), uuid4()
    person.changed_at, person.changed_by_name = now(), by.name
    person.save()
    _keep(person, by)


@transaction.atomic
def merge(*, keep: Person, other: Person, by: Reader) -> None:
    """Two cards are one person: `other` becomes a closed row that points to `keep`, which takes over what it lacks.

    Both keep their versions, warnings and links. Raises Refused for the same card twice, cards of two matters, a card
    that is merged already, a matter that is not open, and where one of the two is who reported.
    """
    if keep.pk == other.pk:
        raise Refused("Et kort kan ikke slås sammen med seg selv. Velg et annet kort.")
    if keep.concern_id != other.concern_id:
        raise Refused("Kortene hører til hver sin sak og kan ikke slås sammen. Koble dem som samme person i stedet.")
    check_open(held(by, keep.concern_id).progress)
    first, second = _fresh(keep), _fresh(other)
    if not alike(first, second):
        raise Refused(NOT_WITH_REPORTER)
    second.merged_into, second.merged_at, second.merged_by_name = first, now(), by.name
    second.save(update_fields=["merged_into", "merged_at", "merged_by_name"])
    _write(first, first.role, filled_from(whole_card(first), whole_card(second)), by)
    reason = f"{card_name(second)} slått sammen med {card_name(first)}"
    record(by=by, action=Action.CHANGE, what="persons.person", ids=[keep.concern_id], reason=reason)


@transaction.atomic
def part(*, other: Person, reason: str, by: Reader) -> Person:
    """Two cards that were merged are two persons after all. Returns the card that was kept.

    Each says what it said before, but for what was changed since; what hung on a card hangs on it still. Raises Refused
    when they are parted already, when the kept card went into a third, and in a matter that is not open.
    """
    check_open(held(by, other.concern_id).progress)
    second = Person.objects.select_for_update().get(pk=other.pk)
    if second.merged_into_id is None or second.merged_at is None:
        raise Refused("Kortene er alt skilt. Last inn siden på nytt.")
    first = Person.objects.select_for_update().get(pk=second.merged_into_id)
    if first.merged_at is not None:
        raise Refused("Kortet det ble slått sammen med, er selv slått sammen med et annet. Skill dem først.")
    PersonParted(
        concern_id=second.concern_id, person=first, other_person=second, merged_at=second.merged_at,
        merged_by_name=second.merged_by_name, reason=reason, at=now(), by_user=by.user_id, by_name=by.name[:200],
    ).save()  # fmt: skip
    before, after = around_merge(first, second)
    second.merged_into, second.merged_at, second.merged_by_name = None, None, ""
    second.save(update_fields=["merged_into", "merged_at", "merged_by_name"])
    _write(first, first.role, without(whole_card(first), before, after), by)
    lay_terms(same_as(second))
    said = f"{card_name(second)} skilt fra {card_name(first)}"
    record(by=by, action=Action.CHANGE, what="persons.person", ids=[first.concern_id], reason=said)
    return first


@transaction.atomic
def link(*, person: Person, other: Person, by: Reader) -> None:
    """Say that two cards of two matters are the same person; seen by those who see both.

    Logged as a change of each card: a row of its own kind would tell those who see one matter of the other.
    Raises Refused within one matter, and for who reported.
    """
    if REPORTER in (person.role, other.role):
        raise Refused(NOT_WITH_REPORTER)
    if person.concern_id == other.concern_id:
        raise Refused("Kortene er i samme sak. Slå dem sammen i stedet.")
    for concern_id in sorted([person.concern_id, other.concern_id]):
        held(by, concern_id)
    if not _links_between(person, other):
        PersonLink(
            concern_id=person.concern_id, other_id=other.concern_id, person=person, other_person=other,
            at=now(), by_user=by.user_id, by_name=by.name,
        ).save(force_insert=True)  # fmt: skip
        _log_both(person, other, by)


def _links_between(one: Person, two: Person) -> list[PersonLink]:
    """Also those that were laid to a card before it was merged."""
    here, there = same_as(one), same_as(two)
    either = Q(person__in=here, other_person__in=there) | Q(person__in=there, other_person__in=here)
    return list(PersonLink.objects.select_for_update(of=("self",)).filter(either, ended_at=None))


def _log_both(person: Person, other: Person, by: Reader) -> None:
    for each in (person, other):
        record(by=by, action=Action.CHANGE, what="persons.person", ids=[each.concern_id], reason=card_name(each))


@transaction.atomic
def unlink(*, person: Person, other: Person, by: Reader) -> None:
    """They are not the same person after all; the row stays, ended."""
    for concern_id in sorted([person.concern_id, other.concern_id]):
        held(by, concern_id)
    for found in _links_between(person, other):
        found.ended_at, found.ended_by_name = now(), by.name
        found.save(update_fields=["ended_at", "ended_by_name"])
        _log_both(person, other, by)


@transaction.atomic
def see_address(*, person: Person, reason: str, text: str, by: Reader) -> list[dict[str, str]]:
    """The protected address of a card and of those merged into it, for this one answer. The log gets the reason's code
    alone, the matter the words too: they might say where. Whose address it is, may be told by it: of who reported it is
    a look at them too.

    PermissionDenied for somebody whom break-glass let in, Refused without a reason of the list and some words.
    """
    require_by_right(person.concern_id)
    if by.user_id is None:
        raise PermissionDenied
    if reason not in dict(ADDRESS_REASONS) or not text.strip():
        raise Refused("Velg en grunn, og skriv kort hvorfor du trenger adressen.")
    AddressLook(
        concern_id=person.concern_id, person=person, reason=reason, text=text, at=now(), by_user=by.user_id,
        by_name=by.name[:200],
    ).save()  # fmt: skip
    if person.role == REPORTER:
        look(concern=person.concern, reason="other", text=text, by=by)
    cards = [(each, whole_card(each)) for each in same_as(person) if alike(each, person)]
    said = f"{card_name(person)}: {dict(ADDRESS_REASONS)[reason]}"
    record(by=by, action=Action.VIEW, what="persons.address", ids=[person.concern_id], reason=said)
    told = words(person.concern, "where_lives") if person.role == "exposed" else ""
    shown = [(shown_name(each), card.address) for each, card in cards] + [("Bosted, slik det ble meldt", told)]
    return [{"label": label, "value": value} for label, value in shown if value]
