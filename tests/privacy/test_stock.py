"""Halves made ahead: given away once, dated when they are used, and swept when nobody will use them."""

import os
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.privacy.test_graves import aged, body_of, halves, swept, written
from varde.privacy import shreds, stock
from varde.privacy.sweeping import ORPHAN_AGE

__all__ = ["halves"]


def filled(office):
    """The office's folder with halves lying ready."""
    shreds.make(office, uuid.uuid4())  # makes the folder
    folder = shreds._folder(office)
    stock._ready.pop(folder, None)
    stock._fill(folder)
    return folder


def test_a_new_matter_finds_its_half_on_the_disk(halves, monkeypatch):
    folder = filled(halves)
    lying = {path.stem: path.read_bytes() for path in folder.glob("*.key")}
    matter = shreds.fresh_id(halves)
    monkeypatch.setattr(shreds, "keep", lambda *_: pytest.fail("a report waited for the disk"))
    assert shreds.make(halves, matter) == lying[str(matter)]
    assert shreds.read(halves, matter) == lying[str(matter)]


def test_no_id_is_given_away_twice(halves):
    folder = filled(halves)
    lying = {ready.key_id for ready in stock._ready[folder]}
    with ThreadPoolExecutor(8) as askers:
        given = list(askers.map(lambda _: shreds.fresh_id(halves), range(3 * stock.AMOUNT)))
    assert len(set(given)) == len(given)
    assert lying <= set(given)


def test_a_child_process_gives_nothing_of_its_parents_away(halves):
    folder = filled(halves)
    out, back = os.pipe()
    child = os.fork()
    if not child:
        os.write(back, str(len(stock._ready[folder])).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(out, 10) == b"0"
    assert len(stock._ready[folder]) == stock.AMOUNT


def test_without_a_folder_or_with_a_full_disk_nothing_is_made_ahead(halves, monkeypatch):
    folder = shreds._folder(halves)
    stock._fill(folder)
    assert not folder.exists()
    shreds.make(halves, uuid.uuid4())
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "full")))
    lying = list(folder.iterdir())
    stock._fill(folder)
    assert not stock._ready[folder]
    assert list(folder.iterdir()) == lying  # what a report would need is not eaten by what was begun


def test_what_waited_too_long_is_not_given_away(halves, monkeypatch):
    filled(halves)
    monkeypatch.setattr(stock, "LIFE", -1.0)
    monkeypatch.setattr(stock, "_begin", lambda _: None)
    folder = shreds._folder(halves)
    assert stock.take(folder) is None
    assert len(list(folder.iterdir())) == 1  # the one that is used


def test_a_process_that_ends_takes_along_what_it_did_not_give_away(halves):
    folder = filled(halves)
    given = stock.take(folder)
    stock.empty()
    assert {path.stem for path in folder.glob("*.key")} >= {str(given)}
    assert len(list(folder.glob("*.key"))) == 2


def test_without_a_thread_to_spare_a_report_is_taken_all_the_same(halves, monkeypatch):
    def refuse(_self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    stock._ready.pop(shreds._folder(halves), None)
    assert shreds.make(halves, shreds.fresh_id(halves))
    assert shreds._folder(halves) not in stock._filling


def test_what_an_ended_process_left_behind_is_buried_and_alarms_nobody(halves, monkeypatch):
    folder = filled(halves)
    used = stock.take(folder)
    shreds.make(halves, used)
    aged(halves, [used], ORPHAN_AGE / 2)
    before = swept(halves)
    assert (before.buried, before.strays) == (0, 1)  # only the used one, of a transaction that was rolled back
    monkeypatch.setattr(stock, "LEFT_BEHIND", -1.0)
    after = swept(halves)
    assert (after.buried, after.refused) == (len(list(folder.parent.parent.glob("graves/*/*.key"))), False)
    assert after.buried >= stock.AMOUNT - 1
    assert shreds._path(halves, used).exists()


def test_a_half_that_a_row_knows_is_not_swept_though_its_date_was_lost(halves, monkeypatch):
    """A power cut may take the date away that its use gave it, after the row was committed."""
    paper = written()
    os.utime(shreds._path(halves, paper.matter), (0, 0))
    monkeypatch.setattr(stock, "LEFT_BEHIND", -1.0)
    swept(halves)
    assert shreds._path(halves, paper.matter).exists()
    assert body_of(paper) == "Hun heter Åse"
