import uuid

import django.db.models.deletion
from django.db import migrations, models

import varde.privacy.fields

# Of a step of the same matter; asked as the one who writes.
OWN = """
CREATE FUNCTION triage_stepwas_own() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM triage_nextstep s WHERE s.id = NEW.step_id AND s.concern_id = NEW.concern_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'the step is not of this matter'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER own BEFORE INSERT ON triage_stepwas FOR EACH ROW EXECUTE FUNCTION triage_stepwas_own();
"""


class Migration(migrations.Migration):
    dependencies = [("triage", "0010_talk_ended"), ("inbox", "0011_places")]

    operations = [
        migrations.CreateModel(
            name="StepWas",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("by_user", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("was", varde.privacy.fields.SealedTextField()),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.concern"
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="triage.nextstep"
                    ),
                ),
            ],
            options={
                "db_table": "triage_stepwas",
            },
        ),
        migrations.RunSQL(OWN),
    ]
