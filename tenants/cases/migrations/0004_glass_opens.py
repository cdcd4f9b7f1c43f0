from django.db import migrations

# What was typed is held against the real cases here and nowhere else. A deny row against the one who approved counts too.
GLASS = """
CREATE FUNCTION glass_matter(request uuid) RETURNS uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT CASE WHEN count(*) = 1 THEN (array_agg(hit.id))[1] END FROM (
    SELECT n.id FROM cases_glassrequest g JOIN inbox_concern n ON g.target = n.id::text WHERE g.id = request
    UNION
    SELECT c.concern_id FROM cases_glassrequest g JOIN cases_case c
      ON g.target IN (c.id::text, to_char(c.counted_from, 'YYYY') || '-' || upper(left(replace(c.id::text, '-', ''), 6)))
     WHERE g.id = request) hit
$$;
-- Whoever may ask it would learn whether there is such a case: only the functions here may.
REVOKE EXECUTE ON FUNCTION glass_matter(uuid) FROM PUBLIC;
CREATE FUNCTION glass_into(matter uuid) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT g.id FROM cases_glassrequest g
   WHERE g.approved AND glass_matter(g.id) = matter
     AND (access_purpose() IS NOT NULL OR matter_open(matter, access_user()))
$$;
-- Has worked here for a while, in a role that may ask or approve: nobody makes themselves a helper for the occasion.
CREATE FUNCTION glass_settled(person uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = person AND u.is_active AND g.role IN ('koordinator', 'teammedlem', 'leder')
                    AND g.granted_at <= now() - interval '72 hours')
$$;
-- Only the one who was asked answers, once and in time, and the database's own clock says until when.
CREATE FUNCTION glass_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(access_purpose() NOT IN ('intake', 'receipt'), false) THEN RETURN NEW; END IF;
  IF (NEW.target, NEW.asked_by_id, NEW.approver_id, NEW.asked_at, NEW.hours, NEW.reason)
     IS DISTINCT FROM (OLD.target, OLD.asked_by_id, OLD.approver_id, OLD.asked_at, OLD.hours, OLD.reason)
     OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)
  THEN RAISE insufficient_privilege USING MESSAGE = 'a request is not changed'; END IF;
  IF (NEW.approved, NEW.answered_at, NEW.until) IS DISTINCT FROM (OLD.approved, OLD.answered_at, OLD.until) THEN
    IF access_user() IS DISTINCT FROM OLD.approver_id OR OLD.answered_at IS NOT NULL
       OR OLD.asked_at < now() - interval '24 hours'
    THEN RAISE insufficient_privilege USING MESSAGE = 'not yours to answer'; END IF;
    IF NEW.approved AND NOT (glass_settled(OLD.asked_by_id) AND glass_settled(OLD.approver_id))
    THEN RAISE insufficient_privilege USING MESSAGE = 'too new here'; END IF;
    NEW.answered_at := now();
    NEW.until := CASE WHEN NEW.approved THEN now() + make_interval(hours => NEW.hours) END;
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION glass_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF access_user() IS NOT NULL THEN NEW.asked_at := now(); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER asked BEFORE INSERT ON cases_glassrequest FOR EACH ROW EXECUTE FUNCTION glass_asked();
CREATE TRIGGER answered BEFORE UPDATE ON cases_glassrequest FOR EACH ROW EXECUTE FUNCTION glass_answered();
CREATE OR REPLACE FUNCTION matter_lent(matter uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (
    SELECT 1 FROM cases_glassrequest g
     WHERE g.asked_by_id = reader AND g.approved AND g.ended_at IS NULL AND statement_timestamp() < g.until
       AND NOT matter_denied(matter, g.approver_id)
       AND glass_matter(g.id) = matter)
$$;
CREATE FUNCTION glass_seen(request uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT matter_open(glass_matter(request), reader)
$$;
-- Whom to tell when the glass is broken: those who see the case without it. For the purpose that reminds.
CREATE FUNCTION glass_readers(request uuid) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT u.id FROM identity_user u
   WHERE access_purpose() = 'reminders' AND matter_held(glass_matter(request), u.id)
     AND u.id <> (SELECT g.asked_by_id FROM cases_glassrequest g WHERE g.id = request)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_glass")]
    operations = [migrations.RunSQL(GLASS)]
