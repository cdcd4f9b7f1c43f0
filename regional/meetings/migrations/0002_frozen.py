from django.db import migrations

# Whoever leads the meeting or writes at it may write in it; asked past the row rights, since they are what asks.
LED = """
CREATE OR REPLACE FUNCTION meetings_led(key uuid, person uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM meetings_meeting m
                  WHERE m.id = key AND person IN (m.chair_user_id, m.taker_user_id))
$$;
"""
# Where somebody is still writing: that there is a draft at an address, and from when, never what is in it. Who asks must
# know the address, the person and the server's key (varde.identity.drafts).
UNSAVED = """
CREATE OR REPLACE FUNCTION meetings_unsaved(places text[]) RETURNS TABLE (place text, saved_at timestamptz)
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT d.place::text, max(d.saved_at) FROM identity_draft d WHERE d.place = ANY(places) GROUP BY d.place
$$;
"""
# Approved minutes are changed by nobody: not the meeting, its points, who came, or what was decided, and nothing is moved into
# them. They are approved once they are there, by the chair. A decision can still be reported as done, once, and its owner
# told that the day is over.
FROZEN = """
CREATE OR REPLACE FUNCTION meetings_frozen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
  done text[] := '{done_at,done_by_name,came_of}';
BEGIN
  IF TG_TABLE_NAME = 'meetings_meeting' AND after ->> 'state' = 'approved' AND before ->> 'state' IS DISTINCT FROM 'approved'
  THEN
    IF before ->> 'state' IS DISTINCT FROM 'sent' OR NOT EXISTS (
      SELECT 1 FROM meetings_approval a WHERE a.meeting_id = (after ->> 'id')::uuid AND a.office = 'chair'
         AND a.round = (after ->> 'round')::integer)
       OR before - '{state,approved_at}'::text[] IS DISTINCT FROM after - '{state,approved_at}'::text[]
    THEN RAISE insufficient_privilege USING MESSAGE = 'minutes are approved by the chair: frozen'; END IF;
    RETURN NEW;
  END IF;
  IF before ->> 'done_at' IS NOT NULL AND EXISTS (
    SELECT 1 FROM unnest(done) AS f(name) WHERE before -> f.name IS DISTINCT FROM after -> f.name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'what was done is frozen'; END IF;
  IF TG_TABLE_NAME = 'meetings_decision' AND TG_OP = 'UPDATE'
     AND before - done - 'told_at' = after - done - 'told_at' THEN RETURN NEW; END IF;
  IF EXISTS (
    SELECT 1 FROM meetings_meeting m, unnest(ARRAY[before, after]) AS r(one)
     WHERE m.state = 'approved'
       AND (m.id = (one ->> 'meeting_id')::uuid OR TG_TABLE_NAME = 'meetings_meeting' AND m.id = (one ->> 'id')::uuid))
  THEN RAISE insufficient_privilege USING MESSAGE = 'approved minutes are frozen'; END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON meetings_meeting
  FOR EACH ROW EXECUTE FUNCTION meetings_frozen();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON meetings_item FOR EACH ROW EXECUTE FUNCTION meetings_frozen();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON meetings_invitee
  FOR EACH ROW EXECUTE FUNCTION meetings_frozen();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON meetings_decision
  FOR EACH ROW EXECUTE FUNCTION meetings_frozen();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON meetings_paper FOR EACH ROW EXECUTE FUNCTION meetings_frozen();
CREATE TRIGGER frozen BEFORE INSERT ON meetings_approval FOR EACH ROW EXECUTE FUNCTION meetings_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("access", "0001_initial"), ("identity", "0005_one_draft_a_window")]
    operations = [migrations.RunSQL(LED), migrations.RunSQL(UNSAVED), migrations.RunSQL(FROZEN)]
