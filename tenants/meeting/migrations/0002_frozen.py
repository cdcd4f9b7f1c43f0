from django.db import migrations

# Approved minutes are not changed by anybody: not the meeting, its points, who came, who heard, or what was decided, and
# nothing is moved into them. Minutes are approved once they are there, not born so. A decision can still be reported as
# done, once.
FROZEN = """
CREATE FUNCTION meeting_frozen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
  done text[] := '{done_at,done_by_name}';
BEGIN
  IF TG_TABLE_NAME = 'meeting_meeting' AND TG_OP = 'INSERT' AND after ->> 'state' = 'approved'
  THEN RAISE insufficient_privilege USING MESSAGE = 'minutes are not born approved: frozen'; END IF;
  IF before ->> 'done_at' IS NOT NULL
     AND (before -> 'done_at', before -> 'done_by_name') IS DISTINCT FROM (after -> 'done_at', after -> 'done_by_name')
  THEN RAISE insufficient_privilege USING MESSAGE = 'what was done is frozen'; END IF;
  IF TG_TABLE_NAME = 'meeting_decision' AND TG_OP = 'UPDATE' AND before - done = after - done THEN RETURN NEW; END IF;
  IF EXISTS (
    SELECT 1 FROM meeting_meeting m, unnest(ARRAY[before, after]) AS r(one)
     WHERE m.state = 'approved'
       AND (m.id IN ((one ->> 'meeting_id')::uuid,
                     (SELECT i.meeting_id FROM meeting_item i WHERE i.id = (one ->> 'item_id')::uuid),
                     (SELECT p.meeting_id FROM meeting_participant p WHERE p.id = (one ->> 'participant_id')::uuid))
            OR TG_TABLE_NAME = 'meeting_meeting' AND one = before AND m.id = (one ->> 'id')::uuid))
  THEN RAISE insufficient_privilege USING MESSAGE = 'approved minutes are frozen'; END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON meeting_meeting FOR EACH ROW EXECUTE FUNCTION meeting_frozen();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON meeting_item FOR EACH ROW EXECUTE FUNCTION meeting_frozen();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON meeting_participant FOR EACH ROW EXECUTE FUNCTION meeting_frozen();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON meeting_hearing FOR EACH ROW EXECUTE FUNCTION meeting_frozen();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON meeting_decision FOR EACH ROW EXECUTE FUNCTION meeting_frozen();
"""
# Nobody is given something to do in a matter that they are shut out of (as triage's). What hangs on a point is of the
# point's matter and meeting; asked as the one who writes, so that a point they do not see answers as one that is not there.
OWNER = """
CREATE FUNCTION meeting_owner_sees() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF (NEW.concern_id, NEW.owner_id) IS DISTINCT FROM (OLD.concern_id, OLD.owner_id)
     AND matter_denied(NEW.concern_id, NEW.owner_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'the owner is shut out'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER owner_sees BEFORE INSERT OR UPDATE ON meeting_decision FOR EACH ROW EXECUTE FUNCTION meeting_owner_sees();
CREATE FUNCTION meeting_same_matter() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM meeting_item i WHERE i.id = NEW.item_id AND i.concern_id IS NOT DISTINCT FROM NEW.concern_id
                   AND i.meeting_id = coalesce((to_jsonb(NEW) ->> 'meeting_id')::uuid, i.meeting_id))
  THEN RAISE insufficient_privilege USING MESSAGE = 'the point is not of this matter'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON meeting_decision FOR EACH ROW EXECUTE FUNCTION meeting_same_matter();
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON meeting_hearing FOR EACH ROW EXECUTE FUNCTION meeting_same_matter();
"""
# As `matter_there`: asked before the row is looked for, so that a hidden point and an absent one take the same way.
THERE = """
CREATE FUNCTION meeting_item_there(key uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT access_purpose() IS NOT NULL
      OR EXISTS (SELECT 1 FROM meeting_item i WHERE i.id = key AND i.concern_id IS NULL)
      OR matter_open(coalesce((SELECT i.concern_id FROM meeting_item i WHERE i.id = key), key), access_user())
$$;
"""
# The agenda asks for open steps that were made or due long ago, the oldest first, and reads no more than it puts forward. An
# index that begins with done_at gives no order for that: PostgreSQL does not know that NULLs are alike.
STANDING = """
CREATE INDEX meeting_standing ON triage_nextstep (made_at) WHERE done_at IS NULL;
CREATE INDEX meeting_overdue ON triage_nextstep (due_at) WHERE done_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meeting", "0001_initial"),
        ("cases", "0006_ground"),
        ("triage", "0002_sealed"),
        ("inbox", "0008_ground"),
    ]
    operations = [
        migrations.RunSQL(FROZEN),
        migrations.RunSQL(OWNER),
        migrations.RunSQL(THERE),
        migrations.RunSQL(STANDING),
    ]
