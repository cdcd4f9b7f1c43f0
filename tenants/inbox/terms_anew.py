"""Every blind index of what was told, laid anew under this office's own key: when two kommuner have become one."""

from itertools import batched

from tenants.inbox import places, search
from tenants.inbox.models import Concern, SearchTerm
from varde.privacy.fields import open_together, text_or

_AT_ONCE = 200


def lay_all() -> None:
    """For every concern that can still be opened. As the owner of the tables; may be said again."""
    SearchTerm._base_manager.all().delete()
    rows = Concern._base_manager.order_by("received_at", "id").iterator(chunk_size=_AT_ONCE)
    for some in batched(rows, _AT_ONCE, strict=False):
        open_together(some)
        for concern in some:
            places.lay_again(concern)
            for token in sorted(search.tokens_of(text_or(concern, "who", ""), text_or(concern, "suspected", ""))):
                SearchTerm(concern=concern, token=token).save()
