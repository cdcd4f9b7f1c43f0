"""Every field of every model of ours that could hold what somebody told is sealed, or says why it is not.

A model says why in its `class Privacy`: `open_because = {"field": "grunnen på norsk"}`.
"""

import pytest
from django.apps import apps
from django.db import models

from varde.privacy.fields import SealedTextField, sealed_fields
from varde.privacy.models import Row

OURS = ("varde.", "shared.", "tenants.", "regional.")
TELLING = (models.TextField, models.CharField, models.JSONField, models.BinaryField, models.FileField)
MODELS = [model for model in apps.get_models() if model.__module__.startswith(OURS)]


def unexplained(model):
    """Fields that could hold text and are neither sealed nor explained."""
    sealed = {field.name for field in sealed_fields(model)}
    explained = getattr(model.Privacy, "open_because", {})
    return [
        field.name
        for field in model._meta.concrete_fields
        if (isinstance(field, TELLING) or field.get_internal_type() == "BinaryField")
        and field.name not in sealed
        and not explained.get(field.name)
    ]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_field_is_sealed_or_says_why_not(model):
    assert unexplained(model) == [], f"{model._meta.label}: lukk feltene eller skriv grunnen i Privacy.open_because"


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_a_reason_is_a_sentence_about_a_field_that_stands_open(model):
    for name, reason in getattr(model.Privacy, "open_because", {}).items():
        assert not isinstance(model._meta.get_field(name), SealedTextField)
        assert len(reason) > 10
        assert reason.endswith(".")


def test_a_sealed_model_names_its_matter():
    sealed = [model for model in MODELS if sealed_fields(model)]
    assert [model for model in sealed if not (issubclass(model, Row) and hasattr(model, "key_id"))] == []
