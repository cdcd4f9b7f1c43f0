from django.db import migrations

# A year and its halves, or one period twice, can be subtracted from each other, and so tell what was hidden in each.
ONCE = """
CREATE OR REPLACE FUNCTION returns_given_once() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
BEGIN
  IF EXISTS (SELECT FROM returns_given g
              WHERE left(g.period, 4) = left(NEW.period, 4)
                AND (g.period = NEW.period OR length(g.period) = 4 OR length(NEW.period) = 4))
  THEN RAISE insufficient_privilege USING MESSAGE = 'a period is given once, and no other that overlaps it'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER once BEFORE INSERT ON returns_given FOR EACH ROW EXECUTE FUNCTION returns_given_once();
"""


class Migration(migrations.Migration):
    dependencies = [("returns", "0004_given")]
    operations = [migrations.RunSQL(ONCE)]
