from django.db import migrations

# Which transaction laid it, so that the words of a step only change together with what stood. Set by the database.
LAID_IN = """
ALTER TABLE triage_stepwas ADD COLUMN laid_in bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint);
CREATE FUNCTION triage_stepwas_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.laid_in := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;
CREATE TRIGGER now BEFORE INSERT ON triage_stepwas FOR EACH ROW EXECUTE FUNCTION triage_stepwas_now();
"""
# A person lays a step that is not done, and reports it done in their own name, once. What it says, and what came of it,
# is put right where what stood is kept; who does it, by when and how it hurries may change until it is done. The owner
# seals old rows anew.
FROZEN = """
CREATE FUNCTION triage_step_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  kept boolean[];
BEGIN
  IF access_purpose() IS NOT NULL
     OR pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.done_at IS NOT NULL OR NEW.done_by IS NOT NULL OR NEW.done_by_name <> ''
    THEN RAISE insufficient_privilege USING MESSAGE = 'a step is laid before it is done'; END IF;
    RETURN NEW;
  END IF;
  kept := ARRAY(SELECT w.outcome FROM triage_stepwas w
                 WHERE w.step_id = OLD.id AND w.laid_in = pg_current_xact_id()::text::bigint);
  IF (NEW.id, NEW.concern_id, NEW.made_at, NEW.made_by_name)
     IS DISTINCT FROM (OLD.id, OLD.concern_id, OLD.made_at, OLD.made_by_name)
     OR NEW.text <> OLD.text AND false <> ALL (kept)
     OR OLD.done_at IS NOT NULL
        AND ((NEW.owner_id, NEW.due_at, NEW.akutt, NEW.done_at, NEW.done_by, NEW.done_by_name)
             IS DISTINCT FROM (OLD.owner_id, OLD.due_at, OLD.akutt, OLD.done_at, OLD.done_by, OLD.done_by_name)
             OR NEW.reminded_at IS DISTINCT FROM OLD.reminded_at
             OR NEW.came_of <> OLD.came_of AND true <> ALL (kept))
     OR OLD.done_at IS NULL AND NEW.done_at IS NULL
        AND (NEW.done_by, NEW.done_by_name, NEW.came_of) IS DISTINCT FROM (OLD.done_by, OLD.done_by_name, OLD.came_of)
  THEN RAISE insufficient_privilege USING MESSAGE = 'a step is frozen'; END IF;
  IF OLD.done_at IS NULL AND NEW.done_at IS NOT NULL THEN
    IF NEW.done_by IS DISTINCT FROM access_user() OR NEW.done_at > clock_timestamp() + interval '1 minute'
    THEN RAISE insufficient_privilege USING MESSAGE = 'a step is reported done now, in one''s own name'; END IF;
    NEW.done_by_name := own_name();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE ON triage_nextstep FOR EACH ROW EXECUTE FUNCTION triage_step_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("triage", "0012_reminded"), ("inbox", "0017_who_decides")]
    operations = [migrations.RunSQL(LAID_IN), migrations.RunSQL(FROZEN)]
