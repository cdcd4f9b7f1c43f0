"""Templates of risk assessment: a sound file is read as it stands, and one fault is refused with its place."""

import json
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.codes.template_file import LARGEST, BadTemplate, faults, load
from shared.codes.templates import build, shipped, shipped_data

WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=30)
IDS = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)


@st.composite
def values(draw):
    """A scale's steps, lowest first, each with a word of its own."""
    numbers = sorted(draw(st.sets(st.integers(0, 100), min_size=2, max_size=6)))
    words = draw(st.lists(WORDS, min_size=len(numbers), max_size=len(numbers), unique_by=str.casefold))
    return [{"value": number, "label": f"{word}"} for number, word in zip(numbers, words, strict=True)]


@st.composite
def templates(draw):
    """A sound file."""
    scales = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    keys = draw(st.lists(IDS, min_size=2, max_size=8, unique=True))
    cut = draw(st.integers(1, len(keys) - 1))
    item = st.fixed_dictionaries(
        {"text": WORDS, "scale": st.sampled_from(scales)}, optional={"help": WORDS, "required": st.booleans()}
    )
    return {
        "key": draw(IDS),
        "version": draw(st.from_regex(r"[0-9]{1,3}\.[0-9]{1,3}", fullmatch=True)),
        "title": draw(WORDS),
        "source": draw(WORDS),
        "scales": [{"id": key, "values": draw(values())} for key in scales],
        "level": {"values": draw(values())},
        "sections": [
            {"id": f"del_{at}", "title": draw(WORDS), "reasoning": draw(st.booleans()),
             "items": [draw(item) | {"id": key} for key in part]}
            for at, part in enumerate((keys[:cut], keys[cut:]))
        ],
    }  # fmt: skip


def broken(data, change):
    """A copy with one thing changed."""
    changed = deepcopy(data)
    change(changed)
    return changed


FAULTS = {
    "no title": (lambda d: d.pop("title"), "Malen", "mangler feltet «title»"),
    "unknown field": (lambda d: d.update(farge="rød"), "Malen", "ukjent felt, «farge»"),
    "no sections": (lambda d: d.update(sections=[]), "Delene", "er tom"),
    "empty section": (lambda d: d["sections"][1].update(items=[]), "Del 2", "minst ett punkt"),
    "unknown scale": (
        lambda d: d["sections"][0]["items"][0].update(scale="Finnes Ikke"), "Del 1, punkt 1, scale", "«Finnes Ikke»"
    ),
    "same item twice": (
        lambda d: d["sections"][1]["items"].append(d["sections"][0]["items"][0]), "Punktet «", "mer enn én gang"
    ),
    "same scale twice": (lambda d: d["scales"].append(d["scales"][0]), "Skalaen «", "mer enn én gang"),
    "one step": (lambda d: d["scales"][0].update(values=d["scales"][0]["values"][:1]), "Skala 1", "minst to"),
    "steps turned": (lambda d: d["scales"][0]["values"].reverse(), "Skala 1, verdi 2", "lavest til høyest"),
    "level without order": (lambda d: d["level"]["values"][0].pop("value"), "Risikonivået, verdi 1", "«value»"),
    "level by words": (
        lambda d: d["level"]["values"][0].update(value="lav"), "Risikonivået, verdi 1, value", "rekkefølge"
    ),
    "truth as number": (lambda d: d["scales"][0]["values"][0].update(value=True), "Skala 1, verdi 1", "helt tall"),
    "same word twice": (
        lambda d: d["level"]["values"][1].update(label=d["level"]["values"][0]["label"]), "Risikonivået", "samme ord"
    ),
    "required in words": (
        lambda d: d["sections"][0]["items"][0].update(required="ja"), "Del 1, punkt 1, required", "true eller false"
    ),
    "sign that is not seen": (lambda d: d.update(title="a\x07b"), "Malen, title", "styretegn"),
    "list for a scale": (lambda d: d["scales"].insert(0, []), "Skala 1", "JSON-objekt"),
}  # fmt: skip


@given(templates())
def test_a_sound_file_is_read_as_it_stands(data):
    found = load(json.dumps(data))
    assert found == build(data)
    assert [item.id for item in found.items] == [item["id"] for part in data["sections"] for item in part["items"]]
    assert all(found.scale(item).id == item.scale for item in found.items)


@pytest.mark.parametrize("name", FAULTS)
@settings(max_examples=15)
@given(data=templates())
def test_a_fault_is_refused_with_its_place(name, data):
    change, place, said = FAULTS[name]
    with pytest.raises(BadTemplate) as refused:
        load(json.dumps(broken(data, change)))
    assert any(fault.place.startswith(place) and said in fault.sentence for fault in refused.value.faults)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(
    st.sampled_from(["key", "version", "title", "source", "scales", "level", "sections", "items", "id", "values"]), x
)))  # fmt: skip
def test_whatever_a_file_holds_is_answered_and_never_an_error(data):
    assert faults(data)


@given(templates(), st.data())
def test_any_value_put_anywhere_is_answered(data, more):
    changed, at = deepcopy(data), more.draw(st.sampled_from(["scales", "sections", "level"]))
    changed[at] = more.draw(st.none() | st.integers() | st.text() | st.lists(st.none() | st.dictionaries(IDS, IDS)))
    assert faults(changed)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "Linje 1"),
        ("[]", "ett JSON-objekt"),
        ('{"key": "a", "key": "b"}', "«key» står to ganger"),
        ('{"key": NaN}', "«NaN» er ikke et tall"),
        ("[" * 100_000, "kan ikke leses"),
        (" " * (LARGEST + 1), "for stor"),
    ],
)
def test_a_file_that_is_no_json_is_said_so(text, said):
    with pytest.raises(BadTemplate, match=said):
        load(text)


def test_the_shipped_template_is_sound_and_claims_nothing():
    found = shipped()
    assert load(json.dumps(shipped_data())) == found
    assert found.name == "Varde strukturert vurdering, 1.0"
    assert "ikke RITE" in found.note
    assert "ikke et utprøvd" in found.note
    assert "RITE" not in found.title + found.key + found.source
    assert len(found.items) > 20
