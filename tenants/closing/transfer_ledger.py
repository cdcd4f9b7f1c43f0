"""What this kommune says of matters that it handed over to another."""

from collections.abc import Mapping
from uuid import UUID

from shared.post.ledger import Laid
from tenants.closing.transfer_models import Transfer, TransferOpened
from varde.access import Reader


def laid(by: Reader) -> Mapping[UUID, Laid]:
    """Each with whether the other side has said that a person opened it."""
    opened = set(TransferOpened.objects.values_list("letter_id", "office"))
    rows = Transfer.objects.values_list("letter_id", "to_office")
    return {letter: Laid(to, "CaseTransfer", heard=(letter, to) in opened) for letter, to in rows}
