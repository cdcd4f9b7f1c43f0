"""The duties and the checklist: what is shipped, and what a file that cannot be used is told."""

from copy import deepcopy
from typing import Any

import pytest

from shared.codes import checklists, duties, legal
from shared.codes.data_files import read
from shared.codes.strict import BadList


def changed(name: str, **paths: Any) -> Any:
    """The shipped file with the first row of some lists changed: `duties={"legal": "x"}`."""
    content = deepcopy(read(name))
    for where, change in paths.items():
        if isinstance(change, dict):
            content[where][0] |= change
        else:
            content[where] = change
    return content


def test_every_duty_stands_in_the_law_and_says_when_it_applies() -> None:
    assert [found.code for found in duties.duties()] == [
        "avert", "health_personnel", "children", "kommune", "children_next_of_kin", "serious_incident", "guardian",
        "mutilation",
    ]  # fmt: skip
    assert all(found.citation.count("§") == 1 and found.url and found.help for found in duties.duties())
    assert {found.legal for found in duties.duties()} == {found.code for found in legal.duties()}
    assert duties.duty("avert").citation == "straffeloven § 196"
    with pytest.raises(ValueError, match="Ukjent plikt «avverge»"):
        duties.duty("avverge")


def test_the_lists_say_their_version_and_source() -> None:
    assert duties.version()
    assert checklists.acute().version
    assert "Bufdir" in checklists.acute().source


def test_the_checklist_proposes_akutt_and_asks_of_money_and_net() -> None:
    found = checklists.acute()
    assert (found.proposes, len(found.criteria)) == ("akutt", 6)
    assert [group.code for group in found.groups] == ["economic", "online"]
    assert all(len(group.questions) >= 4 for group in found.groups)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (changed("duties", duties={"legal": "strl_169"}), "duties.json, «avert»: ukjent hjemmel «strl_169»"),
        (changed("duties", duties={"legal": "samtykke"}), "ukjent hjemmel «samtykke»"),
        (changed("duties", duties={"code": "children"}), "koden «children» står to ganger"),
        (changed("duties", duties={"help": " "}), "«avert»: «help» mangler"),
        (changed("duties", duties={"extra": "x"}), "ukjent felt «extra»"),
        (changed("duties", duties=[]), "«duties» må være en liste"),
        (changed("duties", version=""), "«version» mangler"),
        (changed("duties", source=None), "«source» mangler"),
        ([], "må være et JSON-objekt"),
    ],
)
def test_a_list_of_duties_that_cannot_be_used_is_refused_whole(content: Any, sentence: str) -> None:
    with pytest.raises(BadList, match=sentence):
        duties.parse(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (changed("checklist_acute", proposes="rød"), "ukjent kategori «rød»"),
        (changed("checklist_acute", proposes=None), "«proposes» mangler"),
        (changed("checklist_acute", questions={"group": "penger"}), "«money_missing»: ukjent gruppe «penger»"),
        (changed("checklist_acute", questions={"code": "recent"}), "koden «recent» står to ganger"),
        (changed("checklist_acute", criteria={"label": ""}), "«recent»: «label» mangler"),
        (changed("checklist_acute", groups={"code": "online"}), "koden «online» står to ganger"),
    ],
)
def test_a_checklist_that_cannot_be_used_is_refused_whole(content: Any, sentence: str) -> None:
    with pytest.raises(BadList, match=sentence):
        checklists.parse(content)
