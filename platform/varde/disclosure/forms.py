"""A question's counts as a table that the rule takes. Pure."""

from collections.abc import Mapping

from shared.codes.forms import Question
from shared.contracts import Counts
from varde.disclosure.rule import Part, Table


def table_of(question: Question, contributions: Mapping[str, Counts]) -> Table:
    """The question in each contributor's counts."""
    return Table(question.single, {name: part_of(question, one) for name, one in contributions.items()})


def part_of(question: Question, counts: Counts) -> Part:
    """The question in one contributor's counts."""
    own = counts.questions[question.key]
    return Part(counts.cases, own.answered, own.ticks, own.multi, own.answers)
