import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SharedTemplate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=40)),
                ("version", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField(null=True)),
                ("made_by_name", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "cooperation_template",
                "constraints": [
                    models.UniqueConstraint(fields=("key", "version"), name="cooperation_one_version"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateSent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kommune", models.UUIDField()),
                ("letter_id", models.UUIDField(unique=True)),
                ("sent_at", models.DateTimeField()),
                ("sent_by_name", models.CharField(max_length=200)),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent",
                        to="cooperation.sharedtemplate",
                    ),
                ),
            ],
            options={
                "db_table": "cooperation_templatesent",
                "constraints": [
                    models.UniqueConstraint(fields=("template", "kommune"), name="cooperation_sent_once"),
                ],
            },
        ),
    ]
