import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0005_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="publishedphone",
            name="region",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("agreement", models.UUIDField()),
                ("region", models.UUIDField()),
                ("kommune", models.UUIDField()),
                ("said_by", models.UUIDField()),
                ("word", models.CharField(choices=[("in", "med"), ("out", "ut")], max_length=3)),
                ("at", models.DateTimeField()),
                ("said_at", models.DateTimeField()),
                ("host", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "registry_standing",
                "indexes": [
                    models.Index(fields=["kommune", "at"], name="registry_standing_kommune"),
                    models.Index(fields=["region", "at"], name="registry_standing_region"),
                ],
            },
        ),
    ]
