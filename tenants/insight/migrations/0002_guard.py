from django.db import migrations

# Is a request or a statement there for the one who asks? Hidden and absent take the same way (see matter_there).
THERE = """
CREATE FUNCTION insight_there(key uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT access_purpose() IS NOT NULL OR matter_open(
    coalesce((SELECT concern_id FROM insight_request WHERE id = key),
             (SELECT concern_id FROM insight_statement WHERE id = key), key),
    access_user())
$$;
"""
# Whom it is about is a card of the same matter; a decision and a document belong to a request of the same matter. Who
# asked and what a person said stays as it was written; what was answered is answered once.
STAYS = """
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON insight_request
  FOR EACH ROW EXECUTE FUNCTION persons_same_matter();
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON insight_statement
  FOR EACH ROW EXECUTE FUNCTION persons_same_matter();
CREATE FUNCTION insight_of_request() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM insight_request r WHERE r.id = NEW.request_id AND r.concern_id = NEW.concern_id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'the request is not in this matter'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON insight_decision
  FOR EACH ROW EXECUTE FUNCTION insight_of_request();
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON insight_copy
  FOR EACH ROW EXECUTE FUNCTION insight_of_request();
CREATE FUNCTION insight_request_stays() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF (NEW.id, NEW.concern_id, NEW.person_id, NEW.asker, NEW.asker_name, NEW.identity, NEW.received_on, NEW.made_at,
      NEW.made_by_name)
     IS DISTINCT FROM
     (OLD.id, OLD.concern_id, OLD.person_id, OLD.asker, OLD.asker_name, OLD.identity, OLD.received_on, OLD.made_at,
      OLD.made_by_name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'who asked is frozen'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON insight_request FOR EACH ROW EXECUTE FUNCTION insight_request_stays();
CREATE FUNCTION insight_statement_stays() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF (NEW.id, NEW.concern_id, NEW.person_id, NEW.kind, NEW.item, NEW.about, NEW.text, NEW.at, NEW.by_name)
     IS DISTINCT FROM
     (OLD.id, OLD.concern_id, OLD.person_id, OLD.kind, OLD.item, OLD.about, OLD.text, OLD.at, OLD.by_name)
     OR OLD.answered_at IS NOT NULL
        AND (NEW.answer, NEW.reason, NEW.answered_at, NEW.answered_by_name)
            IS DISTINCT FROM (OLD.answer, OLD.reason, OLD.answered_at, OLD.answered_by_name)
     OR OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at
  THEN RAISE insufficient_privilege USING MESSAGE = 'what a person said is frozen'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON insight_statement FOR EACH ROW EXECUTE FUNCTION insight_statement_stays();
"""
# The rest of a report as it was received: the trigger `frozen` of the inbox holds its words, this one what was ticked.
RECEIVED = """
CREATE FUNCTION inbox_received_stays() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF (NEW.reporter_kind, NEW.anonymous, NEW.acute, NEW.occurred_on, NEW.person_knows, NEW.leader_told, NEW.reference,
      NEW.origin, NEW.registered_by)
     IS DISTINCT FROM
     (OLD.reporter_kind, OLD.anonymous, OLD.acute, OLD.occurred_on, OLD.person_knows, OLD.leader_told, OLD.reference,
      OLD.origin, OLD.registered_by)
  THEN RAISE insufficient_privilege USING MESSAGE = 'what was told is frozen'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER received_stays BEFORE UPDATE ON inbox_concern FOR EACH ROW EXECUTE FUNCTION inbox_received_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_initial"), ("persons", "0002_guard"), ("inbox", "0009_conversation")]
    operations = [migrations.RunSQL(THERE), migrations.RunSQL(STAYS), migrations.RunSQL(RECEIVED)]
