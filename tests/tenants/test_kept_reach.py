"""The end of a matter reaches every table: found by the keys that are there, so that no room can be forgotten."""

from django.apps import apps
from django.db import models

from tenants.inbox.models import Concern
from varde.privacy.fields import sealed_fields

ROOMS = [model for model in apps.get_models() if model.__module__.startswith("tenants.")]
# Sealed, and of no matter: each with how it ends.
NO_MATTER = {
    "inbox.Call": "goes when the call becomes a concern or nothing",
    "inbox.Callback": "kept.clear",
    "inbox.CallbackTry": "with its call back",
    "inbox.CallbackVersion": "with its call back",
    "triage.Talk": "kept.clear",
    "insight.Inquiry": "kept.clear",
    "meeting.Meeting": "the kommune's own minutes, without matters",
    "meeting.Participant": "with the meeting",
    "joined.MajorMatter": "with the last matter in it",
    "joined.MajorKommune": "with the major matter",
    "outreach.YearWords": "the kommune's own evaluation, without matters",
    "outreach.YearCopy": "with the year's approval: figures, nobody in them",
    "raising.Raised": "about nobody; by its own class (tenants/raising/kept.py), a deleted draft within the day",
    "raising.RaisedWord": "with the system matter",
    "raising.RaisedDoubt": "with the system matter",
    "continuity.Passphrase": "the office's own, replaced by a new one",
}
# Ids of matters without a foreign key: handled one by one in migration 0002, or no trace of a matter.
# `Shut` is laid at the end, so that the log of a hidden matter stays shut.
LOOSE = {"inbox.ClientKey.concern_id", "kept.Shut.matter_id"}
NAMES = ("concern_id", "case_id", "matter_id", "matter", "concern", "case")


def reached(start: type[models.Model]) -> dict[type[models.Model], int]:
    """What the walk reaches from a table, and after how many steps."""
    found, waiting = {start: 0}, [start]
    while waiting:
        model = waiting.pop(0)
        for other in apps.get_models():
            points = [
                field for field in other._meta.concrete_fields if field.remote_field and field.related_model is model
            ]
            if points and other not in found:
                found[other] = found[model] + 1
                waiting.append(other)
    return found


def test_every_sealed_table_ends_with_its_matter_or_says_how_it_ends():
    there = reached(Concern)
    sealed = {model._meta.label for model in ROOMS if sealed_fields(model) and model not in there}
    assert sealed - NO_MATTER.keys() == set(), "Si hvordan innholdet slutter (tenants/kept/migrations/0002_erase.py)"


def test_everything_that_is_seen_with_a_matter_ends_with_it():
    there = reached(Concern)
    rights = {model: getattr(getattr(model, "row_rights", None), "people", "") for model in ROOMS}
    seen = {model for model, people in rights.items() if "matter_open(" in people or "case_open(" in people}
    assert {model._meta.label for model in seen - there.keys()} == set()


def test_no_table_names_a_matter_in_another_way():
    named = {
        f"{model._meta.label}.{field.name}"
        for model in ROOMS
        for field in model._meta.concrete_fields
        if isinstance(field, models.UUIDField)
        and field.name in ("concern_id", "case_id", "matter_id", "matter", "concern")
    }
    assert named <= LOOSE


def test_nothing_hangs_on_a_row_between_two_matters():
    """Else the walk could go from one matter by way of it to what belongs to the other."""
    between = [
        model
        for model in ROOMS
        if sum(field.related_model is Concern for field in model._meta.concrete_fields if field.remote_field) > 1
    ]
    assert between
    for model in between:
        assert list(reached(model)) == [model]


def test_every_row_on_the_way_has_an_id_that_the_walk_can_follow():
    keys = {model._meta.label: model._meta.pk for model in reached(Concern)}
    odd = [label for label, key in keys.items() if not isinstance(key, models.UUIDField) or key.column != "id"]
    assert odd == []
