from django.db import migrations

from varde.privacy.fields import SealedTextField
from varde.privacy.sealing import text_to_sealed

SEALED = [("assessment", "reason"), ("nextstep", "text")]


class Migration(migrations.Migration):
    dependencies = [("triage", "0001_initial"), ("inbox", "0006_sealed"), ("privacy", "0002_row_rights")]
    operations = [
        migrations.RunSQL(
            text_to_sealed(f"triage_{model}", name),
            state_operations=[migrations.AlterField(model, name, SealedTextField())],
        )
        for model, name in SEALED
    ]
