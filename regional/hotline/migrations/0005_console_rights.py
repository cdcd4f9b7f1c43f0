from django.db import migrations

# Who may answer. Role as in varde.access.roles: HOTLINE.
ANSWERS = """
CREATE OR REPLACE FUNCTION hotline_is_operator(reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = reader AND u.is_active AND g.role = 'operator')
$$;
CREATE OR REPLACE FUNCTION hotline_answers(reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$ SELECT hotline_is_operator(reader) $$;
"""
# The row of a call shows no content. It is there for all who answer while somebody is to take it, and a minute after
# it was taken, so that the others see by whom. One that is open without anybody is for the others to take: its
# operator no longer answers the phone, or half a day has passed.
SIGHT = """
CREATE OR REPLACE FUNCTION hotline_left(state text, operator uuid, started_at timestamptz) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT state = 'open' AND operator IS NOT NULL AND (
    started_at < clock_timestamp() - interval '12 hours' OR NOT hotline_is_operator(operator))
$$;
CREATE OR REPLACE FUNCTION hotline_for_taking(
  state text, offered_at timestamptz, offered_to uuid, operator uuid, started_at timestamptz, reader uuid)
RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT (state IN ('ringing', 'missed')
          OR (state = 'open' AND offered_at IS NOT NULL AND coalesce(offered_to, reader) = reader)
          OR hotline_left(state, operator, started_at))
         AND hotline_answers(reader)
$$;
CREATE OR REPLACE FUNCTION hotline_just_taken(claimed_at timestamptz, reader uuid)
RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT claimed_at > clock_timestamp() - interval '1 minute' AND hotline_answers(reader)
$$;
CREATE OR REPLACE FUNCTION hotline_callback_free(state text, owner uuid, due_at timestamptz, reader uuid)
RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT state = 'waiting' AND (owner IS NULL OR due_at < clock_timestamp() - interval '30 minutes')
         AND hotline_answers(reader)
$$;
CREATE POLICY figures ON hotline_callback FOR SELECT USING (hotline_counts((SELECT access_user())));
"""
# Whose key is it? Null when it belongs neither to a call nor to a call-back. A call's content is its operator's until
# the kommune has stored it: asked of the receipt itself, so that it holds before anybody has settled the call.
KEYS = """
CREATE OR REPLACE FUNCTION hotline_may_open(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  of_call hotline_call%ROWTYPE;
  of_callback hotline_callback%ROWTYPE;
BEGIN
  SELECT * INTO of_call FROM hotline_call WHERE id = key;
  IF FOUND THEN
    IF purpose IS NOT NULL THEN RETURN purpose = 'keys'; END IF;
    IF of_call.operator IS DISTINCT FROM reader OR NOT hotline_is_operator(reader) THEN RETURN false; END IF;
    RETURN of_call.state = 'open' OR (of_call.state = 'sent' AND NOT EXISTS (
      SELECT 1 FROM public.post_receipt r WHERE r.id = of_call.letter_id AND r.state = 'stored'));
  END IF;
  SELECT * INTO of_callback FROM hotline_callback WHERE id = key;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF purpose IS NOT NULL THEN RETURN purpose = 'keys'; END IF;
  RETURN of_callback.state = 'waiting' AND coalesce(of_callback.owner = reader, false)
         AND hotline_is_operator(reader) AND NOT EXISTS (
    SELECT 1 FROM hotline_call c JOIN public.post_receipt r ON r.id = c.letter_id
     WHERE of_callback.reference <> '' AND c.reference = of_callback.reference AND r.state = 'stored');
END $$;
CREATE OR REPLACE FUNCTION hotline_may_destroy(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  of_call hotline_call%ROWTYPE;
  of_callback hotline_callback%ROWTYPE;
BEGIN
  SELECT * INTO of_call FROM hotline_call WHERE id = key;
  IF FOUND THEN
    IF purpose = 'retention' THEN RETURN of_call.state = 'missed'
      AND of_call.missed_at < clock_timestamp() - interval '30 days'; END IF;
    IF purpose = 'post' THEN RETURN of_call.state = 'sent' AND EXISTS (
      SELECT 1 FROM public.post_receipt r WHERE r.id = of_call.letter_id AND r.state = 'stored'); END IF;
    RETURN purpose IS NULL AND of_call.state IN ('open', 'sent') AND coalesce(of_call.operator = reader, false);
  END IF;
  SELECT * INTO of_callback FROM hotline_callback WHERE id = key;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF purpose = 'post' THEN RETURN of_callback.state = 'waiting' AND EXISTS (
    SELECT 1 FROM hotline_call c JOIN public.post_receipt r ON r.id = c.letter_id
     WHERE c.reference = of_callback.reference AND r.state = 'stored'); END IF;
  RETURN purpose IS NULL AND of_callback.state = 'waiting' AND coalesce(of_callback.owner = reader, false);
END $$;
CREATE OR REPLACE FUNCTION privacy_may_open(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  RETURN coalesce(hotline_may_open(key, reader, purpose), true);
END $$;
CREATE OR REPLACE FUNCTION privacy_may_destroy(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  RETURN coalesce(purpose = 'keys' OR hotline_may_destroy(key, reader, purpose), false);
END $$;
"""
# A call goes the way of `states.MOVES`, whoever asks: what was sent is not open again, so that nobody gets behind the
# receipt. Another letter is laid only when the first could not be read, or when it came back.
MOVES = """
CREATE OR REPLACE FUNCTION hotline_call_moves() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  person boolean := access_user() IS NOT NULL;
  move text := OLD.state || '>' || NEW.state;
BEGIN
  IF NEW.id <> OLD.id OR NEW.reference <> OLD.reference OR NEW.external_id <> OLD.external_id
  THEN RAISE insufficient_privilege USING MESSAGE = 'a call keeps its name'; END IF;
  IF NEW.state <> OLD.state AND NOT (
    move IN ('ringing>open', 'missed>open', 'missed>ended', 'open>sent', 'open>ended')
    OR NOT person AND move IN ('ringing>missed', 'sent>stored', 'sent>returned', 'stored>returned', 'returned>sent'))
  THEN RAISE insufficient_privilege USING MESSAGE = 'a call does not go that way: ' || move; END IF;
  IF NEW.letter_id IS DISTINCT FROM OLD.letter_id AND NOT (
    OLD.letter_id IS NULL AND move = 'open>sent' OR NOT person AND move = 'returned>sent'
    OR move = 'sent>sent' AND EXISTS (
      SELECT 1 FROM public.post_receipt r WHERE r.id = OLD.letter_id AND r.state = 'unreadable'))
  THEN RAISE insufficient_privilege USING MESSAGE = 'the letter of a call stands'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER moves BEFORE UPDATE ON hotline_call FOR EACH ROW EXECUTE FUNCTION hotline_call_moves();
"""
# What was sent before has lost its content already; the receipt says how far it has come.
MOVED = """
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM hotline_call WHERE state = 'forwarded') THEN
    UPDATE hotline_call c SET state = CASE
      WHEN EXISTS (SELECT 1 FROM public.post_receipt r WHERE r.id = c.letter_id AND r.state = 'stored') THEN 'stored'
      ELSE 'sent' END
    WHERE c.state = 'forwarded';
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("hotline", "0004_console"), ("identity", "0001_initial"), ("privacy", "0003_no_update")]
    operations = [
        migrations.RunSQL(ANSWERS),
        migrations.RunSQL(SIGHT),
        migrations.RunSQL(KEYS),
        migrations.RunSQL(MOVED),
        migrations.RunSQL(MOVES),
    ]
