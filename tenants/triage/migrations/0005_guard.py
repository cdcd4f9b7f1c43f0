from django.db import migrations

# A service's receipt is for a choice of the same matter. Asked as the one who writes, so that a choice that is hidden
# from them answers as one that is not there.
SAME_MATTER = """
CREATE FUNCTION triage_same_matter() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM triage_carried c WHERE c.id = NEW.carried_id AND c.concern_id = NEW.concern_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'the choice is not in this matter'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER same_matter BEFORE INSERT ON triage_accepted FOR EACH ROW EXECUTE FUNCTION triage_same_matter();
"""
# That a matter stood still, since when and why, stays as it was; it is ended once. The owner seals old rows anew.
FROZEN = """
CREATE FUNCTION triage_hold_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF OLD.ended_at IS NOT NULL
     OR (NEW.id, NEW.concern_id, NEW.reason, NEW.look_at, NEW.at, NEW.by_user, NEW.by_name)
        IS DISTINCT FROM (OLD.id, OLD.concern_id, OLD.reason, OLD.look_at, OLD.at, OLD.by_user, OLD.by_name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'that it stood still is frozen'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON triage_hold FOR EACH ROW EXECUTE FUNCTION triage_hold_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("triage", "0004_escalation")]
    operations = [migrations.RunSQL(SAME_MATTER), migrations.RunSQL(FROZEN)]
