"""Every office's schema is what its template says: at birth, after a migration, and again."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from shared.registry.provision import Wish, provision
from tests.cast import ref
from tests.offices import open_rows
from varde.cli_errors import Complaint
from varde.tenancy import fleet, template
from varde.tenancy.door import as_identity, migrator, office
from varde.tenancy.template import _plan, render

CATALOG = """
SELECT c.relname, c.relkind, c.relrowsecurity, array_agg(a.attname || ':' || format_type(a.atttypid, a.atttypmod) ORDER BY a.attname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
AND NOT a.attisdropped
WHERE n.nspname = %s AND c.relkind IN ('r', 'v') GROUP BY 1, 2, 3 ORDER BY 1
"""  # noqa: E501


def catalog(schema: str) -> list[tuple[object, ...]]:
    with fleet.connect() as owner:
        rows = owner.execute(CATALOG, [schema]).fetchall()
    return [row for row in rows if row[0] != "proof_paper"]  # the tests of sealed fields lay it for the whole run


def all_of(kind: str) -> frozenset[tuple[str, str]]:
    return frozenset(_plan(MigrationLoader(None), kind))


def test_a_second_run_has_nothing_to_do_and_renders_nothing(house, monkeypatch):
    monkeypatch.setattr(fleet, "render", lambda *_: pytest.fail("rendered again"))
    assert fleet.migrate() == 0


def test_drawing_one_model_at_a_time_renders_the_same(house, monkeypatch):
    """Beside what Django draws with all that is related; the moment of rendering is in a default of a kept library."""
    quick = render("region").sql
    monkeypatch.setattr(template, "GrowingState", ProjectState)
    whole = render("region").sql
    moment = re.compile(r"'\d{4}-\d\d-\d\d [\d:.+]+'::timestamptz")
    assert moment.sub("", quick) == moment.sub("", whole)


def test_all_kommuner_have_the_same_tables(house):
    first = catalog("kommune_3407")
    assert len(first) > 25
    assert all(catalog(schema) == first for schema in ("kommune_3442", "kommune_3443", "kommune_9901"))


def test_a_region_has_no_table_of_a_case(house):
    names = {row[0] for row in catalog("region_gjovikregionen")}
    assert "hotline_call" in names
    assert not {"inbox_concern", "cases_case"} & names


def test_a_schema_that_is_behind_gets_only_what_it_lacks(house):
    lacking = render("kommune", all_of("kommune") - {("returns", "0001_initial")})
    assert lacking.steps == 1
    assert 'CREATE TABLE "returns_sent"' in lacking.sql
    assert 'CREATE TABLE "inbox_concern"' not in lacking.sql
    assert lacking.digest == render("kommune").digest


def test_a_delta_brings_the_schema_to_the_template(house):
    with fleet.connect() as owner:
        for model in apps.get_app_config("returns").get_models():
            owner.execute(f"DROP TABLE kommune_9901.{model._meta.db_table} CASCADE")
        owner.execute("DELETE FROM kommune_9901.django_migrations WHERE app = 'returns'")
        owner.execute("UPDATE fleet.ledger SET digest = 'old' WHERE schema = 'kommune_9901'")
    assert fleet.migrate() == 1
    open_rows()
    assert catalog("kommune_9901") == catalog("kommune_3407")


def test_rendering_leaves_nothing_behind(house):
    render("kommune")
    with as_identity(migrator()), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'varde_scratch'")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (Wish("kommune", "Gjøvik!", "X", "9902", "gjovikregionen"), "kan ikke brukes som adresse"),
        (Wish("kommune", "ny", "X", "12", "gjovikregionen"), "er ikke et kommunenummer"),
        (Wish("kommune", "ny", "X", "9902", "finnesikke"), "finnes ikke"),
        (Wish("kommune", "ny", "X", "3407", "gjovikregionen"), "allerede brukt"),
        (Wish("kommune", "gjovik", "X", "9902", "gjovikregionen"), "allerede brukt"),
        (Wish("kommune", "ny", "X", "0000", "gjovikregionen"), "er ikke et kommunenummer"),
        (Wish("kommune", "ny", "X", "９９０２", "gjovikregionen"), "er ikke et kommunenummer"),
        (Wish("kommune", "ny", "X", "340701", "gjovikregionen"), "er ikke et kommunenummer"),
        (Wish("kommune", "ny", "X", "9902", "gjovikregionen", host=True), "allerede vertskommune"),
        (Wish("kommune", "ny", "X", "9902", "gjovikregionen", facts={"ordinary_url": "javascript:alert(1)"}), "gyldig"),
        (Wish("drift", "drift2", "X"), "finnes allerede"),
        (Wish("region", "xn--abc", "X"), "kan ikke brukes som adresse"),
        (Wish("region", "www", "X"), "kan ikke brukes som adresse"),
        (Wish("region", "ny", " "), "Navnet mangler"),
    ],
)
def test_a_wish_that_cannot_be_met_is_one_sentence(house, wish, sentence):
    with pytest.raises(Complaint, match=sentence):
        provision(wish)


def test_a_failed_birth_leaves_nothing(house, monkeypatch):
    monkeypatch.setattr("shared.registry.provision.build", lambda *_: (_ for _ in ()).throw(RuntimeError()))
    with pytest.raises(RuntimeError):
        provision(Wish("kommune", "ny", "Ny", "9902", "gjovikregionen"))
    with office(ref("gjovik")), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_office WHERE slug = 'ny'")
        assert cursor.fetchone() == (0,)
