"""What a later room knows of a receipt whose report is not here any more: it was deleted by the rules.

gone_receipts.answers(gone)      gone() -> Deleted(month, day) for the receipt of this transaction, or None
"""

from collections.abc import Callable
from datetime import date

from django.http import Http404

Answer = Callable[[], "Deleted | None"]
_answers: list[Answer] = []


class Deleted(Http404):
    """There is no such report any more; for those who do not ask why, it is simply not there."""

    def __init__(self, received_month: date, deleted_on: date) -> None:
        super().__init__()
        self.received_month, self.deleted_on = received_month, deleted_on


def answers(function: Answer) -> None:
    """Register; called once per room in AppConfig.ready()."""
    if function not in _answers:
        _answers.append(function)


def deleted() -> Deleted | None:
    """What is known of the receipt that was just asked for."""
    return next(filter(None, (function() for function in _answers)), None)
