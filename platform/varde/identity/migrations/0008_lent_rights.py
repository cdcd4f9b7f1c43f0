from django.db import migrations

# plpgsql, because the view of the offices is laid after the tables. Somebody is here while every role they hold is one
# that the lender lends to this office now: a role that is lent no more is not left to work by another that is.
LENT = """
CREATE FUNCTION identity_lent(lender uuid, who uuid) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM registry_office here JOIN registry_office l ON l.id = lender AND l.active AND l.kind = 'kommune'
     WHERE here.schema_name = current_schema()
       AND EXISTS (SELECT 1 FROM (SELECT DISTINCT w.role FROM public.registry_lend w
                                   WHERE w.lender = l.id AND w.borrower = here.id) w
                    WHERE public.registry_lent(l.id, here.id, w.role, statement_timestamp()))
       AND NOT EXISTS (SELECT 1 FROM identity_rolegrant g WHERE g.user_id = who
                          AND NOT public.registry_lent(l.id, here.id, g.role, statement_timestamp())));
END $$;
CREATE FUNCTION identity_lenders() RETURNS TABLE (lender uuid, role text)
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  RETURN QUERY
    SELECT w.lender, w.role
      FROM registry_office here JOIN LATERAL (
             SELECT DISTINCT r.lender, r.role::text AS role FROM public.registry_lend r WHERE r.borrower = here.id) w ON true
      JOIN registry_office l ON l.id = w.lender AND l.active
     WHERE here.schema_name = current_schema()
       AND public.registry_lent(w.lender, here.id, w.role, statement_timestamp());
END $$;
"""
# Somebody whose lender is in no agreement with this office is a person whom nothing belongs to: less than nobody, who
# still may report. Only the log asks for the name on the ticket, so that it says who was turned away.
WHO = """
CREATE FUNCTION access_signed() RETURNS uuid STABLE LANGUAGE plpgsql AS $$
DECLARE who text := access_ticket();
BEGIN
  RETURN CASE WHEN who LIKE 'user:%' THEN substr(who, 6)::uuid END;
END $$;
CREATE OR REPLACE FUNCTION access_user() RETURNS uuid STABLE LANGUAGE plpgsql AS $$
DECLARE
  who uuid := access_signed();
  lender uuid;
BEGIN
  IF who IS NULL THEN RETURN NULL; END IF;
  SELECT u.for_office INTO lender FROM identity_user u WHERE u.id = who;
  IF lender IS NOT NULL AND NOT identity_lent(lender, who) THEN RETURN '00000000-0000-0000-0000-000000000000'; END IF;
  RETURN who;
END $$;
"""
# As before, with whom somebody is lent by among what only those who manage people change. How somebody logs in is their
# own also while they are away: the door opens, and the page behind it says why there is no more.
GUARD = """
CREATE OR REPLACE FUNCTION identity_guard() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.email, NEW.name, NEW.service, NEW.is_active, NEW.created_at, NEW.dormant_told_at, NEW.for_office)
       IS NOT DISTINCT FROM
       (OLD.id, OLD.email, OLD.name, OLD.service, OLD.is_active, OLD.created_at, OLD.dormant_told_at, OLD.for_office)
       AND ((NEW.password, NEW.sessions_from) IS NOT DISTINCT FROM (OLD.password, OLD.sessions_from)
            OR coalesce(OLD.id = access_signed(), false))
    THEN RETURN NEW; END IF;
  END IF;
  IF NOT identity_tends()
  THEN RAISE insufficient_privilege USING MESSAGE = 'only those who manage people change this'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION identity_factor_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF (NEW.id, NEW.user_id, NEW.type, NEW.data, NEW.created_at)
     IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.type, OLD.data, OLD.created_at)
     AND NOT coalesce(OLD.user_id = access_signed() AND NEW.user_id = OLD.user_id, false)
     AND NOT coalesce(access_purpose() NOT IN ('intake', 'receipt'), false)
     AND NOT pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER')
  THEN RAISE insufficient_privilege USING MESSAGE = 'a second factor is its own person''s'; END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0007_lent"), ("access", "0001_initial")]
    operations = [migrations.RunSQL(LENT), migrations.RunSQL(WHO), migrations.RunSQL(GUARD)]
