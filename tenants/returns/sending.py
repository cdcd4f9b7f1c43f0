"""Sending for several offices and quarters at once, and delivering at the end. For commands; each office in its own
transaction."""

from collections.abc import Iterable, Iterator, Sequence

from shared.codes.periods import Quarter
from shared.post.actions import open_mail
from shared.registry.queries import region_of
from tenants.returns.actions import Outcome, send_return
from varde.tenancy.door import OfficeRef
from varde.tenancy.work import work


def send_all(
    offices: Iterable[OfficeRef], quarters: Sequence[Quarter], *, again: bool = False
) -> Iterator[tuple[OfficeRef, list[Outcome]]]:
    """Send each office's quarters, oldest first; an office is done when it is handed out. `again`: also those that only
    have more in them than a return could hold when they were sent."""
    for ref in offices:
        with work(ref, "returns") as by:
            outcomes = [send_return(period=str(quarter), by=by, again=again) for quarter in quarters]
        yield ref, outcomes


def deliver(offices: Iterable[OfficeRef]) -> int:
    """Open what waits in the regions of these offices, without waiting for the bell; how many letters."""
    regions = {region.id: region for ref in offices if (region := region_of(ref))}
    return sum(open_mail(region) for region in regions.values())
