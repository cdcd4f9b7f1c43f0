"""What leaders steer by and the registration form does not ask: counted from the case, sent beside its answers.

Each is a question about a case with at most one answer. A case of which it is not known (an imported one, one that
waits) has no answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from shared.codes.data_files import read
from shared.codes.forms import Answer, Question
from shared.codes.strict import BadList, rows, texts, unique

VERSION = "steering_1"
TRIAGED, MEASURED, DEADLINE, PERSON = "tid_sortering", "tid_tiltak", "frist", "person"
KEYS = (TRIAGED, MEASURED, DEADLINE, PERSON)
NO_MEASURE = "none"
HELD, LATE = "held", "late"
NEW, KNOWN = "new", "known"
_AFTER = 15
"""The form's questions come first."""


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of time from a report on: up to and with `limit`, None for all that is longer."""

    code: str
    limit: timedelta | None


def steering() -> tuple[Question, ...]:
    """The questions, in the order they are shown."""
    return _shipped()[0]


def question(key: str) -> Question:
    """The question with this key. Raises ValueError when there is none."""
    for found in steering():
        if found.key == key:
            return found
    raise ValueError(f"Ukjent spørsmål «{key}».")


def band(key: str, passed: timedelta) -> str:
    """The answer that a time falls under. Raises ValueError for a question that is not about time."""
    for each in _shipped()[1].get(key, ()):
        if each.limit is None or passed <= each.limit:
            return each.code
    raise ValueError(f"Spørsmålet «{key}» har ingen tider.")


@cache
def _shipped() -> tuple[tuple[Question, ...], Mapping[str, tuple[Band, ...]]]:
    return read_steering(read(VERSION), VERSION)


def read_steering(content: Any, file: str) -> tuple[tuple[Question, ...], Mapping[str, tuple[Band, ...]]]:
    """The questions of a file, and the bands of those about time. Raises BadList with the file and what is wrong."""
    listed = rows(content, "questions", file)
    found, bands = [], {}
    for number, row in enumerate(listed, _AFTER + 1):
        key, label, where = row.get("key"), row.get("label"), f"{file}, «{row.get('key')}»"
        if row.keys() != {"key", "label", "answers"} or not isinstance(label, str) or not isinstance(key, str):
            raise BadList(f"{where}: skal ha «key», «label» og «answers».")
        answers = rows({**content, "answers": row["answers"]}, "answers", where)
        unique((str(answer.get("code")) for answer in answers), where)
        found.append(Question(key, number, label, "choice", 1, tuple(_answer(each, where) for each in answers), True))
        if times := [_band(each, where) for each in answers if "up_to_hours" in each]:
            bands[key] = _rising(times, where)
    if tuple(each.key for each in found) != KEYS:
        raise BadList(f"{file}: spørsmålene skal være {', '.join(KEYS)}.")
    return tuple(found), bands


def _answer(row: Mapping[str, Any], where: str) -> Answer:
    said = texts({name: row[name] for name in row if name != "up_to_hours"}, ("code", "label"), where)
    return Answer(said["code"], said["label"], said["label"])


def _band(row: Mapping[str, Any], where: str) -> Band:
    hours = row["up_to_hours"]
    if hours is not None and (isinstance(hours, bool) or not isinstance(hours, int) or hours < 1):
        raise BadList(f"{where}, «{row['code']}»: «up_to_hours» skal være hele timer, eller null for resten.")
    return Band(row["code"], None if hours is None else timedelta(hours=hours))


def _rising(bands: list[Band], where: str) -> tuple[Band, ...]:
    """Every time falls under exactly one of them."""
    limits = [each.limit for each in bands[:-1] if each.limit is not None]
    if bands[-1].limit is not None or len(limits) != len(bands) - 1 or sorted(set(limits)) != limits:
        raise BadList(f"{where}: tidene skal bli lengre og lengre, og den siste skal være uten grense.")
    return tuple(bands)
