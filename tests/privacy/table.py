"""A table with sealed columns in the offices' own schemas, made by hand as the migrator: the product has no such model.

The model lives in a registry of its own, so that no migration and no other test ever sees it.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps.registry import Apps
from django.db import models

from tests.cast import ref
from varde.privacy.fields import SealedJSONField, SealedTextField
from varde.privacy.models import Row
from varde.tenancy import fleet
from varde.tenancy.work import work

SCHEMAS = {"kommune_3407": "varde_test_kommune_3407", "kommune_9901": "varde_test_kommune_9901"}
CREATE = """
CREATE TABLE {schema}.proof_paper (id uuid PRIMARY KEY, matter uuid NOT NULL, title text NOT NULL DEFAULT '',
  body bytea NOT NULL, other bytea NOT NULL, facts bytea NOT NULL);
GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.proof_paper TO {group};
"""
REGISTRY = Apps(["varde.privacy"])


class Paper(Row):
    """A row of the matter `matter`."""

    matter = models.UUIDField(default=uuid.uuid4)
    title = models.TextField(blank=True)
    body = SealedTextField()
    other = SealedTextField(blank=True)
    facts = SealedJSONField()

    class Meta:
        app_label = "privacy"
        apps = REGISTRY
        db_table = "proof_paper"

    def __reduce__(self):
        return Paper.__new__, (Paper,), super().__reduce__()[2]  # Django would look for it in the product's registry

    @property
    def key_id(self) -> uuid.UUID:
        return self.matter


@contextmanager
def standing() -> Iterator[None]:
    """The table in two offices, gone again afterwards."""
    with fleet.connect(autocommit=True) as owner:
        for schema, group in SCHEMAS.items():
            owner.execute(f"DROP TABLE IF EXISTS {schema}.proof_paper")
            owner.execute(CREATE.format(schema=schema, group=group))
        try:
            yield
        finally:
            for schema in SCHEMAS:
                owner.execute(f"DROP TABLE IF EXISTS {schema}.proof_paper")


def entered(slug="gjovik", purpose="test"):
    """In an office, in a transaction that commits; the purpose of the tests sees every row, whatever is hidden."""
    return work(ref(slug), purpose)
