"""What each table holds, read from the models: names in Norwegian, privacy class, sealed or open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model

from infra.papers import words
from varde.privacy.models import AppendOnly

# How a model says that our own code closed the field in another way than a sealed field does.
CLOSED_OTHERWISE = ("lukket", "er selv lukket", "forseglet")
OURS = ("varde.", "shared.", "tenants.", "regional.")


class MissingWords(LookupError):
    """Something in the code has no Norwegian name yet; the message holds the lines to add."""


@dataclass
class Missing:
    """Collects what has no name, so that one run tells all of it."""

    lines: list[str] = field(default_factory=list)

    def raise_if_any(self) -> None:
        """MissingWords with every line to add."""
        if self.lines:
            raise MissingWords("Mangler i infra/papers:\n" + "\n".join(sorted(set(self.lines))))


def models_of(app: str) -> list[type[Model]]:
    """The tables of an app ("tenants.inbox") in the order the app declares them."""
    found = [config for config in apps.get_app_configs() if config.name == app]
    return list(found[0].get_models(include_auto_created=True)) if found else []


def rooms_in(kind: str) -> list[str]:
    """Apps of an office type ("public", "kommune", "region", "drift") that have tables."""
    names = [str(name).removesuffix(".apps.Config") for name in settings.TENANT_TYPES[kind]["APPS"]]
    return [name for name in names if models_of(name)]


def is_ours(model: type[Model]) -> bool:
    """Ours carry `class Privacy`; a library's tables are described by hand."""
    return model.__module__.startswith(OURS)


def is_frozen(model: type[Model]) -> bool:
    """Can the office's login neither change nor delete a row?"""
    rights = str(getattr(model, "office_rights", "UPDATE"))
    return issubclass(model, AppendOnly) or ("UPDATE" not in rights and "DELETE" not in rights)


def is_sealed(model: type[Model], name: str) -> bool:
    """Does the field keep ciphertext in the database? (A field named `sealed` holds what our own code closed.)"""
    column = type(model._meta.get_field(name)).__name__
    return name == "sealed" or column.startswith("Sealed") or why_open(model, name).lower().startswith(CLOSED_OTHERWISE)


def why_open(model: type[Model], name: str) -> str:
    """The reason the model gives for keeping a field open; "" where it gives none."""
    reasons = getattr(privacy(model), "open_because", {})
    return str(reasons.get(name, "")) if isinstance(reasons, dict) else str(reasons)


def privacy(model: type[Model]) -> Any:
    """The model's `class Privacy`."""
    return model.Privacy  # type: ignore[attr-defined]


def word(model: type[Model], name: str, missing: Missing) -> str:
    """The Norwegian name of a field: its own verbose name, else from `words`."""
    column = model._meta.get_field(name)
    own = str(column.verbose_name) if isinstance(column, Field) else ""
    if own and own != name.replace("_", " "):
        return own
    label = f"{model._meta.app_label}.{model.__name__}.{name}"
    found = words.FIELDS.get(label) or words.COMMON.get(name)
    if found is None:
        missing.lines.append(f'words.FIELDS: "{label}": "…"')
    return found or name


def named(model: type[Model], names: Iterable[str], missing: Missing) -> str:
    """Fields as a list in Norwegian; a dash when there are none."""
    return ", ".join(dict.fromkeys(word(model, name, missing) for name in names)) or "–"


def table_name(model: type[Model], missing: Missing) -> str:
    """What the table is called by people."""
    found = words.TABLES.get(model._meta.db_table)
    if found is None:
        missing.lines.append(f'words.TABLES: "{model._meta.db_table}": "…"')
    return found or ""


def telling(model: type[Model]) -> list[str]:
    """Fields that say something of somebody: personal ones and free text."""
    return [*privacy(model).personal, *privacy(model).free_text]


def all_fields() -> Iterator[tuple[type[Model], str, str]]:
    """Every field of every table of ours with its class: "personal", "free_text" or "safe"."""
    for model in apps.get_models():
        if is_ours(model):
            for kind in ("personal", "free_text", "safe"):
                for name in getattr(privacy(model), kind):
                    yield model, name, kind
