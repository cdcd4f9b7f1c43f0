from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("triage", "0005_guard")]

    operations = [
        migrations.AlterField(
            "assessment",
            "outcome",
            models.CharField(
                choices=[
                    ("case", "Opprett sak"),
                    ("more_info", "Hent inn mer informasjon"),
                    ("advice", "Råd gitt, ingen sak"),
                    ("not_ours", "Hører ikke til TryggEst"),
                    ("reopened", "Gjenåpnet"),
                ],
                max_length=12,
            ),
        ),
    ]
