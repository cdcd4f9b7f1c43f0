import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_case_twin"),
        ("returns", "0005_given_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlierCase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
            ],
            options={
                "db_table": "returns_earliercase",
            },
        ),
        migrations.CreateModel(
            name="ReceivedRelease",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("region", models.UUIDField()),
                ("region_name", models.CharField(max_length=200)),
                ("number", models.PositiveIntegerField()),
                ("period", models.CharField(max_length=20)),
                ("given_at", models.DateTimeField()),
                ("approved_by", models.CharField(max_length=200)),
                ("content", models.JSONField()),
                ("letter_id", models.UUIDField()),
            ],
            options={
                "db_table": "returns_release",
                "indexes": [models.Index(fields=["region", "number"], name="returns_release_number")],
            },
        ),
        migrations.CreateModel(
            name="WithdrawnRelease",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("region", models.UUIDField()),
                ("number", models.PositiveIntegerField()),
                ("withdrawn_at", models.DateTimeField()),
                ("letter_id", models.UUIDField()),
            ],
            options={
                "db_table": "returns_releasewithdrawn",
                "indexes": [models.Index(fields=["region", "number"], name="returns_withdrawn_number")],
            },
        ),
    ]
