import uuid

import django.db.models.deletion
from django.db import migrations, models

from varde.privacy.fields import SealedTextField

# No text yet is no bytes; the default is for the rows that are there.
GROUND = "ALTER TABLE persons_warning ADD COLUMN ground bytea NOT NULL DEFAULT ''::bytea"
# What somebody was warned of is never changed: only its end is written, once and whole. The owner seals old rows anew.
FROZEN = """
CREATE FUNCTION persons_warning_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
     OR to_jsonb(NEW) - '{ended_at,ended_by_name,ended_reason}'::text[]
        IS DISTINCT FROM to_jsonb(OLD) - '{ended_at,ended_by_name,ended_reason}'::text[]
  THEN RAISE insufficient_privilege USING MESSAGE = 'a warning is frozen'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON persons_warning FOR EACH ROW EXECUTE FUNCTION persons_warning_frozen();
"""
# The token of a place is laid beside a warning of the same matter; asked as the one who writes, as `same_matter`.
OF_WARNING = """
CREATE FUNCTION persons_of_warning() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM persons_warning w WHERE w.id = NEW.warning_id AND w.concern_id = NEW.concern_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'the warning is not in this matter'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER of_warning BEFORE INSERT ON persons_warningterm FOR EACH ROW EXECUTE FUNCTION persons_of_warning();
"""
# Who reported is closed: a search must not find it. Cards of reporters lay no tokens any more; those laid before go.
NO_REPORTERS = "DELETE FROM persons_term t USING persons_person p WHERE p.id = t.person_id AND p.role = 'reporter'"


class Migration(migrations.Migration):
    dependencies = [("persons", "0002_guard"), ("inbox", "0011_places")]

    operations = [
        migrations.RunSQL(
            GROUND, state_operations=[migrations.AddField("safetywarning", "ground", SealedTextField(blank=True))]
        ),
        migrations.CreateModel(
            name="WarningTerm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("token", models.BinaryField()),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.concern"
                    ),
                ),
                (
                    "warning",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="persons.safetywarning"
                    ),
                ),
            ],
            options={
                "db_table": "persons_warningterm",
                "indexes": [models.Index(fields=["token"], name="persons_warning_token")],
            },
        ),
        migrations.RunSQL(FROZEN),
        migrations.RunSQL(OF_WARNING),
        migrations.RunSQL(NO_REPORTERS),
    ]
