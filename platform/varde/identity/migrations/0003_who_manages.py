from django.db import migrations

# Roles as in varde.access.roles: those with PEOPLE_MANAGE, in any type of office.
# What decides what a person sees (is the account open, which service) is changed by those who manage people and by
# tasks; a page that runs as nobody or as a public purpose cannot, whatever is smuggled into it.
MANAGES = """
CREATE FUNCTION access_manages(reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = reader AND u.is_active
                    AND g.role IN ('administrator', 'vertskommune-administrator', 'driftsansvarlig'))
$$;
CREATE FUNCTION identity_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.email, NEW.service, NEW.is_active) IS DISTINCT FROM (OLD.id, OLD.email, OLD.service, OLD.is_active)
     AND coalesce(access_purpose() IN ('intake', 'receipt'), NOT access_manages(access_user()))
  THEN RAISE insufficient_privilege USING MESSAGE = 'only those who manage people change this'; END IF;
  RETURN NEW;
END $$;
-- Since when somebody holds a role is not said by whoever gives it: a role given a moment ago breaks no glass.
CREATE FUNCTION identity_dated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF access_user() IS NOT NULL THEN
    NEW.granted_at := CASE
      WHEN TG_OP = 'UPDATE' AND (NEW.user_id, NEW.role) = (OLD.user_id, OLD.role)
      THEN greatest(NEW.granted_at, OLD.granted_at) ELSE now() END;
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION identity_back() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE identity_rolegrant SET granted_at = now() WHERE user_id = NEW.id;
  RETURN NEW;
END $$;
-- Whoever comes back after the account was closed is new again.
CREATE TRIGGER back AFTER UPDATE ON identity_user FOR EACH ROW
  WHEN (NEW.is_active AND NOT OLD.is_active) EXECUTE FUNCTION identity_back();
CREATE TRIGGER dated BEFORE INSERT OR UPDATE ON identity_rolegrant FOR EACH ROW EXECUTE FUNCTION identity_dated();
CREATE TRIGGER guard BEFORE UPDATE ON identity_user FOR EACH ROW EXECUTE FUNCTION identity_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0002_providers_drafts_counters"), ("access", "0001_initial")]
    operations = [migrations.RunSQL(MANAGES)]
