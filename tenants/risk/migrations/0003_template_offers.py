import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("risk", "0002_frozen")]

    operations = [
        migrations.CreateModel(
            name="TemplateOffer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=40)),
                ("version", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("content", models.JSONField()),
                ("region", models.CharField(max_length=200)),
                ("sent_at", models.DateTimeField()),
                ("letter_id", models.UUIDField(unique=True)),
            ],
            options={"db_table": "risk_templateoffer"},
        ),
    ]
