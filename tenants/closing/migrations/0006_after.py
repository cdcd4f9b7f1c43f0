import uuid

import django.db.models.deletion
from django.db import migrations, models

from varde.privacy.fields import SealedTextField

# No text yet is no bytes; the default is for the rows that are there.
HELPED = "ALTER TABLE closing_report ADD COLUMN helped bytea NOT NULL DEFAULT ''::bytea"
# An answer is given once: afterwards only that somebody was reminded may be written. The owner seals old rows anew.
FROZEN = """
CREATE FUNCTION closing_answered() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF (NEW.id, NEW.case_id, NEW.due_on, NEW.made_at) IS DISTINCT FROM (OLD.id, OLD.case_id, OLD.due_on, OLD.made_at)
     OR OLD.answered_at IS NOT NULL AND
     (NEW.safe_now, NEW.needs_more, NEW.text, NEW.answered_at, NEW.answered_by, NEW.answered_by_name)
     IS DISTINCT FROM
     (OLD.safe_now, OLD.needs_more, OLD.text, OLD.answered_at, OLD.answered_by, OLD.answered_by_name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'what was answered is frozen'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON closing_followup FOR EACH ROW EXECUTE FUNCTION closing_answered();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_ground"),
        ("closing", "0005_log"),
    ]

    operations = [
        migrations.AddField(
            model_name="closingreport",
            name="ending",
            field=models.CharField(
                choices=[
                    ("ordinary", "Avsluttet etter oppfølging"),
                    ("unfounded", "Bekymringen viste seg å være uten grunnlag"),
                    ("misuse", "Meldingen var misbruk av ordningen"),
                ],
                db_default="ordinary",
                default="ordinary",
                max_length=10,
            ),
        ),
        migrations.RunSQL(
            HELPED, state_operations=[migrations.AddField("closingreport", "helped", SealedTextField(blank=True))]
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reason", SealedTextField()),
                ("at", models.DateTimeField()),
                ("by_user", models.UUIDField(null=True)),
                ("by_name", models.CharField(max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reopenings", to="cases.case"
                    ),
                ),
            ],
            options={
                "db_table": "closing_reopening",
            },
        ),
        migrations.CreateModel(
            name="ReportCopy",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("pdf", SealedTextField()),
                ("sha256", SealedTextField()),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="copies", to="closing.closingreport"
                    ),
                ),
            ],
            options={
                "db_table": "closing_copy",
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("due_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("safe_now", SealedTextField(blank=True)),
                ("needs_more", SealedTextField(blank=True)),
                ("text", SealedTextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.UUIDField(blank=True, null=True)),
                ("answered_by_name", models.CharField(blank=True, max_length=200)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="followups", to="cases.case"
                    ),
                ),
            ],
            options={
                "db_table": "closing_followup",
                "indexes": [models.Index(fields=["answered_at", "due_on"], name="closing_followup_due")],
            },
        ),
        migrations.RunSQL(FROZEN),
    ]
