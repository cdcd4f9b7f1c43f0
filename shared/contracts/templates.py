"""A template of risk assessment, from a region to a kommune. Nothing in it is about anybody."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateOffer:
    """The kommune may take it into use; it is read as strictly there as where it was sent from."""

    TYPE: ClassVar[str] = "template_offer"
    VERSION: ClassVar[int] = 1

    text: str
    """The file as it was loaded (see shared.codes.template_file)."""
    sent_at: datetime
