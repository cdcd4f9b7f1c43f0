"""Every card's and every warning's blind index, under this office's own key: when two kommuner have become one."""

from tenants.persons.laid_terms import lay_terms
from tenants.persons.models import Person, PersonTerm
from tenants.persons.queries import same_as
from tenants.persons.spoken import SafetyWarning, WarningTerm
from tenants.persons.spoken_actions import lay_place
from varde.privacy.fields import open_together


def lay_all() -> None:
    """As the owner of the tables; may be said again."""
    PersonTerm._base_manager.all().delete()
    WarningTerm._base_manager.all().delete()
    rows = list(Person._base_manager.filter(merged_into=None).select_related("concern").order_by("id"))
    open_together(rows)
    for person in rows:
        lay_terms(same_as(person))
    for warning in SafetyWarning._base_manager.order_by("id"):
        lay_place(warning)
