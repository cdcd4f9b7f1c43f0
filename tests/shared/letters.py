"""A letter to play with."""

import uuid
from datetime import UTC, datetime

from shared.contracts import TestConcern
from shared.post.actions import send
from tests.cast import ref
from varde.tenancy.work import work


def post_one(to: str = "gjovik") -> uuid.UUID:
    """A test concern from the region to a kommune."""
    with work(ref("gjovikregionen"), "post") as by:
        return send(TestConcern(reference="P-1", sent_at=datetime.now(UTC)), to=ref(to), by=by)
