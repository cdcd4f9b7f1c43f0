"""After an upgrade what was sent before is no correction because a return has room for more now."""

import json
from typing import Any

import pytest

from shared.codes.periods import Quarter
from tenants.returns import actions, cli, drafts, queries
from tenants.returns.actions import send_return
from tenants.returns.models import SentReturn
from tests.tenants.test_returns_sending import Q3, closed_case, counter

__all__ = ["counter"]


def without(content: Any, drop: str, within: str = "") -> Any:
    """As a version before wrote it: this field is not there, or this key in it."""
    if not isinstance(content, dict):
        return content
    kept = {key: without(value, drop, within) for key, value in content.items() if key != drop or within}
    if drop in kept:
        kept[drop] = {key: value for key, value in kept[drop].items() if key != within}
    return kept


def sent_before(by, monkeypatch, drop: str, within: str = "") -> SentReturn:
    with monkeypatch.context() as old:
        old.setattr(actions, "content_of", lambda letter: without(drafts.content_of(letter), drop, within))
        old.setattr(actions, "digest_of", lambda letter: "0" * 64)
        return send_return(period=Q3, by=by).row


@pytest.fixture(params=[False, True], ids=["a field", "a question in it"])
def before(counter, monkeypatch, request):
    asked = drafts.content_of(drafts.drafted(Quarter(2019, 3), queries.registered_cases(), None, counter))
    within = next(iter(asked["counts"]["steering"])) if request.param else ""
    return sent_before(counter, monkeypatch, "steering", within)


def test_what_only_has_more_in_it_is_not_sent_again(before, counter):
    found = send_return(period=Q3, by=counter)
    assert (found.sent, found.correction, found.row) == (False, False, before)
    assert "send det med --again" in found.sentence


def test_what_only_has_more_in_it_is_sent_when_it_is_asked_for_and_is_no_correction(before, counter):
    found = send_return(period=Q3, by=counter, again=True)
    assert (found.sent, found.correction) == (True, False)
    assert found.row.content["counts"]["steering"]
    assert found.sentence.endswith("De er ikke rettet.")
    assert not send_return(period=Q3, by=counter, again=True).sent


def test_another_figure_is_a_correction_as_ever(before, counter):
    closed_case(kjonn="man")
    assert send_return(period=Q3, by=counter).correction


def test_a_figure_that_both_had_and_is_another_is_a_correction(counter, monkeypatch):
    """The later field itself is compared where both have it."""

    def other(content):
        said = json.loads(json.dumps(content))
        for question in said["counts"]["steering"].values():
            question["answers"] = {code: count + 1 for code, count in question["answers"].items()}
        return said

    with monkeypatch.context() as old:
        old.setattr(actions, "content_of", lambda letter: other(drafts.content_of(letter)))
        old.setattr(actions, "digest_of", lambda letter: "0" * 64)
        send_return(period=Q3, by=counter)
    assert send_return(period=Q3, by=counter).correction


def test_the_command_sends_it_only_with_the_flag(monkeypatch):
    asked = []
    monkeypatch.setattr(cli, "send_all", lambda offices, quarters, again: asked.append(again) or [])
    monkeypatch.setattr(cli, "all_offices", lambda kind: [])
    monkeypatch.setattr(cli, "deliver", lambda offices: 0)
    for flag in ([], ["--again"]):
        assert cli.main(["send", "--all", "--period", Q3, *flag]) == 0
    assert asked == [False, True]
