from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("triage", "0008_going_on")]

    operations = [
        migrations.AddField("carried", "waits", models.BooleanField(blank=True, null=True)),
        migrations.AddIndex("carried", models.Index(fields=["waits", "at"], name="triage_carried_waits")),
    ]
