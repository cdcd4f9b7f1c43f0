"""Closed cases as single registrations, of those that are there for the one who asks."""

from collections.abc import Sequence

from shared.codes.forms import CURRENT
from shared.codes.periods import Quarter, quarter_of
from shared.contracts.known import KnownAnswer, KnownWords
from tenants.cases.models import Answer, Case
from tenants.cases.queries import answers, counted_elsewhere
from tenants.reporting.models import SingleText
from tenants.reporting.single import Single, places
from varde.privacy.errors import Destroyed
from varde.privacy.fields import open_together
from varde.refusal import print_of_values


def singles(quarters: Sequence[Quarter] | None = None) -> list[Single]:
    """Every closed case of these quarters (None: all)."""
    rows = {row.case_id: row for row in Answer.objects.filter(form=CURRENT)}
    texts = {row.case_id: row for row in SingleText.objects.all()}
    open_together([*rows.values(), *texts.values()])
    elsewhere, wanted = counted_elsewhere(), None if quarters is None else set(quarters)
    found = []
    for case in Case.objects.filter(state="closed").order_by("id"):
        quarter = quarter_of(case.counted_from)
        if case.id not in elsewhere and (wanted is None or quarter in wanted):
            given, said = _opened(rows.get(case.id)), text_of(texts.get(case.id))
            found.append(Single(case.id, case.name, quarter, given, said))
    return found


def _opened(row: Answer | None) -> dict[str, tuple[str, ...]]:
    try:
        return {key: tuple(codes) for key, codes in row.given.items()} if row else {}
    except Destroyed:
        return {}


def text_of(row: SingleText | None) -> dict[str, str]:
    """What is said in words; nothing where the matter's content has been deleted for good."""
    try:
        return dict(row.said) if row else {}
    except Destroyed:
        return {}


def text_row(case: Case) -> SingleText | None:
    """The words of a case."""
    return SingleText.objects.filter(case=case).first()


def single_of(case: Case) -> Single:
    """One case, closed or not, as it would be exported."""
    return Single(case.id, case.name, quarter_of(case.counted_from), answers(case, CURRENT), text_of(text_row(case)))


def told_on(case: Case) -> KnownWords | None:
    """The words under their questions, for the team that takes the case over; without those of an answer that is not
    ticked any more."""
    row = text_row(case)
    said = text_of(row)
    asked = [place for place in places(single_of(case).answers) if said.get(place.key)]
    answers = tuple(KnownAnswer(question=place.label, answer=said[place.key]) for place in asked)
    return KnownWords(at=row.at, answers=answers) if row and answers else None


def as_seen(case: Case) -> str:
    """The words of a case, for the page to send back."""
    return print_of_values(text_of(text_row(case)))
