from django.db import migrations

# What the owners before finished stays readable to the owner, also where a matter is hidden from them later: rows that
# went away would tell. Nobody but the owner finishes anything, so all of it is from before they were named.
READS = """
CREATE OR REPLACE FUNCTION reporting_shut_out_by(person uuid, until timestamptz) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  same uuid[] := ARRAY(SELECT identity_same(person));
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM inbox_denial d
     WHERE d.lifted_at IS NULL AND d.at <= until
       AND (d.user_id = ANY (same) OR d.service <> '' AND lower(btrim(d.service)) IN (
         SELECT lower(btrim(u.service)) FROM identity_user u WHERE u.id = person
         UNION ALL SELECT lower(btrim(t.service)) FROM team_member t WHERE t.user_id = person)));
END $$;
CREATE OR REPLACE FUNCTION reporting_shut_out(person uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT reporting_shut_out_by(person, 'infinity')
$$;
-- They would tell anybody whether something is hidden from them.
REVOKE EXECUTE ON FUNCTION reporting_shut_out_by(uuid, timestamptz) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION reporting_shut_out(uuid) FROM PUBLIC;
-- For the worker alone.
CREATE OR REPLACE FUNCTION reporting_clean(person uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce(access_purpose() = 'returns', false) AND reporting_named(person) AND NOT reporting_shut_out(person)
$$;
-- Is whoever asks named, and was nothing hidden from them when they were?
CREATE OR REPLACE FUNCTION reporting_reads() RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT reporting_named(access_user()) AND NOT reporting_shut_out_by(
    access_user(), (SELECT o.at FROM reporting_owner o ORDER BY o.at DESC, o.id LIMIT 1))
$$;
-- Which grant report of a year holds: for the owner, who corrects it also where they may not read it.
CREATE OR REPLACE FUNCTION reporting_grant_newest(of_year integer) RETURNS uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT g.id FROM reporting_grant g WHERE g.year = of_year AND g.former IS NULL AND reporting_named(access_user())
   ORDER BY g.finished_at DESC, g.id DESC LIMIT 1
$$;
"""
# As in 0004, and one order of those that have one number: a merger before they were marked left such.
NEXT = """
CREATE OR REPLACE FUNCTION reporting_next() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  SET CONSTRAINTS has_copy DEFERRED;  -- the copy is laid after its report, also where all else is asked at once
  PERFORM pg_advisory_xact_lock(hashtextextended(current_schema() || ' reporting_report', 0));
  IF NEW.number <> (SELECT coalesce(max(r.number), 0) + 1 FROM reporting_report r) THEN
    RAISE insufficient_privilege USING MESSAGE = 'reports are numbered without a gap'; END IF;
  IF NEW.replaces_id IS DISTINCT FROM (SELECT r.id FROM reporting_report r
       WHERE r.period = NEW.period AND r.former IS NULL ORDER BY r.number DESC, r.id DESC LIMIT 1) THEN
    RAISE insufficient_privilege USING MESSAGE = 'a correction is of the newest report of its period'; END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_next_and_former")]
    operations = [migrations.RunSQL(READS), migrations.RunSQL(NEXT)]
