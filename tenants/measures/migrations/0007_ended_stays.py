from django.db import migrations

# A measure that was ended stays as it ended, but for one of which it is kept how it had ended (as a request, 0005); whose
# it is, and when it was planned and by whom, never changes. The owner seals old rows anew.
FROZEN = """
CREATE FUNCTION measures_measure_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF access_purpose() IS NOT NULL
     OR pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.ended_at IS NOT NULL OR NEW.status NOT IN ('planned', 'running')
    THEN RAISE insufficient_privilege USING MESSAGE = 'a measure is planned before it ends'; END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.case_id, NEW.made_at, NEW.made_by_name) IS DISTINCT FROM (OLD.id, OLD.case_id, OLD.made_at, OLD.made_by_name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'when it was planned, and by whom, is frozen'; END IF;
  IF (NEW.ended_at IS NULL) <> (NEW.status IN ('planned', 'running')) OR NEW.ended_at > clock_timestamp() + interval '1 minute'
  THEN RAISE insufficient_privilege USING MESSAGE = 'a measure ends now, and once'; END IF;
  IF (OLD.ended_at IS NOT NULL OR OLD.status NOT IN ('planned', 'running')) AND NEW IS DISTINCT FROM OLD
     AND NOT (NEW.status = 'running' AND octet_length(NEW.effect) = 0 AND NEW.ended_at IS NULL AND NEW.ended_by_name = ''
              AND (NEW.title, NEW.kind, NEW.service, NEW.legal_ground, NEW.owner_id)
                  IS NOT DISTINCT FROM (OLD.title, OLD.kind, OLD.service, OLD.legal_ground, OLD.owner_id)
              AND EXISTS (SELECT 1 FROM measures_again a WHERE a.measure_id = OLD.id AND a.ended_at = OLD.ended_at))
  THEN RAISE insufficient_privilege USING MESSAGE = 'how a measure ended is frozen'; END IF;
  IF OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL THEN NEW.ended_by_name := own_name(); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE ON measures_measure FOR EACH ROW EXECUTE FUNCTION measures_measure_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0006_before_a_case"), ("inbox", "0017_who_decides")]
    operations = [migrations.RunSQL(FROZEN)]
