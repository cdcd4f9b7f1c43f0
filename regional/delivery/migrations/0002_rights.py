from django.db import migrations

# Every room that knows a key must say yes: a row's id is written by whoever makes the row, and a second row under the
# id of another must open nothing. Nor may it be made, or it would stand in the way of the first.
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
  IF NOT EXISTS (SELECT 1 FROM delivery_returned WHERE id = key) THEN RETURN NULL; END IF;
  RETURN coalesce(purpose = 'post', false) AND EXISTS (
    SELECT 1 FROM delivery_returned d JOIN public.post_receipt r ON r.id = d.letter_id
     WHERE d.id = key AND d.state = 'sent' AND r.state = 'stored');
END $$;
CREATE OR REPLACE FUNCTION privacy_may_open(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  RETURN (SELECT coalesce(bool_and(says), true) FROM (VALUES
    (hotline_may_open(key, reader, purpose)), (delivery_may_open(key, reader, purpose))) rooms (says));
END $$;
CREATE OR REPLACE FUNCTION privacy_may_destroy(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  RETURN coalesce(purpose = 'keys' OR (SELECT bool_and(says) FROM (VALUES
    (hotline_may_destroy(key, reader, purpose)), (delivery_may_destroy(key, reader, purpose))) rooms (says)), false);
END $$;
"""
TWINS = """
CREATE OR REPLACE FUNCTION delivery_no_twin() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM delivery_returned WHERE id = NEW.id)
     OR EXISTS (SELECT 1 FROM phone_shiftnote WHERE id = NEW.id)
     OR TG_TABLE_NAME <> 'hotline_call' AND EXISTS (SELECT 1 FROM hotline_call WHERE id = NEW.id)
     OR TG_TABLE_NAME <> 'hotline_callback' AND EXISTS (SELECT 1 FROM hotline_callback WHERE id = NEW.id)
  THEN RAISE insufficient_privilege USING MESSAGE = 'the id is another''s'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER no_twin BEFORE INSERT ON hotline_call FOR EACH ROW EXECUTE FUNCTION delivery_no_twin();
CREATE TRIGGER no_twin BEFORE INSERT ON hotline_callback FOR EACH ROW EXECUTE FUNCTION delivery_no_twin();
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
    dependencies = [("delivery", "0001_initial"), ("hotline", "0005_console_rights"), ("phone", "0001_initial")]
    operations = [migrations.RunSQL(KEYS), migrations.RunSQL(TWINS), migrations.RunSQL(ORDERS)]
