"""Asking what would go on by itself when a matter ends here."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import Truncator

from shared.codes.duties import duties
from tenants.closing import loose
from tenants.closing.checklist import Item
from tenants.inbox import callbacks_access, replies_queries
from tenants.inbox.calls_models import Callback
from tenants.inbox.models import Concern
from tenants.measures import requests_queries, sharing_queries
from tenants.measures.requests_models import Request
from tenants.measures.sharing_models import Sharing
from tenants.persons.queries import was_asked
from tenants.triage import duties_queries, tell_queries
from tenants.triage.duties import left
from varde.refusal import print_of_values
from varde.ui.dates import date_and_time, short_date
from varde.ui.gone import words


def _asked(row: Request) -> str:
    what = Truncator(words(row, "asked")).chars(80)
    return f"Forespørsel til {row.to_whom}: {what} (frist {short_date(row.due_on)})"


@dataclass(frozen=True, slots=True)
class Loose:
    """Requests without an answer, links that nobody has opened, and who waits to be called."""

    requests: list[Request]
    links: list[Sharing]
    calls: list[Callback]

    @property
    def print(self) -> str:
        """The same until something comes or goes; for a page to send back."""
        return print_of_values([key for key, _ in (*self.going_on, *self.called)])

    @property
    def going_on(self) -> list[tuple[str, str]]:
        """What can go on elsewhere: key, and what it is."""
        asked = [(str(row.id), _asked(row)) for row in self.requests]
        return asked + [
            (str(row.id), f"Engangslenke til {words(row, 'recipient')}, virker til {date_and_time(row.expires_at)}")
            for row in self.links
            if row.expires_at
        ]

    @property
    def called(self) -> list[tuple[str, str]]:
        """Who waits to be called: key, and who and by when."""
        return [(str(row.id), f"{words(row, 'who')}, {date_and_time(row.due_at)}") for row in self.calls]


def loose_in(concern: Concern, now: datetime) -> Loose:
    """Everything of a matter that waits for somebody else."""
    return Loose(
        requests_queries.waiting_in(concern),
        sharing_queries.waiting_in(concern, now),
        callbacks_access.of_matter(concern.id),
    )


def items_of(concern: Concern, found: Loose) -> list[Item]:
    """Lines for the list before the matter ends here."""
    waiting = left(duties_queries.codes(), duties_queries.answers(duties_queries.weighed(concern)))
    return loose.items(
        loose.Left(
            requests=len(found.requests),
            links=len(found.links),
            calls=len(found.calls),
            unread=replies_queries.unread(concern.id),
            duties=[each.label for each in duties() if each.code in waiting],
            asked=was_asked(concern),
            untold=[f"{row.label} ({words(row, 'to_whom')})" for row in tell_queries.untold(concern)],
        )
    )
