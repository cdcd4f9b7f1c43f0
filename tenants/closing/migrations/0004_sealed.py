from django.db import migrations

from varde.privacy.fields import SealedTextField
from varde.privacy.sealing import text_to_sealed

SEALED = [
    ("done", SealedTextField()),
    ("unsolved", SealedTextField(blank=True)),
    ("own_words", SealedTextField(blank=True)),
    ("learned", SealedTextField(blank=True)),
    ("carried_on", SealedTextField(blank=True)),
]


class Migration(migrations.Migration):
    dependencies = [("closing", "0003_receipt_elsewhere"), ("cases", "0005_sealed"), ("privacy", "0002_row_rights")]
    operations = [
        migrations.RunSQL(
            text_to_sealed("closing_report", name),
            state_operations=[migrations.AlterField("closingreport", name, field)],
        )
        for name, field in SEALED
    ]
