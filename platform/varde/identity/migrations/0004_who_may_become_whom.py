from django.db import migrations

# How somebody logs in is theirs to change, or for those who manage people and for tasks. Nobody in particular (the
# log-in, the public form) only notes that a log-in happened: `last_login` and `last_used_at`.
GUARDS = """
CREATE FUNCTION identity_tends() RETURNS boolean STABLE LANGUAGE sql SET search_path FROM CURRENT AS $$
  SELECT coalesce(access_purpose() NOT IN ('intake', 'receipt'), access_manages(access_user()))
$$;
CREATE OR REPLACE FUNCTION identity_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.email, NEW.name, NEW.service, NEW.is_active, NEW.created_at, NEW.dormant_told_at)
       IS NOT DISTINCT FROM
       (OLD.id, OLD.email, OLD.name, OLD.service, OLD.is_active, OLD.created_at, OLD.dormant_told_at)
       AND ((NEW.password, NEW.sessions_from) IS NOT DISTINCT FROM (OLD.password, OLD.sessions_from)
            OR coalesce(OLD.id = access_user(), false))
    THEN RETURN NEW; END IF;
  END IF;
  IF NOT identity_tends()
  THEN RAISE insufficient_privilege USING MESSAGE = 'only those who manage people change this'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
DROP TRIGGER guard ON identity_user;
CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON identity_user FOR EACH ROW EXECUTE FUNCTION identity_guard();
"""

# The tables of allauth. Second factors are read before it is known who comes, and written by their own person. The
# owner of the table closes old ones anew. Addresses are not used at all (identity_user has them): nobody writes them.
LIBRARY = """
CREATE FUNCTION identity_factor_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF (NEW.id, NEW.user_id, NEW.type, NEW.data, NEW.created_at)
     IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.type, OLD.data, OLD.created_at)
     AND NOT coalesce(OLD.user_id = access_user() AND NEW.user_id = OLD.user_id, false)
     AND NOT coalesce(access_purpose() NOT IN ('intake', 'receipt'), false)
     AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER')
  THEN RAISE insufficient_privilege USING MESSAGE = 'a second factor is its own person''s'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON mfa_authenticator FOR EACH ROW EXECUTE FUNCTION identity_factor_guard();
ALTER TABLE mfa_authenticator ENABLE ROW LEVEL SECURITY;
CREATE POLICY people_select ON mfa_authenticator FOR SELECT USING (true);
CREATE POLICY people_update ON mfa_authenticator FOR UPDATE USING (true);
CREATE POLICY people_insert ON mfa_authenticator FOR INSERT
  WITH CHECK (user_id = (SELECT access_user()) OR (SELECT access_purpose()) = 'setup');
CREATE POLICY people_delete ON mfa_authenticator FOR DELETE
  USING (user_id = (SELECT access_user()) OR (SELECT access_purpose()) = 'setup');
ALTER TABLE account_emailaddress ENABLE ROW LEVEL SECURITY;
CREATE POLICY people_select ON account_emailaddress FOR SELECT USING (true);
ALTER TABLE account_emailconfirmation ENABLE ROW LEVEL SECURITY;
CREATE POLICY people_select ON account_emailconfirmation FOR SELECT USING (true);
"""

# From before `varde.identity.sessions`: keys and content in the clear. Everybody logs in once more.
SESSIONS = "DELETE FROM django_session;"


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0003_who_manages"),
        ("sessions", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [migrations.RunSQL(GUARDS), migrations.RunSQL(LIBRARY), migrations.RunSQL(SESSIONS)]
