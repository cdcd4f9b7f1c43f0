"""Triage's part of choosing in a list: urgency, the next step, and whether a matter stands still or has been handed to
a service. `outer` is what the list's rows call the id of their concern."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q

from tenants.inbox.states import OVER
from tenants.triage import queries
from tenants.triage.carry_models import Carried
from tenants.triage.hold_models import Hold
from tenants.triage.models import Assessment, NextStep
from tenants.triage.states import CATEGORIES
from varde.identity.choosing import named_with
from varde.privacy.fields import open_together
from varde.ui.filters import DUE, Part, until


def rated(outer: str, codes: Iterable[str]) -> Exists:
    """Those whose newest assessment is one of these categories."""
    newer = Assessment.objects.filter(concern=OuterRef("concern"), decided_at__gt=OuterRef("decided_at"))
    return Exists(Assessment.objects.filter(~Exists(newer), concern=OuterRef(outer), category__in=list(codes)))


def stopped(outer: str) -> Exists:
    """Those that stand still now."""
    rows = Hold.objects.filter(concern=OuterRef(outer), ended_at__isnull=True)
    return Exists(rows.exclude(concern__progress__in=OVER))


def by_service(outer: str) -> Q:
    """Those that a service carries, alone or with the team. Of rows from before `waits` was kept, what they say."""
    newer = Carried.objects.filter(concern=OuterRef("concern"), at__gt=OuterRef("at"))
    newest = Carried.objects.filter(~Exists(newer))
    before = list(newest.filter(waits=None))
    open_together(before)
    said = [row.pk for row in before if row.handed_over]
    return Q(Exists(newest.filter(Q(waits=True) | Q(pk__in=said), concern=OuterRef(outer))))


def _step(outer: str) -> Any:
    return NextStep.objects.filter(concern=OuterRef(outer), done_at__isnull=True)


def _urgency_field(_: Mapping[str, Any]) -> forms.Field:
    return forms.ChoiceField(label="Hastegrad", choices=[("", "Alle"), *CATEGORIES], required=False)


def _owner_field(data: Mapping[str, Any]) -> forms.Field:
    people = named_with(queries.owners(), data.get("eier"))
    return forms.ChoiceField(label="Neste steg eies av", choices=[("", "Alle"), *people], required=False)


def _due_field(_: Mapping[str, Any]) -> forms.Field:
    return forms.ChoiceField(label="Frist for neste steg", choices=DUE, required=False)


# Of concerns, for the inbox.
URGENCY = Part("hastegrad", _urgency_field, lambda code, _: Q(rated("pk", [code])))
OWNER = Part("eier", _owner_field, lambda key, _: Q(Exists(_step("pk").filter(owner=UUID(key)))))
DEADLINE = Part("frist", _due_field, lambda typed, now: Q(Exists(_step("pk").filter(due_at__lt=until(typed, now)))))
