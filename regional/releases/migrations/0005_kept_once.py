from django.db import migrations

# As in 0004, and besides: what is kept under a mark is kept once, for a second row of the mark could be read in its place.
KEPT = """
CREATE OR REPLACE FUNCTION releases_was_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM releases_entry e WHERE e.content ->> 'wish' = NEW.wish::text
                    AND NEW.mark IN (e.content ->> 'kept', e.content ->> 'proof')) THEN
    RAISE insufficient_privilege USING MESSAGE = 'what is kept belongs to a row of the ledger'; END IF;
  IF EXISTS (SELECT 1 FROM releases_kept k
              WHERE k.wish = NEW.wish AND k.kind = NEW.kind AND k.mark = NEW.mark AND k.id <> NEW.id) THEN
    RAISE insufficient_privilege USING MESSAGE = 'what a row rests on is kept once'; END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("releases", "0004_one_copy")]
    operations = [migrations.RunSQL(KEPT)]
