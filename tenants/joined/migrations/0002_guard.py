from django.db import migrations

# Every matter that this one was ever joined with, also by way of another, itself included. What was carried over stays
# where it is when they are parted, and so does who is shut out.
KIN = """
CREATE FUNCTION joined_kin(matter uuid) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH RECURSIVE kin(id) AS (
    SELECT matter
    UNION
    SELECT CASE WHEN j.concern_id = k.id THEN j.into_id ELSE j.concern_id END
      FROM kin k JOIN joined_join j ON j.concern_id = k.id OR j.into_id = k.id)
  SELECT id FROM kin
$$;
CREATE OR REPLACE FUNCTION matter_denied(matter uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (
    SELECT 1 FROM inbox_denial d
     WHERE d.concern_id = ANY (
         CASE WHEN EXISTS (SELECT 1 FROM joined_join WHERE concern_id = matter OR into_id = matter)
              THEN ARRAY(SELECT joined_kin(matter)) ELSE ARRAY[matter] END)
       AND d.lifted_at IS NULL
       AND (d.user_id = reader OR d.service <> '' AND lower(btrim(d.service)) IN (
         SELECT lower(btrim(u.service)) FROM identity_user u WHERE u.id = reader
         UNION ALL SELECT lower(btrim(t.service)) FROM team_member t WHERE t.user_id = reader)))
$$;
CREATE OR REPLACE FUNCTION audit_shut(reader uuid) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT joined_kin(d.concern_id) FROM inbox_denial d
   WHERE d.lifted_at IS NULL AND reader = access_user() AND matter_denied(d.concern_id, reader)
  UNION
  SELECT c.concern_id FROM inbox_cover c
   WHERE reader = access_user() AND EXISTS (SELECT 1 FROM identity_rolegrant g
                  WHERE g.user_id = reader AND g.role IN ('leder', 'koordinator', 'teammedlem'))
     AND NOT matter_open(c.concern_id, reader)
$$;
"""
# A joined matter is closed, but for whoever told it it goes on as the one that it was joined to; and one that another
# kommune took over goes on there.
RECEIPT = """
CREATE OR REPLACE FUNCTION receipt_state(OUT id uuid, OUT progress text, OUT received_at timestamptz) RETURNS SETOF record
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH RECURSIVE way(matter, step) AS (
    SELECT receipt_matter(), 0
    UNION ALL
    SELECT j.into_id, w.step + 1 FROM way w JOIN joined_join j ON j.concern_id = w.matter AND j.ended_at IS NULL
     WHERE w.step < 100)
  SELECT c.id,
         CASE WHEN EXISTS (SELECT 1 FROM closing_transfer t WHERE t.concern_id = head.id) THEN 'in_progress'
              ELSE head.progress END,
         c.received_at
    FROM inbox_concern c, inbox_concern head
   WHERE c.id = receipt_matter() AND head.id = (SELECT w.matter FROM way w ORDER BY w.step DESC LIMIT 1)
$$;
"""
# A joining is only ever ended, once; and while it holds, nobody takes the joined matter up by another way.
FROZEN = """
CREATE FUNCTION joined_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.concern_id = NEW.into_id OR NEW.ended_at IS NOT NULL
    THEN RAISE insufficient_privilege USING MESSAGE = 'two matters, and joined from now on'; END IF;
    RETURN NEW;
  END IF;
  IF OLD.ended_at IS NOT NULL
     OR (NEW.id, NEW.concern_id, NEW.into_id, NEW.reason, NEW.at, NEW.by_user, NEW.by_name)
        IS DISTINCT FROM (OLD.id, OLD.concern_id, OLD.into_id, OLD.reason, OLD.at, OLD.by_user, OLD.by_name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'a joining is frozen'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE ON joined_join FOR EACH ROW EXECUTE FUNCTION joined_frozen();
CREATE FUNCTION joined_stays_closed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF OLD.progress = 'closed' AND NEW.progress <> 'closed'
     AND EXISTS (SELECT 1 FROM joined_join WHERE concern_id = NEW.id AND ended_at IS NULL)
  THEN RAISE insufficient_privilege USING MESSAGE = 'it goes on as another matter'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER joined_stays_closed BEFORE UPDATE OF progress ON inbox_concern
  FOR EACH ROW EXECUTE FUNCTION joined_stays_closed();
"""
# Who is on a major matter and sees every matter in it. One that is hidden and one that is not there answer alike.
MAJOR = """
CREATE FUNCTION major_seen(major uuid, person uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT NOT EXISTS (SELECT 1 FROM joined_majorlink l WHERE l.major_id = major AND NOT matter_held(l.concern_id, person))
$$;
CREATE FUNCTION major_open(major uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM joined_majormember m WHERE m.major_id = major AND m.user_id = reader)
     AND major_seen(major, reader)
$$;
CREATE FUNCTION major_newborn(major uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM joined_major m WHERE m.id = major AND m.made_by = reader)
     AND NOT EXISTS (SELECT 1 FROM joined_majormember m WHERE m.major_id = major)
     AND NOT EXISTS (SELECT 1 FROM joined_majorlink l WHERE l.major_id = major)
$$;
CREATE FUNCTION major_all_see(major uuid, matter uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT NOT EXISTS (SELECT 1 FROM joined_majormember m WHERE m.major_id = major AND NOT matter_held(matter, m.user_id))
$$;
-- A leader who is told is active, and shut out of none of the matters.
CREATE FUNCTION major_may_tell(major uuid, leader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = leader AND u.is_active AND g.role = 'leder')
     AND NOT EXISTS (SELECT 1 FROM joined_majorlink l WHERE l.major_id = major AND matter_denied(l.concern_id, leader))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("joined", "0001_initial"),
        ("closing", "0006_after"),
        ("inbox", "0009_conversation"),
        ("team", "0001_initial"),
        ("audit", "0004_matter"),
    ]
    operations = [
        migrations.RunSQL(KIN),
        migrations.RunSQL(RECEIPT),
        migrations.RunSQL(FROZEN),
        migrations.RunSQL(MAJOR),
    ]
