import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("closing", "0008_taken_in"),
        ("inbox", "0012_attachments_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="TransferredFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "left_out",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("malware", "Filen inneholder skadevare."),
                            ("damaged", "Filen er skadet, eller den er ikke kommet helt fram."),
                            ("too_much", "Vedleggene er til sammen større enn 100 MB."),
                            ("unknown_kind", "Filtypen er ikke en av dem som tas imot."),
                            ("no_room", "Det var ikke plass til flere vedlegg hos mottakeren."),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.attachment"
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.concern"
                    ),
                ),
            ],
            options={
                "db_table": "closing_transferredfile",
            },
        ),
    ]
