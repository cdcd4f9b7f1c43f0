"""Nothing that somebody laid in a concern can be forgotten when it is sent back to the phone."""

from django.apps import apps

from tenants.insight.sent_back import BESIDE, CAME, CARRIED, ENDS, PARTS, laid, titles
from tenants.insight.sources import sources
from tests.tenants import way
from varde.privacy.fields import sealed_fields
from varde.tenancy.template import apps_of

# A mark stands on a row that is asked; these hang on a demand for access, which is.
ON_ANOTHER = {"inbox.mistake", "insight.itemdecision", "insight.accesscopy"}


def test_every_sealed_table_of_a_concern_is_asked_or_named():
    sealed = {
        model._meta.label_lower
        for label in apps_of("kommune")
        for model in apps.get_app_config(label).get_models()
        if sealed_fields(model) and any(field.name == "concern" for field in model._meta.concrete_fields)
    }
    known = set(titles()) | CAME | PARTS | ON_ANOTHER
    assert sealed - known == set(), "Add it to tenants/insight/sources.py, or to BESIDE or PARTS in sent_back.py"
    assert (CARRIED | ENDS | set(BESIDE)) - set(titles()) == set()
    assert {source.label for source in sources()} >= PARTS


def test_an_opened_concern_that_nobody_wrote_in_holds_nothing(gjovik):
    assert list(laid(way.opened())) == []


def test_what_is_asked_takes_one_query(gjovik, django_assert_num_queries):
    concern = way.opened()
    with django_assert_num_queries(1):
        list(laid(concern))
