"""What later rooms tell the document of a person's access. They register at start; this room knows none of them.

hooks.kept_for(says)              says(concern) -> how long the matter is kept and why, "" for nothing to say
sources.also(Source(...))         something sealed of the room's own in a matter
sources.not_gathered(label, why)  … that is not gathered
"""

from collections.abc import Callable

from tenants.inbox.models import Concern

_NOT_SET = (
    "Så lenge kommunens bevarings- og kassasjonsplan sier, etter arkivlova. "
    "Er bekymringen uten grunnlag, skal opplysningene lagres kortere."
)
_says: list[Callable[[Concern], str]] = []


def kept_for(function: Callable[[Concern], str]) -> None:
    """Register; called in AppConfig.ready()."""
    if function not in _says:
        _says.append(function)


def retention_of(concern: Concern) -> str:
    """How long the matter is kept, in words."""
    return next(filter(None, (function(concern) for function in _says)), _NOT_SET)
