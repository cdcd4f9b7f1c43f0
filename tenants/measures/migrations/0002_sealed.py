from django.db import migrations

from varde.privacy.fields import SealedTextField
from varde.privacy.sealing import text_to_sealed

SEALED = [
    ("title", SealedTextField()),
    ("service", SealedTextField(blank=True)),
    ("effect", SealedTextField(blank=True)),
]


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial"), ("cases", "0005_sealed"), ("privacy", "0002_row_rights")]
    operations = [
        migrations.RunSQL(
            text_to_sealed("measures_measure", name),
            state_operations=[migrations.AlterField("measure", name, field)],
        )
        for name, field in SEALED
    ]
