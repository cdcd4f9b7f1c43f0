"""What every table must say of itself, and where it may live."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection

from varde.privacy.models import AppendOnly
from varde.tenancy.template import apps_of

OURS = ("varde.", "shared.", "tenants.", "regional.")
MODELS = [model for model in apps.get_models() if model.__module__.startswith(OURS)]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_field_has_its_privacy_class(model):
    named = [*model.Privacy.personal, *model.Privacy.free_text, *model.Privacy.safe]
    fields = [field.name for field in model._meta.concrete_fields]
    assert sorted(named) == sorted(fields), f"class Privacy i {model._meta.label}: {set(fields) ^ set(named)}"


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_table_is_named_plainly_and_points_inside_its_own_schema(model):
    assert model._meta.db_table.isidentifier()
    kinds = {kind for kind in settings.TENANT_TYPES if model._meta.app_label in apps_of(kind)}
    for field in model._meta.concrete_fields:
        if field.remote_field:
            target = field.remote_field.model._meta.app_label
            assert all(target in apps_of(kind) for kind in kinds), f"{field} peker ut av skjemaet"


def test_folders_and_office_types_agree():
    assert run_checks() == []


def test_models_and_migrations_agree():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_append_only_tables_are_so_in_every_schema(house):
    tables = [model._meta.db_table for model in MODELS if issubclass(model, AppendOnly)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.login, c.relname FROM registry_office o JOIN pg_namespace n ON n.nspname = o.schema_name"
            " JOIN pg_class c ON c.relnamespace = n.oid WHERE c.relname = ANY(%s)"
            " AND (has_table_privilege(o.login, c.oid, 'UPDATE') OR has_table_privilege(o.login, c.oid, 'DELETE')"
            " OR has_table_privilege(o.login, c.oid, 'TRUNCATE'))",
            [tables],
        )
        assert cursor.fetchall() == []


def test_tables_of_persons_do_not_exist_in_the_shared_schema(house):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        found = {row[0] for row in cursor.fetchall()}
    shared = {model._meta.db_table for label in apps_of("public") for model in apps.get_app_config(label).get_models()}
    assert found == shared | {"django_migrations"}
