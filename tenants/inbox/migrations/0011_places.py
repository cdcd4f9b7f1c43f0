import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0010_callbacks"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlaceTerm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("name", "ord i et sted"), ("place", "sted"), ("none", "ingen")], max_length=10
                    ),
                ),
                ("token", models.BinaryField()),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.concern"
                    ),
                ),
            ],
            options={
                "db_table": "inbox_placeterm",
                "indexes": [models.Index(fields=["token"], name="inbox_place_token")],
            },
        ),
    ]
