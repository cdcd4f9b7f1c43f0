"""Norwegian names of tables and fields where the model has none of its own; and of permissions and purposes.

One file a room, with its TABLES and FIELDS. A field is looked up as "app.Model.field" first, then by its bare name
in COMMON.
The words follow infra/docs/ordliste.md.
"""

from infra.papers.words import (
    bufdir,
    cases,
    closing,
    continuity,
    ground,
    inbox,
    insight,
    joined,
    kept,
    matters,
    measures,
    meeting,
    meetings,
    onboarding,
    outreach,
    persons,
    phone,
    plan,
    regional,
    releases,
    reporting,
    returns,
    risk,
    starting,
    team,
    triage,
)
from infra.papers.words.common import COMMON, PERMISSIONS
from infra.papers.words.ground import LIBRARY

_ROOMS = (
    team,
    inbox,
    persons,
    triage,
    cases,
    risk,
    measures,
    closing,
    joined,
    meeting,
    meetings,
    insight,
    continuity,
    kept,
    outreach,
    matters,
    reporting,
    returns,
    phone,
    plan,
    regional,
    releases,
    bufdir,
    ground,
    onboarding,
    starting,
)
TABLES = {name: said for room in _ROOMS for name, said in room.TABLES.items()}
FIELDS = {name: said for room in _ROOMS for name, said in room.FIELDS.items()}

__all__ = ["COMMON", "FIELDS", "LIBRARY", "PERMISSIONS", "TABLES"]
