"""What a list's page shows of its filter and of the reader's own choices; templates: `ui/components/filter*.html`."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from varde.access import reader
from varde.identity import saved
from varde.identity.saved import Listing, Named
from varde.identity.saved_forms import NameForm
from varde.ui.filters import FilterForm

# Says nothing, but the address is then no longer bare, so that what the list opens with steps aside.
ALL = "side=1"


@dataclass(frozen=True, slots=True)
class Filtered:
    """A list's filter, as it stands in the address or as the reader's first choice says."""

    listing: Listing
    form: FilterForm
    views: Sequence[Named]
    naming: NameForm

    @property
    def said(self) -> str:
        """The choice as a query string."""
        return self.form.said

    @property
    def query(self) -> str:
        """The same, before a page's number."""
        return f"{self.said}&" if self.said else ""

    @property
    def everything(self) -> str:
        """The address of the list without a choice."""
        return f"{self.listing.address}?{ALL}" if any(view.front for view in self.views) else self.listing.address


def filtered(request: HttpRequest, code: str) -> Filtered:
    """Read from the address; a bare one means the reader's first choice. One query."""
    by = reader(request)
    found = saved.listing_of(code, by)
    views = saved.of(by, code)
    front = next((view.chosen for view in views if view.front), "")
    return Filtered(found, found.form(request.GET or QueryDict(front)), views, NameForm())
