from django.db import migrations, models

import varde.privacy.fields

# Empty is no bytes. Rows from before were asked for one way: nobody knows of whom it speaks.
APART = """
ALTER TABLE inbox_concern ADD COLUMN safe_person bytea NOT NULL DEFAULT ''::bytea;
ALTER TABLE inbox_concern ADD COLUMN safe_apart boolean NOT NULL DEFAULT false;
"""
FROZEN = """
CREATE OR REPLACE FUNCTION inbox_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF (NEW.id, NEW.what, NEW.who, NEW.where_lives, NEW.where_happened, NEW."when", NEW.suspected, NEW.reporter_name,
      NEW.reporter_phone, NEW.reporter_relation, NEW.safe_person, NEW.safe_contact, NEW.safe_apart, NEW.extra,
      NEW.received_at, NEW.channel, NEW.about_staff, NEW.receipt_hash, NEW.letter_id, NEW.first_teller)
     IS DISTINCT FROM
     (OLD.id, OLD.what, OLD.who, OLD.where_lives, OLD.where_happened, OLD."when", OLD.suspected, OLD.reporter_name,
      OLD.reporter_phone, OLD.reporter_relation, OLD.safe_person, OLD.safe_contact, OLD.safe_apart, OLD.extra,
      OLD.received_at, OLD.channel, OLD.about_staff, OLD.receipt_hash, OLD.letter_id, OLD.first_teller)
  THEN RAISE insufficient_privilege USING MESSAGE = 'what was told is frozen'; END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0015_handed")]

    operations = [
        migrations.RunSQL(
            APART,
            state_operations=[
                migrations.AddField("concern", "safe_person", varde.privacy.fields.SealedTextField(blank=True)),
                migrations.AddField("concern", "safe_apart", models.BooleanField(default=False)),
            ],
        ),
        migrations.RunSQL(FROZEN),
    ]
