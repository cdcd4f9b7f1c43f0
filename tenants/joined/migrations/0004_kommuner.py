import uuid

import django.db.models.deletion
from django.db import migrations, models

from varde.privacy.fields import SealedTextField


class Migration(migrations.Migration):
    dependencies = [("joined", "0003_tied")]

    operations = [
        migrations.CreateModel(
            name="MajorKommune",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kommune", SealedTextField()),
                ("contact", SealedTextField()),
                ("phone", SealedTextField()),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=200)),
                (
                    "major",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="kommuner", to="joined.majormatter"
                    ),
                ),
            ],
            options={"db_table": "joined_majorkommune"},
        ),
    ]
