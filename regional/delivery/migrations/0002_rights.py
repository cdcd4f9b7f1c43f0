from django.db import migrations

# What came back is opened by the purpose that sends it on, and by no person; its key is ended when the new kommune has
# stored it, asked of the receipt itself. A key that neither the phone nor this room knows is nobody's business here.
KEYS = """
CREATE OR REPLACE FUNCTION delivery_may_open(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM delivery_returned WHERE id = key) THEN RETURN NULL; END IF;
  RETURN coalesce(purpose IN ('redirect', 'ledger', 'keys'), false);
END $$;
CREATE OR REPLACE FUNCTION delivery_may_destroy(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  RETURN coalesce(purpose = 'post', false) AND EXISTS (
    SELECT 1 FROM delivery_returned d JOIN public.post_receipt r ON r.id = d.letter_id
     WHERE d.id = key AND d.state = 'sent' AND r.state = 'stored');
END $$;
CREATE OR REPLACE FUNCTION privacy_may_open(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  RETURN coalesce(hotline_may_open(key, reader, purpose), delivery_may_open(key, reader, purpose), true);
END $$;
CREATE OR REPLACE FUNCTION privacy_may_destroy(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  RETURN coalesce(purpose = 'keys' OR hotline_may_destroy(key, reader, purpose)
                  OR delivery_may_destroy(key, reader, purpose), false);
END $$;
"""
# One order sends it on once: another is taken only after the kommune that it went to could not read it.
ORDERS = """
CREATE OR REPLACE FUNCTION delivery_ordered_once() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  came delivery_returned;
BEGIN
  SELECT * INTO came FROM delivery_returned WHERE id = NEW.returned_id FOR UPDATE;
  IF came.state <> 'waiting' OR EXISTS (
    SELECT 1 FROM delivery_order o
     WHERE o.returned_id = came.id AND o.at > coalesce(came.sent_at, '-infinity'::timestamptz))
  THEN RAISE insufficient_privilege USING MESSAGE = 'it has been sent on already'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ordered_once BEFORE INSERT ON delivery_order FOR EACH ROW EXECUTE FUNCTION delivery_ordered_once();
"""


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial"), ("hotline", "0005_console_rights")]
    operations = [migrations.RunSQL(KEYS), migrations.RunSQL(ORDERS)]
