"""What of an operator's training holds, is about to end, or is missing. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shared.codes.courses import Course

SOON_DAYS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One course of one person. `standing`: ok, soon (60 days), over, or missing; `required`: all must have it."""

    code: str
    title: str
    required: bool
    standing: str
    done_on: date | None = None
    until: date | None = None


def standing(until: date | None, today: date) -> str:
    """ "over", "soon" or "ok"; what never ends is ok."""
    if until is None:
        return "ok"
    left = (until - today).days
    return "over" if left < 0 else "soon" if left <= SOON_DAYS else "ok"


def lines(courses: Iterable[Course], done: Iterable[tuple[str, date, date | None]], today: date) -> list[Line]:
    """Every course of the list with the best that the person has of it; then what they have that the list lacks.

    `done`: (code, day, until) of each. What never ends is better than any day.
    """
    best: dict[str, tuple[date, date | None]] = {}
    for code, day, until in done:
        known = best.get(code)
        if known is None or (until or date.max) > (known[1] or date.max):
            best[code] = (day, until)
    listed = list(courses)
    found = [_line(course, best, today) for course in listed]
    others = best.keys() - {course.code for course in listed}
    return found + [_line(Course(code, code, 0, required=False), best, today) for code in sorted(others)]


def _line(course: Course, best: Mapping[str, tuple[date, date | None]], today: date) -> Line:
    if course.code not in best:
        return Line(course.code, course.title, course.required, "missing")
    day, until = best[course.code]
    return Line(course.code, course.title, course.required, standing(until, today), day, until)


def lacking(found: Iterable[Line]) -> list[str]:
    """What must be had and is not, in words."""
    words = {"missing": "mangler", "over": "er gått ut"}
    return [f"{one.title} {words[one.standing]}" for one in found if one.required and one.standing in words]


def ending(found: Iterable[Line]) -> list[str]:
    """What must be had and ends within sixty days, in words."""
    return [f"{one.title} går ut {one.until:%d.%m.%Y}" for one in found if one.required and one.standing == "soon"]
