"""The pilot's printed figures as data of ours: the same 51 as the evaluation prints."""

import json
from pathlib import Path

import pytest

from shared.codes.data_files import read
from shared.codes.forms import REPORTED, form
from shared.codes.pilot import PILOT, Printed, pilot, read_pilot
from shared.codes.strict import BadList

SOURCE = json.loads((Path(__file__).parents[1] / "data" / "pilot_published.json").read_text(encoding="utf-8"))


def as_printed(one: Printed) -> dict[str, object]:
    """The figure with the labels of the report, as the source has it."""

    def labels(key: str, codes: tuple[str, ...]) -> str | list[str]:
        found = [form(REPORTED).question(key).answer(code).report_label for code in codes]
        return found[0] if len(found) == 1 else found

    said: dict[str, object] = {"id": one.id, "question": one.question}
    if one.answers:
        said["answer"] = labels(one.question, one.answers)
    if one.among:
        said["among"] = {key: labels(key, codes) for key, codes in one.among.items()}
    said["stat"] = one.stat
    return said | ({"value": one.value} if one.percent is None else {"percent": one.percent})


def test_every_printed_figure_is_there_as_it_is_printed():
    assert [as_printed(one) for one in pilot().figures] == SOURCE["figures"]
    assert (pilot().cases, pilot().registered_cases) == (SOURCE["cases_in_detail"], SOURCE["registered_cases"])
    assert pilot().per_thousand_a_year == SOURCE["per_mille_of_population_without_oslo"]


def test_a_share_is_that_which_is_printed_or_follows_from_a_printed_number():
    assert pilot().percent("kjonn", "woman") == 73
    assert pilot().percent("sarbarhet", "dementia_old_age") == round(100 * 55 / 167)
    assert pilot().percent("relasjon", "family") is None
    assert pilot().percent("relasjon", "family", of_answered=True) == 46
    # A union and a figure among others are of something else.
    assert pilot().percent("overgrep", "neglect") is None
    assert pilot().percent("grunnlag", "event_observed") is None


@pytest.mark.parametrize(
    "change", [{"stat": "noe"}, {"answers": ["x"]}, {"percent": 1, "value": 1}, {"id": "sex.women"}]
)
def test_a_file_that_cannot_be_used_is_refused(change):
    whole = read(PILOT)
    with pytest.raises(BadList):
        read_pilot({**whole, "figures": [{**whole["figures"][0], **change}, *whole["figures"][1:]]}, "prøve")
