from django.db import migrations

# Who owns the figures of the whole office. The second one asks besides whether a deny row hides anything from them,
# by whatever account they come, or by their service: then no figure of the whole office is theirs (decision 1).
OWNER = """
CREATE OR REPLACE FUNCTION reporting_named(person uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT person IS NOT NULL AND team_coordinates(person) AND EXISTS (
    SELECT 1 FROM (SELECT o.user_id FROM reporting_owner o ORDER BY o.at DESC, o.id LIMIT 1) newest
     WHERE newest.user_id = person)
$$;
CREATE OR REPLACE FUNCTION reporting_clean(person uuid) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  same uuid[] := ARRAY(SELECT identity_same(person));
BEGIN
  RETURN reporting_named(person) AND NOT EXISTS (
    SELECT 1 FROM inbox_denial d
     WHERE d.lifted_at IS NULL
       AND (d.user_id = ANY (same) OR d.service <> '' AND lower(btrim(d.service)) IN (
         SELECT lower(btrim(u.service)) FROM identity_user u WHERE u.id = person
         UNION ALL SELECT lower(btrim(t.service)) FROM team_member t WHERE t.user_id = person)));
END $$;
"""
# What is finished is what was counted, and of the report that its own owner finished.
SAME = """
CREATE OR REPLACE FUNCTION reporting_as_counted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
BEGIN
  IF access_user() IS NULL THEN RETURN NEW; END IF;
  IF NOT EXISTS (SELECT 1 FROM reporting_draft d JOIN reporting_report r ON r.id = NEW.report_id AND r.period = d.period
                  WHERE d.id = NEW.draft AND d.content = NEW.content AND d.content <> '' AND d.digest = NEW.digest
                    AND d.ordered_by = access_user() AND r.finished_by = access_user())
  THEN RAISE insufficient_privilege USING MESSAGE = 'a report is finished as it was counted'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER as_counted BEFORE INSERT ON reporting_copy FOR EACH ROW EXECUTE FUNCTION reporting_as_counted();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial"), ("joined", "0010_same_person"), ("team", "0001_initial")]
    operations = [migrations.RunSQL(OWNER), migrations.RunSQL(SAME)]
