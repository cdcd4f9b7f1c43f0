"""Sealed fields: what a row promises in every way that Django has of reading and writing it."""

import copy
import pickle
import uuid

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.privacy.table import Paper, entered
from varde.privacy.cells import Closed
from varde.privacy.errors import CannotOpen, NotSealed, PlainRefused
from varde.privacy.fields import open_together
from varde.privacy.keyring import Keyring

SECRET = "Hun heter Åse og bor i Storgata"


def stored(paper, column="body"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM proof_paper WHERE id = %s", [paper.pk])
        return bytes(cursor.fetchone()[0])


def saved(**fields):
    paper = Paper(**({"body": SECRET} | fields))
    paper.save(force_insert=True)
    return paper


def queries():
    return CaptureQueriesContext(connection)


def test_what_is_saved_is_closed_and_opens_again(gjovik_papers):
    paper = saved(facts={"by": "Gjøvik", "år": [1, 2]})
    assert SECRET.encode() not in stored(paper)
    again = Paper.objects.get(pk=paper.pk)
    assert (again.body, again.other, again.facts) == (SECRET, "", {"by": "Gjøvik", "år": [1, 2]})


def test_nothing_is_stored_as_nothing(gjovik_papers):
    paper = saved(body="", facts={})
    assert (stored(paper), stored(paper, "facts")) == (b"", b"")
    assert Paper.objects.filter(body="", other="", facts={}).get().body == ""


def test_the_length_tells_only_the_next_64_bytes(gjovik_papers):
    lengths = {len(stored(saved(body="x" * n))) for n in (1, 30, 63)}
    assert lengths == {1 + 16 + 12 + 64 + 16}
    assert len(stored(saved(body="x" * 64))) == 1 + 16 + 12 + 128 + 16


def test_the_same_text_never_looks_the_same(gjovik_papers):
    assert stored(saved()) != stored(saved())


def test_a_list_that_shows_no_text_asks_for_no_key(gjovik_papers):
    paper = saved()
    with queries() as asked, transaction.atomic():
        assert [row.title for row in Paper.objects.filter(pk=paper.pk)] == [""]
    assert not any("privacy_datakey" in query["sql"] for query in asked)


def test_a_list_of_texts_is_two_queries(papers):
    with entered():
        Paper.objects.bulk_create([Paper(body=f"{SECRET} {n}") for n in range(50)])
    with entered(), queries() as asked:
        rows = list(Paper.objects.all())
        open_together(rows)
        assert {row.body for row in rows} == {f"{SECRET} {n}" for n in range(50)}
    assert sum("SELECT" in query["sql"] for query in asked) == 2


def test_bulk_create_seals(gjovik_papers):
    papers = Paper.objects.bulk_create([Paper(body=f"{SECRET} {n}") for n in range(3)])
    assert [Paper.objects.get(pk=paper.pk).body for paper in papers] == [f"{SECRET} {n}" for n in range(3)]


def test_two_rows_of_one_matter_share_its_key(gjovik_papers):
    matter = uuid.uuid4()
    one, two = saved(matter=matter), saved(matter=matter)
    assert stored(one)[1:17] == stored(two)[1:17] == matter.bytes


def test_update_fields_touches_the_others_not(gjovik_papers):
    paper = saved(other="annet")
    before = stored(paper, "other")
    paper.body, paper.other = "nytt", "ikke lagret"
    paper.save(update_fields=["body"])
    assert stored(paper, "other") == before
    assert Paper.objects.get(pk=paper.pk).body == "nytt"


def test_what_was_not_changed_is_passed_on_as_it_was(gjovik_papers):
    again = Paper.objects.get(pk=saved().pk)
    before = stored(again)
    again.title = "Tittel"
    again.save()
    assert stored(again) == before
    assert again.body == SECRET
    again.save()
    assert stored(again) == before


def test_a_change_inside_the_json_is_saved(gjovik_papers):
    again = Paper.objects.get(pk=saved(facts={"a": 1}).pk)
    again.facts["b"] = 2
    again.save()
    assert Paper.objects.get(pk=again.pk).facts == {"a": 1, "b": 2}


def test_only_defer_and_refresh(gjovik_papers):
    paper = saved()
    assert Paper.objects.defer("body").get(pk=paper.pk).body == SECRET
    assert Paper.objects.only("body").get(pk=paper.pk).other == ""
    later = Paper.objects.get(pk=paper.pk)
    paper.body = "nytt"
    paper.save()
    later.refresh_from_db()
    assert later.body == "nytt"


def test_refresh_opens_nothing(gjovik_papers, monkeypatch):
    paper = Paper.objects.get(pk=saved().pk)
    monkeypatch.setattr(Keyring, "of", lambda self, key_id: pytest.fail("åpnet"))
    paper.refresh_from_db()
    paper.save()


def test_a_row_can_be_copied_but_not_packed(gjovik_papers):
    paper = Paper.objects.get(pk=saved(facts={"a": 1}).pk)
    assert copy.copy(paper).body == SECRET
    deep = copy.deepcopy(paper)
    deep.facts["a"] = 2
    assert paper.facts == {"a": 1}
    with pytest.raises(PlainRefused):
        pickle.dumps(paper)


def test_a_copy_under_a_new_id_is_sealed_for_its_own_row(gjovik_papers):
    twin = Paper.objects.get(pk=saved().pk)
    twin.pk, twin._state.adding = uuid.uuid4(), True
    twin.save(force_insert=True)
    assert Paper.objects.get(pk=twin.pk).body == SECRET


@pytest.mark.parametrize(
    "past_the_row",
    [
        lambda: Paper.objects.update(body="klartekst"),
        lambda: Paper.objects.update(facts={"a": 1}),
        lambda: Paper.objects.filter(body="klartekst"),
        lambda: Paper.objects.filter(body__contains="tekst"),
        lambda: Paper.objects.filter(facts__a=1),
        lambda: Paper.objects.bulk_update([saved(body="x")], ["body"]),
        lambda: f"{Paper.objects.values_list('body', flat=True).get(pk=saved().pk)}",
    ],
)
def test_past_the_row_nothing_goes_in_plain_or_comes_out(gjovik_papers, past_the_row):
    with pytest.raises(PlainRefused):
        past_the_row()


def test_asking_for_empty_is_allowed(gjovik_papers):
    paper = saved(other="")
    assert Paper.objects.filter(other="", body__isnull=False).exclude(body="").get() == paper
    assert Paper.objects.update(other="") == 1


def test_a_value_from_before_says_so(gjovik_papers):
    paper = saved()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE proof_paper SET body = %s WHERE id = %s", [b"tekst fra i fjor", paper.pk])
    with pytest.raises(NotSealed):
        _ = Paper.objects.get(pk=paper.pk).body


def test_neither_row_nor_bytes_show_the_content(gjovik_papers):
    paper = Paper.objects.get(pk=saved().pk)
    assert SECRET not in f"{paper!r} {paper.__dict__!r}"
    assert paper.body == SECRET
    assert SECRET not in f"{paper!r} {paper.__dict__!r}"
    assert repr(Closed(b"abc")) == "<lukket, 3 byte>"


def test_a_key_that_fell_with_its_savepoint_is_not_used_again(gjovik_papers):
    matter = uuid.uuid4()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        saved(matter=matter)
        raise ZeroDivisionError
    paper = saved(matter=matter)
    transaction.get_connection().run_on_commit.clear()  # as in the next transaction
    assert Paper.objects.get(pk=paper.pk).body == SECRET


def test_a_changed_byte_is_found(gjovik_papers):
    paper = saved()
    whole = stored(paper)
    for at in (20, 40, len(whole) - 1):
        changed = bytearray(whole)
        changed[at] ^= 1
        with connection.cursor() as cursor:
            cursor.execute("UPDATE proof_paper SET body = %s WHERE id = %s", [bytes(changed), paper.pk])
        with pytest.raises(CannotOpen):
            _ = Paper.objects.get(pk=paper.pk).body
