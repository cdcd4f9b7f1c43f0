"""Nothing that is sealed in a matter can be forgotten when somebody asks for access."""

from typing import Any

import pytest
from django.apps import apps

from shared.codes.checklists import acute
from shared.codes.forms import CURRENT
from shared.codes.templates import shipped_data
from tenants.inbox.returned_models import FromPhone
from tenants.insight.said import from_phone
from tenants.insight.sources import Source, left_out, sources
from tenants.measures.safety import SECTIONS
from tenants.persons.card import Card
from tenants.persons.models import Person
from tenants.persons.voice import Contact, Said
from tenants.triage.checklist import Filled
from tenants.triage.police import Police
from varde.clock import now
from varde.privacy.fields import SealedTextField, sealed_fields
from varde.tenancy.template import apps_of
from varde.ui.dates import day_of

SEALED = [model for label in apps_of("kommune") for model in apps.get_app_config(label).get_models() if
          sealed_fields(model)]  # fmt: skip
MARK = "Ordene som må med"
AT = "2026-11-23T12:00:00+00:00"
GIVEN: dict[str, dict[str, Any]] = {
    "persons.person": {"given": Card(name=MARK, notes=MARK).given()},
    "persons.personversion": {"given": Card(name=MARK, notes=MARK).given(), "person": Person(role="exposed")},
    "inbox.fromphone": {
        "service": "krisesenter",
        "done": {"rows": [{"what": "Ambulanse", "at": AT, "by_service": "113", "note": MARK}]},
        "noted": {"rows": [{"at": AT, "text": f"{MARK} noted"}]},
    },
    "inbox.callbackversion": {"was": {"who": MARK}},
    "persons.voiceentry": {"given": Said(words="own", wants=MARK, guardian=MARK).given()},
    "persons.contactplan": {"given": Contact(who=MARK, where=MARK).given()},
    "cases.answer": {"form": CURRENT, "given": {"overgrep": ["economic"]}},
    "risk.assessment": {"template": shipped_data(), "given": {"items": {}, "words": {}, "level": None, "reason": MARK}},
    "risk.overtaken": {"given": {"items": {}, "words": {"a": MARK}, "level": None, "reason": MARK}},
    "measures.safetyplan": {"parts": {section.code: MARK for section in SECTIONS}},
    "triage.policesaid": {"told": Police(reported="yes", investigator=MARK, instead=MARK).as_json()},
    "triage.checked": {
        "version": acute().version,
        "answers": Filled(answers={"fraud": "no"}, notes={"economic": MARK}, not_acute=MARK).as_json(),
    },
    "triage.emergencycall": {"called_at": now()},
    "reporting.singletext": {"said": {"fritekst": MARK}},
    "triage.prosecution": {"decided_on": day_of(now())},
    "closing.arrival": {"earlier": {"notes": [{"at": "2026-01-01", "text": MARK}], "decisions": []}},
}
# What is a code, and is shown in words.
CODES = {"kind", "about_staff", "answer", "outcome", "carrier", "number", "helped", "safe_now", "needs_more"}


def test_every_sealed_table_is_gathered_or_left_out_with_a_reason():
    known = {source.label for source in sources()} | set(left_out())
    missing = [model._meta.label_lower for model in SEALED if model._meta.label_lower not in known]
    assert missing == [], "Add them to tenants/insight/sources.py, or from a later room with sources.also(...)"
    names = {model._meta.label_lower for model in SEALED}
    assert all(label in names or label.rpartition(".")[0] in names for label in left_out())
    assert all(reason.endswith(".") for reason in left_out().values())


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.label)
def test_every_sealed_field_of_a_gathered_row_is_said(source: Source):
    label = source.label
    fields = [f.attname for f in sealed_fields(source.model) if f"{label}.{f.attname}" not in left_out()]
    texts = {name: f"{MARK} {name}" for name in fields if _is_text(source, name) and name not in CODES}
    row = source.model(**texts, **{name: "yes" for name in fields if name in CODES}, **GIVEN.get(label, {}))
    said = "\n".join(f"{name} {value}" for name, value in source.says(row))
    for text in texts.values():
        assert text in said
    assert MARK in said or label in ("cases.answer", "inbox.denial")
    for attribute in filter(None, (source.at, source.by)):
        assert hasattr(row, attribute)


def _is_text(source: Source, name: str) -> bool:
    return isinstance(source.model._meta.get_field(name), SealedTextField)


def test_what_the_phone_did_is_said_with_when_by_whom_and_what_was_noted():
    row = FromPhone(**GIVEN["inbox.fromphone"])
    assert list(from_phone(row)) == [
        ("Samtalen ble besvart av", "krisesenteret"),
        ("Gjort 23.11.2026 kl. 13.00", f"Ambulanse. 113. {MARK}"),
        ("Skrevet hos forrige kommune 23.11.2026 kl. 13.00", f"{MARK} noted"),
    ]
