from django.db import migrations

# What is signed stays as it was, whoever asks and with whatever statement; that it was reminded of is beside it. The
# owner seals old rows anew (varde.privacy.sealing). Nobody signs in somebody else's name, and nothing is born signed.
FROZEN = """
CREATE FUNCTION risk_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.signed_at IS NOT NULL THEN RAISE insufficient_privilege USING MESSAGE = 'nothing is born signed'; END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.case_id, NEW.template, NEW.made_at, NEW.made_by_name)
     IS DISTINCT FROM (OLD.id, OLD.case_id, OLD.template, OLD.made_at, OLD.made_by_name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'what a draft began with is frozen'; END IF;
  IF OLD.signed_at IS NOT NULL AND
     (NEW.given, NEW.next_on, NEW.version, NEW.saved_at, NEW.saved_by_name, NEW.signed_at, NEW.signed_by,
      NEW.signed_by_name, NEW.certified)
     IS DISTINCT FROM
     (OLD.given, OLD.next_on, OLD.version, OLD.saved_at, OLD.saved_by_name, OLD.signed_at, OLD.signed_by,
      OLD.signed_by_name, OLD.certified)
  THEN RAISE insufficient_privilege USING MESSAGE = 'what is signed is frozen'; END IF;
  IF OLD.signed_at IS NULL AND NEW.signed_at IS NOT NULL AND access_user() IS NOT NULL
     AND NEW.signed_by IS DISTINCT FROM access_user()
  THEN RAISE insufficient_privilege USING MESSAGE = 'nobody signs for somebody else'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE ON risk_assessment FOR EACH ROW EXECUTE FUNCTION risk_frozen();
-- May the reader see the matter of this assessment? The same answer, and the same way to it, for hidden and absent.
CREATE FUNCTION risk_there(key uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT access_purpose() IS NOT NULL OR matter_open(
    coalesce((SELECT c.concern_id FROM risk_assessment a JOIN cases_case c ON c.id = a.case_id WHERE a.id = key), key),
    access_user())
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("risk", "0001_initial"), ("cases", "0006_ground"), ("inbox", "0004_keys_and_log")]
    operations = [migrations.RunSQL(FROZEN)]
