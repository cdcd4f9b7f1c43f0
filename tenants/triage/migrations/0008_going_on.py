import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from varde.privacy.fields import SealedTextField

# No text yet is no bytes; the default is for the rows that are there.
CAME_OF = "ALTER TABLE triage_nextstep ADD COLUMN came_of bytea NOT NULL DEFAULT ''::bytea"
# Nobody is given something to tell in a matter that they are shut out of: the function of next steps (0002).
OWNER = """
CREATE TRIGGER owner_sees BEFORE INSERT OR UPDATE ON triage_telling FOR EACH ROW EXECUTE FUNCTION triage_owner_sees();
"""
# What is to be told stands as it was said, but for who does it and by when; it ends once. The owner seals old rows anew.
FROZEN = """
CREATE FUNCTION triage_telling_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF OLD.ended_at IS NOT NULL
     OR (NEW.id, NEW.concern_id, NEW.duty, NEW.to_whom, NEW.made_at, NEW.made_by, NEW.made_by_name)
        IS DISTINCT FROM
        (OLD.id, OLD.concern_id, OLD.duty, OLD.to_whom, OLD.made_at, OLD.made_by, OLD.made_by_name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'what is to be told is frozen'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON triage_telling FOR EACH ROW EXECUTE FUNCTION triage_telling_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0011_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("triage", "0007_checklists"),
    ]

    operations = [
        migrations.RunSQL(
            CAME_OF, state_operations=[migrations.AddField("nextstep", "came_of", SealedTextField(blank=True))]
        ),
        migrations.AddField("dutyweighed", "settled", models.BooleanField(db_default=True, default=True)),
        migrations.AlterField("emergencycall", "outcome", SealedTextField(blank=True)),
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
                    ("rated", "Ny hastegrad"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("by_user", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                ("text", SealedTextField()),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.concern"
                    ),
                ),
            ],
            options={
                "db_table": "triage_note",
                "indexes": [models.Index(fields=["concern", "at"], name="triage_notes")],
            },
        ),
        migrations.CreateModel(
            name="Telling",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("duty", SealedTextField()),
                ("to_whom", SealedTextField()),
                ("due_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField(null=True)),
                ("made_by_name", models.CharField(max_length=200)),
                ("told_on", models.DateField(blank=True, null=True)),
                ("told_to", SealedTextField(blank=True)),
                ("dropped_because", SealedTextField(blank=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.UUIDField(blank=True, null=True)),
                ("ended_by_name", models.CharField(blank=True, max_length=200)),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.concern"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "triage_telling",
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)), fields=["owner", "due_on"], name="triage_untold"
                    ),
                ],
            },
        ),
        migrations.RunSQL(OWNER),
        migrations.RunSQL(FROZEN),
    ]
