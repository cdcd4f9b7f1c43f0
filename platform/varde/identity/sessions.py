"""Sessions that nobody can take over by reading the table: `SESSION_ENGINE`.

The row's key is a keyed hash of the cookie's, and the content is sealed and says which row it belongs to, so that
it cannot be laid in another row either. Content that does not open, or is another row's, is an empty session.
"""

import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Plain
from django.contrib.sessions.base_session import AbstractBaseSession
from django.utils.crypto import salted_hmac

from varde.clock import now
from varde.privacy.box import CannotOpen, close, open_box

_LENGTH = 40  # characters of django_session.session_key: 160 bits of the hash


def row_key(session_key: str) -> str:
    """Where the session of this cookie lies."""
    return salted_hmac("varde.identity.session", session_key, algorithm="sha256").hexdigest()[:_LENGTH]


class SessionStore(Plain):
    """Django's own, but for what stands in the table. There is no asynchronous page, so only those methods are ours
    that a page uses; the others know the cookie's key alone, and find nothing."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Sealed, for the row of this session. Raises OSError when the office's key is not at hand."""
        return close(json.dumps({"row": self._row(), "content": session_dict}), purpose="session")

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """What `encode` sealed for this row, else nothing."""
        try:
            found = json.loads(open_box(str(session_data), purpose="session"))
        except CannotOpen:
            return {}
        content: dict[str, Any] = found["content"]
        return content if found["row"] == self._row() else {}

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        made = super().create_model_instance(data)
        made.session_key = self._row()
        return made

    def exists(self, session_key: str | None) -> bool:
        return session_key is not None and super().exists(row_key(session_key))

    def delete(self, session_key: str | None = None) -> None:
        gone = session_key or self.session_key
        if gone is not None:
            self.model.objects.filter(session_key=row_key(gone)).delete()

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        """As Django's; a key that is not found is dropped, so that nobody can choose one."""
        rows = self.model.objects.filter(session_key=self._row(), expire_date__gt=now())
        found = rows.first()
        if found is None:
            self._session_key = None
        return found

    def _row(self) -> str:
        return row_key(self.session_key or "")
