import uuid

import django.db.models.deletion
from django.db import migrations, models

# Ties a concern of this very transaction to the one matter that is called what was said: by its number, its receipt or
# the phone service's reference. Nothing is answered, and everything is asked whatever was said: whoever took the call may
# see no matter and must not learn which there are.
NAME = """
CREATE FUNCTION joined_name(newborn uuid, said text, receipt text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  parts text[] := regexp_match(upper(said), '^(?:SAK )?(?:([0-9]{4})-)?([0-9A-F]{6})$');
  bare text := replace(replace(upper(said), '-', ''), ' ', '');
  found uuid[];
BEGIN
  IF NOT matter_newborn(newborn) THEN RETURN; END IF;
  SELECT array_agg(DISTINCT m.id) INTO found FROM (
    SELECT c.id FROM inbox_concern c WHERE c.receipt_hash = nullif(receipt, '')
    UNION ALL
    SELECT c.id FROM inbox_concern c
     WHERE c.reference <> '' AND c.reference LIKE 'V-%' AND replace(c.reference, '-', '') = nullif(bare, '')
    UNION ALL
    SELECT k.concern_id FROM cases_case k
     WHERE upper(left(replace(k.id::text, '-', ''), 6)) = parts[2]
       AND (parts[1] IS NULL OR extract(year FROM k.counted_from)::int = parts[1]::int)) m
   WHERE m.id <> newborn;
  INSERT INTO joined_addition (id, concern_id, source_id, at)
  SELECT gen_random_uuid(), f.id, newborn, clock_timestamp() FROM unnest(found) f(id) WHERE cardinality(found) = 1;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("joined", "0006_by_whom"), ("cases", "0001_initial"), ("inbox", "0009_conversation")]

    operations = [
        migrations.CreateModel(
            name="Addition",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.concern"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.concern"
                    ),
                ),
            ],
            options={"db_table": "joined_addition"},
        ),
        migrations.RunSQL(NAME),
    ]
