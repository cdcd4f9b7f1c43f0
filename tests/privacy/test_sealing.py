"""Rows from before the keys: turned into bytes by the migration, sealed where they stand, in many goes if need be."""

import uuid

import pytest

from tests.cast import ref
from tests.privacy.table import Paper, entered
from varde.privacy import sealing
from varde.privacy.errors import NotSealed
from varde.privacy.keyring import purpose_id
from varde.privacy.models import DataKey
from varde.tenancy import fleet

SCHEMA = "kommune_3407"
TURN = f"SET search_path = {SCHEMA}; " + " ".join(
    sealing.text_to_sealed("proof_paper", column) for column in ("body", "other", "facts")
)
BACK = f"""SET search_path = {SCHEMA};
ALTER TABLE proof_paper ALTER body TYPE text USING '', ALTER other TYPE varchar(200) USING '',
  ALTER facts TYPE jsonb USING '{{}}', ALTER other DROP NOT NULL, ALTER body SET DEFAULT ''"""
WRITE = (
    f"INSERT INTO {SCHEMA}.proof_paper (id, matter, body, other, facts)"
    " SELECT gen_random_uuid(), gen_random_uuid(), 'Åse nr. ' || n, CASE n %% 2 WHEN 0 THEN NULL ELSE 'æ' END,"
    " CASE n %% 2 WHEN 0 THEN '{}'::jsonb ELSE '{\"by\": \"Gjøvik\"}'::jsonb END FROM generate_series(1, %s) n"
)


@pytest.fixture
def before(papers):
    """Thirty rows as they stood in text columns, after the migration has turned the columns."""
    with fleet.connect(autocommit=True) as owner:
        owner.execute(BACK)
        try:
            owner.execute(WRITE, [30])
        finally:
            owner.execute(TURN)


def bodies():
    with entered():
        return sorted(paper.body for paper in Paper.objects.all())


def seal(batch=200):
    return sealing.seal_old(ref("gjovik"), only=[Paper], batch=batch)


def test_until_it_is_sealed_a_row_says_so(before):
    with pytest.raises(NotSealed, match="varde keys seal"):
        bodies()


def test_everything_is_sealed_and_says_what_it_said(before):
    assert sum(seal()) == 30
    assert bodies() == sorted(f"Åse nr. {n}" for n in range(1, 31))
    with entered():
        assert {paper.other for paper in Paper.objects.all()} == {"", "æ"}
        assert Paper.objects.filter(facts={}).count() == 15
        assert {tuple(paper.facts.items()) for paper in Paper.objects.all()} == {(), (("by", "Gjøvik"),)}
    assert sealing.still_plain(ref("gjovik"), only=[Paper]) == 0


def test_a_second_time_there_is_nothing_to_do(before):
    list(seal())
    with fleet.connect() as owner:
        after = owner.execute(f"SELECT * FROM {SCHEMA}.proof_paper ORDER BY id").fetchall()
    assert list(seal()) == []
    with fleet.connect() as owner:
        assert owner.execute(f"SELECT * FROM {SCHEMA}.proof_paper ORDER BY id").fetchall() == after


def test_stopped_half_way_it_goes_on(before):
    steps = seal(batch=10)
    assert next(steps) == 10
    steps.close()
    assert sealing.still_plain(ref("gjovik"), only=[Paper]) == 20
    assert sum(seal(batch=10)) == 20
    assert len(bodies()) == 30


def test_no_word_is_left_in_the_table(before):
    list(seal())
    with fleet.connect() as owner, owner.cursor().copy(f"COPY {SCHEMA}.proof_paper TO STDOUT (FORMAT BINARY)") as copy:
        assert "Åse".encode() not in b"".join(bytes(block) for block in copy)


def test_rows_of_one_matter_get_one_key(before):
    matter = uuid.uuid4()
    with fleet.connect() as owner:
        owner.execute(f"UPDATE {SCHEMA}.proof_paper SET matter = %s", [matter])
    list(seal(batch=7))
    assert len(bodies()) == 30
    with entered():
        assert DataKey.objects.filter(id=matter).count() == 1


def test_the_offices_own_keys_are_made_too(papers):
    with entered():
        DataKey.objects.filter(id=purpose_id(ref("gjovik"), "index")).exists()
    list(sealing.seal_old(ref("gjovik"), only=[]))
    with entered():
        assert DataKey.objects.filter(id=purpose_id(ref("gjovik"), "index")).exists()
