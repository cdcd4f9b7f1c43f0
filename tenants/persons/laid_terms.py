"""The tokens that cards are found by in a search and in other matters: laid anew whenever a card is changed."""

from dataclasses import replace

from tenants.inbox import places
from tenants.inbox.mistakes_queries import marks_of
from tenants.persons.models import Person, PersonTerm
from tenants.persons.queries import whole_card
from tenants.persons.states import strictest
from tenants.persons.terms import terms_of


def lay_terms(group: list[Person]) -> None:
    """The tokens of cards that are one person. One protected address hides the places of them all, also the told ones.

    None of who reported: a hit would tie a person to a matter as its reporter without the look that is recorded; and
    none of a card that was entered wrongly.
    """
    wrong = marks_of(Person, [person.pk for person in group])
    cards = {person: whole_card(person) for person in group}
    level = strictest(*(card.protection for card in cards.values()))
    PersonTerm.objects.filter(person__in=group).delete()
    places.lay_again(group[0].concern)
    for person, card in cards.items():
        hidden = person.role == "reporter" or person.pk in wrong
        found = set() if hidden else terms_of(replace(card, protection=level))
        for kind, token in sorted(found):
            PersonTerm(concern_id=person.concern_id, person=person, kind=kind, token=token).save(force_insert=True)
