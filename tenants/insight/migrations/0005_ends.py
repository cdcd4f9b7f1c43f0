from django.db import migrations

# As in 0002; and a request ends once, by a coordinator who holds the matter: while one is open nothing is deleted. What
# was refused or withdrawn stays so, and of what was given another document may be made.
REQUEST = """
CREATE OR REPLACE FUNCTION insight_request_stays() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF (NEW.state = 'open') IS DISTINCT FROM (NEW.ended_at IS NULL) OR TG_OP = 'INSERT' AND NEW.state <> 'open'
  THEN RAISE insufficient_privilege USING MESSAGE = 'a request is open until it is ended'; END IF;
  IF TG_OP = 'INSERT' THEN RETURN NEW; END IF;
  IF (NEW.id, NEW.concern_id, NEW.person_id, NEW.asker, NEW.asker_name, NEW.identity, NEW.received_on, NEW.made_at,
      NEW.made_by_name)
     IS DISTINCT FROM
     (OLD.id, OLD.concern_id, OLD.person_id, OLD.asker, OLD.asker_name, OLD.identity, OLD.received_on, OLD.made_at,
      OLD.made_by_name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'who asked is frozen'; END IF;
  IF (NEW.state, NEW.due_on, NEW.reason, NEW.ended_at, NEW.ended_by_name)
     IS NOT DISTINCT FROM (OLD.state, OLD.due_on, OLD.reason, OLD.ended_at, OLD.ended_by_name)
  THEN RETURN NEW; END IF;
  IF NOT insight_decides() OR access_purpose() IS NULL AND NOT matter_held(NEW.concern_id, access_user())
  THEN RAISE insufficient_privilege USING MESSAGE = 'a coordinator ends a request'; END IF;
  IF OLD.state <> 'open'
     AND (OLD.state <> 'given' OR (NEW.state, NEW.due_on, NEW.reason) IS DISTINCT FROM (OLD.state, OLD.due_on, OLD.reason))
  THEN RAISE insufficient_privilege USING MESSAGE = 'a request that is over stays so'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER frozen BEFORE INSERT OR UPDATE ON insight_request
  FOR EACH ROW EXECUTE FUNCTION insight_request_stays();
"""
# As in 0002; and only a coordinator answers, since an answer lets the matter be deleted.
STATEMENT = """
CREATE OR REPLACE FUNCTION insight_statement_stays() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.answered_at IS NOT NULL OR NEW.answer <> '' OR NEW.ended_at IS NOT NULL
    THEN RAISE insufficient_privilege USING MESSAGE = 'a coordinator answers'; END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.concern_id, NEW.person_id, NEW.kind, NEW.item, NEW.about, NEW.text, NEW.at, NEW.by_name)
     IS DISTINCT FROM
     (OLD.id, OLD.concern_id, OLD.person_id, OLD.kind, OLD.item, OLD.about, OLD.text, OLD.at, OLD.by_name)
     OR OLD.answered_at IS NOT NULL
        AND (NEW.answer, NEW.reason, NEW.answered_at, NEW.answered_by_name)
            IS DISTINCT FROM (OLD.answer, OLD.reason, OLD.answered_at, OLD.answered_by_name)
     OR OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at
  THEN RAISE insufficient_privilege USING MESSAGE = 'what a person said is frozen'; END IF;
  IF NOT insight_decides() OR access_purpose() IS NULL AND NOT matter_held(NEW.concern_id, access_user())
  THEN RAISE insufficient_privilege USING MESSAGE = 'a coordinator answers'; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER frozen BEFORE INSERT OR UPDATE ON insight_statement
  FOR EACH ROW EXECUTE FUNCTION insight_statement_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("insight", "0004_inquiries")]
    operations = [migrations.RunSQL(REQUEST), migrations.RunSQL(STATEMENT)]
