"""What stands where something told once stood, when the matter's key has been destroyed."""

from django.db.models import Model

from varde.privacy.errors import Destroyed

GONE = "Innholdet er slettet."


def words(row: Model, name: str) -> str:
    """The text of a sealed field, or the sentence that it is gone. What is only hidden or broken still raises."""
    try:
        return str(getattr(row, name))
    except Destroyed:
        return GONE
