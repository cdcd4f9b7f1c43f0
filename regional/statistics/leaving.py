"""What the region lacks of a kommune's figures when it goes out; said on the page of that step."""

from collections.abc import Iterator

from regional.cooperation.consequences import Asked, Consequence
from regional.statistics.queries import sent
from shared.codes.forms import REPORTED
from shared.codes.periods import Quarter, label, quarter_of
from varde.ui.dates import day_of


def returns(asked: Asked) -> Iterator[Consequence]:
    """The quarters that are over since the kommune started and that it has not sent; what it has sent stays here."""
    if asked.kind not in ("leave", "end"):
        return
    have = {quarter for kommune, quarter, form in sent() if kommune == asked.kommune.id and form == REPORTED}
    missing = [quarter for quarter in _over(asked) if quarter not in have]
    yield Consequence(
        "Tall som ikke er sendt",
        len(missing),
        "Det kommunen har sendt, blir stående i regionens tall. Etter at den er ute, kan den ikke sende mer hit.",
        f"Be {asked.kommune.name} sende tall for {', '.join(label([quarter]) for quarter in missing)}."
        if missing
        else "",
        "/statistikk" if missing else "",
    )


def _over(asked: Asked) -> Iterator[Quarter]:
    """From the first one that the kommune should send to the last that is over when it goes."""
    last = quarter_of(day_of(asked.at))
    started = asked.kommune.started_on
    quarter = quarter_of(started) if started and asked.kommune.has_team else last
    while quarter < last:
        yield quarter
        quarter = quarter.next
