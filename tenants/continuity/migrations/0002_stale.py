from django.db import migrations, models

# Whoever shuts somebody out may not change that person's row, and must be able to say this of it. It does no more than
# let a pack be made again. In one order, so that two who shut out never wait in a ring.
STALE = """
CREATE FUNCTION continuity_stale(persons uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM 1 FROM continuity_holder WHERE user_id = ANY (persons) ORDER BY id FOR NO KEY UPDATE;
  UPDATE continuity_holder SET stale_since = clock_timestamp() WHERE user_id = ANY (persons);
END $$;
-- Taken off a case, or out of a role: there is less to see than before.
CREATE FUNCTION continuity_sees_less() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM continuity_stale(ARRAY[OLD.user_id]);
  RETURN NULL;
END $$;
CREATE TRIGGER sees_less AFTER DELETE ON cases_casemember FOR EACH ROW EXECUTE FUNCTION continuity_sees_less();
CREATE TRIGGER sees_less AFTER DELETE ON identity_rolegrant FOR EACH ROW EXECUTE FUNCTION continuity_sees_less();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("continuity", "0001_initial"),
        ("cases", "0001_initial"),
        ("identity", "0001_initial"),
    ]
    operations = [
        migrations.AddField("holder", "stale_since", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(STALE),
    ]
