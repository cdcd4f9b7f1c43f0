"""What the agreement says of the kommune's grant, for its grant report."""

from tenants.reporting.grant_sources import Agreed
from tenants.starting import agreement_queries
from varde.access import Reader


def agreed(by: Reader) -> Agreed | None:
    """As the region wrote it last, empty where it has written nothing; None where the kommune is in no agreement."""
    stands = agreement_queries.holds(by)
    if stands.party is None:
        return None
    found = agreement_queries.text_of(agreement_queries.notices(), stands)
    if found is None:
        return Agreed(title=f"Samarbeid med {stands.region}", host="", share="", parties=())
    letter = found.letter
    return Agreed(title=letter.title, host=letter.host, share=letter.share, parties=letter.parties)
