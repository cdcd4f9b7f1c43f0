from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0006_saved_views"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="for_office",
            field=models.UUIDField(blank=True, null=True),
        ),
    ]
