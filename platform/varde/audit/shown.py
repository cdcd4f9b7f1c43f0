"""A list that logs itself: whatever is fetched of it is in the log, so that no page can show a row and forget it."""

from typing import Any, cast

from django.db.models import Model, QuerySet

from varde.access.reader import Reader
from varde.audit.actions import Action, record


class LoggedRows(QuerySet[Any]):
    """Fetching notes the ids that came; counting and asking whether there are any fetch nothing and note nothing."""

    _noted: tuple[Reader, Action, str]

    def _clone(self) -> "LoggedRows":
        clone = cast(LoggedRows, super()._clone())  # type: ignore[misc]  # Django's own way to make the next one
        clone._noted = self._noted
        return clone

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh:
            by, action, what = self._noted
            rows = [row for row in self._result_cache or () if isinstance(row, Model)]
            record(by=by, action=action, what=what, ids=[row.pk for row in rows])


def logged[M: Model](rows: QuerySet[M], *, by: Reader, what: str, action: Action = Action.LIST) -> QuerySet[M]:
    """The same rows, each noted as seen by this reader when it is fetched; an empty list is one row without id."""
    chained: Any = rows.all()
    chained.__class__ = type("Logged", (LoggedRows, type(rows)), {})
    chained._noted = (by, action, what)
    return cast("QuerySet[M]", chained)
