from django.db import migrations

from varde.privacy.fields import SealedTextField
from varde.privacy.sealing import text_to_sealed

SEALED = [
    ("concern", "what", SealedTextField()),
    ("concern", "who", SealedTextField(blank=True)),
    ("concern", "where_lives", SealedTextField(blank=True)),
    ("concern", "where_happened", SealedTextField(blank=True)),
    ("concern", "when", SealedTextField(blank=True)),
    ("concern", "suspected", SealedTextField(blank=True)),
    ("concern", "reporter_name", SealedTextField(blank=True)),
    ("concern", "reporter_phone", SealedTextField(blank=True)),
    ("concern", "reporter_relation", SealedTextField(blank=True)),
    ("concern", "safe_contact", SealedTextField(blank=True)),
    ("concern", "extra", SealedTextField(blank=True)),
    ("concern", "about_staff", SealedTextField(blank=True)),
    ("reportermessage", "text", SealedTextField()),
    ("denial", "kind", SealedTextField()),
]


class Migration(migrations.Migration):
    dependencies = [("inbox", "0005_attachments"), ("privacy", "0002_row_rights")]
    operations = [
        migrations.RunSQL(
            text_to_sealed(f"inbox_{model}", name),
            state_operations=[migrations.AlterField(model, name, field)],
        )
        for model, name, field in SEALED
    ]
