import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0004_phone_service"),
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
        migrations.CreateModel(
            name="LendSaid",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("agreement", models.UUIDField()),
                ("region", models.UUIDField()),
                ("lender", models.UUIDField()),
                ("borrower", models.UUIDField()),
                ("role", models.CharField(max_length=40)),
                ("said_by", models.UUIDField()),
                ("word", models.CharField(choices=[("in", "lånes ut"), ("out", "lånes ikke ut")], max_length=3)),
                ("at", models.DateTimeField()),
                ("said_at", models.DateTimeField()),
            ],
            options={
                "db_table": "registry_lend",
                "indexes": [models.Index(fields=["borrower", "lender", "role"], name="registry_lend_between")],
            },
        ),
    ]
