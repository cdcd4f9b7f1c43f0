from django.db import migrations

# Which matters were ever joined is asked by the database's own functions; anybody else would be told of matters that
# they do not see. What Python needs is asked with the reader's own eyes: the matters that a deny row on this one shuts
# too. One that is hidden comes without its id, and only when somebody of those who are to be shut out sees it.
KIN = """
REVOKE EXECUTE ON FUNCTION joined_kin(uuid) FROM PUBLIC;
CREATE FUNCTION joined_shut_with(matter uuid, shut uuid[]) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT CASE WHEN access_purpose() IS NOT NULL OR matter_held(k.id, access_user()) THEN k.id END
    FROM joined_kin(matter) k(id)
   WHERE k.id <> matter
     AND (access_purpose() IS NOT NULL
          OR matter_held(matter, access_user())
             AND (matter_held(k.id, access_user())
                  OR EXISTS (SELECT 1 FROM unnest(shut) p(id) WHERE matter_held(k.id, p.id))))
$$;
"""
# Only of oneself, or of others by those who are on the major matter. CASE, because `major_open` asks `major_seen` again.
MAJOR = """
CREATE OR REPLACE FUNCTION major_seen(major uuid, person uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT CASE WHEN person = access_user() THEN true ELSE major_open(major, access_user()) END
     AND NOT EXISTS (SELECT 1 FROM joined_majorlink l WHERE l.major_id = major AND NOT matter_held(l.concern_id, person))
$$;
CREATE OR REPLACE FUNCTION major_open(major uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT CASE WHEN reader = access_user()
                   AND EXISTS (SELECT 1 FROM joined_majormember m WHERE m.major_id = major AND m.user_id = reader)
              THEN major_seen(major, reader) ELSE false END
$$;
CREATE OR REPLACE FUNCTION major_newborn(major uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce(reader = access_user(), false)
     AND EXISTS (SELECT 1 FROM joined_major m WHERE m.id = major AND m.made_by = reader)
     AND NOT EXISTS (SELECT 1 FROM joined_majormember m WHERE m.major_id = major)
     AND NOT EXISTS (SELECT 1 FROM joined_majorlink l WHERE l.major_id = major)
$$;
CREATE OR REPLACE FUNCTION major_all_see(major uuid, matter uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT major_open(major, access_user())
     AND NOT EXISTS (SELECT 1 FROM joined_majormember m WHERE m.major_id = major AND NOT matter_held(matter, m.user_id))
$$;
-- A leader who is told is active, and shut out of none of the matters.
CREATE OR REPLACE FUNCTION major_may_tell(major uuid, leader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT (access_purpose() IS NOT NULL OR coalesce(leader = access_user(), false) OR major_open(major, access_user()))
     AND EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = leader AND u.is_active AND g.role = 'leder')
     AND NOT EXISTS (SELECT 1 FROM joined_majorlink l WHERE l.major_id = major AND matter_denied(l.concern_id, leader))
$$;
"""
# As in 0002, and both must be covered for the same two, or neither. Asked with the rights of whoever joins.
FROZEN = """
CREATE OR REPLACE FUNCTION joined_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.concern_id = NEW.into_id OR NEW.ended_at IS NOT NULL
    THEN RAISE insufficient_privilege USING MESSAGE = 'two matters, and joined from now on'; END IF;
    IF (SELECT array(SELECT p FROM unnest(ARRAY[c.holder_id, c.substitute_id]) p WHERE p IS NOT NULL ORDER BY p)
          FROM inbox_cover c WHERE c.concern_id = NEW.concern_id)
       IS DISTINCT FROM
       (SELECT array(SELECT p FROM unnest(ARRAY[c.holder_id, c.substitute_id]) p WHERE p IS NOT NULL ORDER BY p)
          FROM inbox_cover c WHERE c.concern_id = NEW.into_id)
    THEN RAISE insufficient_privilege USING MESSAGE = 'covered for the same two, or neither'; END IF;
    RETURN NEW;
  END IF;
  IF OLD.ended_at IS NOT NULL
     OR (NEW.id, NEW.concern_id, NEW.into_id, NEW.reason, NEW.at, NEW.by_user, NEW.by_name)
        IS DISTINCT FROM (OLD.id, OLD.concern_id, OLD.into_id, OLD.reason, OLD.at, OLD.by_user, OLD.by_name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'a joining is frozen'; END IF;
  RETURN NEW;
END $$;
"""
# As in closing.0007, and what is done with a major matter, or told of it: under one of the matters in it, first one that
# is covered or that somebody is shut out of, so that whoever must not know of that matter does not see the row either.
MATTER = """
CREATE OR REPLACE FUNCTION audit_matter(what text, object_id text) RETURNS uuid
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  key uuid := object_id::uuid;
  found uuid;
BEGIN
  SELECT id INTO found FROM inbox_concern WHERE id = key;
  IF found IS NOT NULL THEN RETURN found; END IF;
  SELECT concern_id INTO found FROM cases_case WHERE id = key;
  IF found IS NOT NULL THEN RETURN found; END IF;
  RETURN CASE
    WHEN what = 'inbox.call.begun' THEN key
    WHEN what LIKE 'inbox.message%' THEN (SELECT concern_id FROM inbox_reportermessage WHERE id = key)
    WHEN what LIKE 'inbox.attachment%' THEN (SELECT concern_id FROM inbox_attachment WHERE id = key)
    WHEN what = 'triage.assessment' THEN (SELECT concern_id FROM triage_assessment WHERE id = key)
    WHEN what = 'triage.step' THEN (SELECT concern_id FROM triage_nextstep WHERE id = key)
    WHEN what = 'cases.note' THEN
      (SELECT c.concern_id FROM cases_note n JOIN cases_case c ON c.id = n.case_id WHERE n.id = key)
    WHEN what = 'cases.glass' THEN glass_matter(key)
    WHEN what LIKE 'measures.%' THEN
      (SELECT c.concern_id FROM measures_measure m JOIN cases_case c ON c.id = m.case_id WHERE m.id = key)
    WHEN what = 'closing.report' THEN
      (SELECT c.concern_id FROM closing_report r JOIN cases_case c ON c.id = r.case_id WHERE r.id = key)
    WHEN what IN ('closing.transfer.opened', 'post.CaseTransfer') THEN
      (SELECT concern_id FROM closing_transfer WHERE letter_id = key)
    WHEN what IN ('post.receipt.CaseTransfer', 'post.receipt.ConcernHandover') THEN
      (SELECT id FROM inbox_concern WHERE letter_id = key)
    WHEN what IN ('audit.finding', 'audit.review') THEN (SELECT matter_id FROM audit_finding WHERE id = key)
    WHEN what IN ('joined.major', 'joined.alert') THEN
      (SELECT l.concern_id FROM joined_majorlink l
        WHERE l.major_id = coalesce((SELECT a.major_id FROM joined_majoralert a WHERE a.id = key), key)
        ORDER BY EXISTS (SELECT 1 FROM inbox_cover v WHERE v.concern_id = l.concern_id) DESC,
                 (SELECT count(*) FROM inbox_denial d WHERE d.concern_id = l.concern_id AND d.lifted_at IS NULL) DESC, l.at, l.id
        LIMIT 1)
  END;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("joined", "0002_guard"), ("closing", "0007_begun")]
    operations = [
        migrations.RunSQL(KIN),
        migrations.RunSQL(MAJOR),
        migrations.RunSQL(FROZEN),
        migrations.RunSQL(MATTER),
    ]
