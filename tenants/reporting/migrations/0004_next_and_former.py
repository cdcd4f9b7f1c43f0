from django.db import migrations, models

# Nobody from whom something is hidden by a deny row is named, and whoever names is told no more than that: not what, and
# nothing at all where something is hidden from themselves. Where it is hidden later, those who name are asked to name
# another, but for the owner and for whoever something is hidden from.
OWNER = """
CREATE OR REPLACE FUNCTION reporting_shut_out(person uuid) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  same uuid[] := ARRAY(SELECT identity_same(person));
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM inbox_denial d
     WHERE d.lifted_at IS NULL
       AND (d.user_id = ANY (same) OR d.service <> '' AND lower(btrim(d.service)) IN (
         SELECT lower(btrim(u.service)) FROM identity_user u WHERE u.id = person
         UNION ALL SELECT lower(btrim(t.service)) FROM team_member t WHERE t.user_id = person)));
END $$;
CREATE OR REPLACE FUNCTION reporting_clean(person uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT reporting_named(person) AND NOT reporting_shut_out(person)
$$;
CREATE OR REPLACE FUNCTION reporting_may_be_named(person uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT access_user() IS NOT NULL AND team_coordinates(person) AND person NOT IN (SELECT identity_same(access_user()))
     AND (reporting_shut_out(access_user()) OR NOT reporting_shut_out(person))
$$;
CREATE OR REPLACE FUNCTION reporting_needs_another() RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce((SELECT reporting_shut_out(o.user_id) AND access_user() NOT IN (SELECT identity_same(o.user_id))
                          AND NOT reporting_shut_out(access_user())
                     FROM reporting_owner o ORDER BY o.at DESC, o.id LIMIT 1), false)
$$;
CREATE OR REPLACE FUNCTION reporting_owner_named() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT reporting_may_be_named(NEW.user_id)
     OR NEW.user_name <> (SELECT left(u.name, 200) FROM identity_user u WHERE u.id = NEW.user_id) THEN
    RAISE insufficient_privilege USING MESSAGE = 'another coordinator from whom nothing is hidden is named, by name'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER named BEFORE INSERT ON reporting_owner FOR EACH ROW EXECUTE FUNCTION reporting_owner_named();
"""
# A finished report is the next one, corrects the newest of its period, and says something: neither a number that is used
# nor a report without its copy. Asked of what people lay; what the owner of the tables carries over stands as it was.
NEXT = """
CREATE OR REPLACE FUNCTION reporting_next() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  SET CONSTRAINTS has_copy DEFERRED;  -- the copy is laid after its report, also where all else is asked at once
  PERFORM pg_advisory_xact_lock(hashtextextended(current_schema() || ' reporting_report', 0));
  IF NEW.number <> (SELECT coalesce(max(r.number), 0) + 1 FROM reporting_report r) THEN
    RAISE insufficient_privilege USING MESSAGE = 'reports are numbered without a gap'; END IF;
  IF NEW.replaces_id IS DISTINCT FROM (SELECT r.id FROM reporting_report r
       WHERE r.period = NEW.period AND r.former IS NULL ORDER BY r.number DESC LIMIT 1) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a correction is of the newest report of its period'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION reporting_has_copy() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM reporting_copy c WHERE c.report_id = NEW.id) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a finished report has a frozen copy'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION reporting_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what has been reported is append-only';
END $$;
CREATE OR REPLACE FUNCTION reporting_grant_made() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.digest <> encode(sha256(convert_to(NEW.content, 'UTF8')), 'hex') THEN
    RAISE insufficient_privilege USING MESSAGE = 'a grant report is finished as it was seen'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(current_schema() || ' reporting_grant', 0));
  IF NEW.replaces_id IS DISTINCT FROM (SELECT g.id FROM reporting_grant g
       WHERE g.year = NEW.year AND g.former IS NULL ORDER BY g.finished_at DESC, g.id DESC LIMIT 1)
     OR (NEW.replaces_id IS NOT NULL AND btrim(NEW.because) = '') THEN
    RAISE insufficient_privilege USING MESSAGE = 'a correction is of the newest report of its year, and says why'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER next_report BEFORE INSERT ON reporting_report FOR EACH ROW EXECUTE FUNCTION reporting_next();
CREATE CONSTRAINT TRIGGER has_copy AFTER INSERT ON reporting_report DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION reporting_has_copy();
CREATE TRIGGER report_stands BEFORE UPDATE OR DELETE ON reporting_report FOR EACH ROW EXECUTE FUNCTION reporting_stands();
CREATE TRIGGER copy_stands BEFORE UPDATE OR DELETE ON reporting_copy FOR EACH ROW EXECUTE FUNCTION reporting_stands();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0003_grant"),
        ("joined", "0010_same_person"),
        ("team", "0001_initial"),
    ]
    operations = [
        migrations.AddField(model_name="grantreport", name="former", field=models.UUIDField(blank=True, null=True)),
        migrations.AddField(model_name="report", name="former", field=models.UUIDField(blank=True, null=True)),
        migrations.RunSQL(OWNER),
        migrations.RunSQL(NEXT),
    ]
