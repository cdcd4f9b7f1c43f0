"""What was laid in a concern from the phone here and cannot follow it back: every sealed table is asked, so that none
is forgotten."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet

from tenants.inbox.mistakes_queries import is_marked
from tenants.inbox.models import Concern
from tenants.inbox.returned_added import Laid
from tenants.insight.sources import sources

# What came from the phone, and what is written here that the letter carries.
CAME = frozenset({"inbox.concern", "inbox.fromphone"})
CARRIED = frozenset({"triage.note"})
# A part of a row that is asked itself.
PARTS = frozenset({
    "inbox.attachmentlater", "inbox.callbacktry", "inbox.callbackversion", "persons.personversion",
    "persons.personparted", "triage.stepwas",
})  # fmt: skip
# About this kommune's people alone: not the concern's, and it need not stop anybody.
ENDS = frozenset({"inbox.denial", "inbox.reporterlook", "persons.addresslook"})
# Sealed in a matter, and gathered for nobody.
BESIDE = {
    "inbox.caller": "Hvem som har ringt om bekymringen",
    "inbox.reporterlook": "Hvorfor noen så hvem som meldte",
    "insight.accessrequest": "Krav om innsyn",
}


def titles() -> dict[str, str]:
    """«app.model» -> what a row of it is called, of what may be laid in a concern that is no case."""
    named = {source.label: source.title for source in sources()} | BESIDE
    asked = (label for label in named if label not in CAME | PARTS and _of_concern(apps.get_model(label)))
    return {label: named[label] for label in asked}


def _of_concern(model: type[Model]) -> bool:
    return any(field.name == "concern" for field in model._meta.concrete_fields)


def laid(concern: Concern) -> Iterator[Laid]:
    """One for each row, in one query; what is marked as entered wrongly is not in the way."""
    named = titles()
    asked = Concern.objects.filter(pk=concern.pk).values_list(*(ArraySubquery(_rows(label)) for label in named))
    for label, rows in zip(named, asked.get(), strict=True):
        for wrong in rows:
            if wrong:
                yield Laid(f"{named[label]}, merket som feilført", ends=True)
            elif label not in CARRIED:
                yield Laid(named[label], ends=label in ENDS)


def _rows(label: str) -> QuerySet[Any, Any]:
    model = apps.get_model(label)
    rows = model._default_manager.filter(concern=OuterRef("pk")).order_by()
    found: QuerySet[Any, Any] = rows.annotate(wrong=is_marked(model)).values("wrong")
    return found
