"""The report as it was received: nobody changes a word of it, and it lies in the closing paper."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tenants.closing.actions import Report, close
from tenants.inbox.told import Told
from tests.cast import as_person
from tests.client import client_for
from tests.tenants import way
from tests.tenants.test_insight_way import reported, words

TOLD = {
    "what": "''::bytea", "who": "''::bytea", "where_lives": "'x'::bytea", "where_happened": "'x'::bytea",
    '"when"': "'x'::bytea", "suspected": "'x'::bytea", "reporter_name": "''::bytea", "reporter_phone": "''::bytea",
    "reporter_relation": "'x'::bytea", "safe_contact": "'x'::bytea", "safe_person": "'x'::bytea",
    "safe_apart": "false", "extra": "'x'::bytea",
    "first_teller": "'x'::bytea", "about_staff": "'x'::bytea", "received_at": "now()", "channel": "'visit'",
    "reporter_kind": "'ansatt'", "anonymous": "NOT anonymous", "acute": "NOT acute", "occurred_on": "'2020-01-01'",
    "person_knows": "'no'", "leader_told": "'no'", "reference": "'x'", "registered_by": "gen_random_uuid()",
}  # fmt: skip


def test_nobody_changes_a_word_of_the_report_as_it_was_received(gjovik):
    concern = reported()
    for column, value in TOLD.items():
        with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE inbox_concern SET {column} = {value} WHERE id = %s", [concern.pk])
    told = set(Told.__dataclass_fields__) - {"sorted_later"}
    assert {name.strip('"') for name in TOLD} >= told


def test_the_report_as_received_is_in_the_closing_paper_without_who_reported(gjovik):
    case = way.case(concern=reported())
    close(case=case, report=Report(done="Vi ringte"), outcomes=["closer_follow_up"], by=as_person("kari"))
    made = b"".join(client_for("kari").get(f"/saker/{case.id}/sluttrapport/pdf").streaming_content)
    said = words(made)
    assert "Bekymringen, slik den ble meldt" in said
    assert "Han roper om natten" in said
    assert "Hvem det gjelder Ola Hansen" in said
    assert "Nina" not in said
