from django.db import migrations

# Who may answer. Role as in varde.access.roles: HOTLINE.
ANSWERS = """
CREATE OR REPLACE FUNCTION hotline_answers(reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = reader AND u.is_active AND g.role = 'operator')
$$;
"""
# The row of a call shows no content. It is there for all who answer while somebody is to take it, and a minute after
# it was taken, so that the others see by whom.
SIGHT = """
CREATE OR REPLACE FUNCTION hotline_for_taking(state text, offered_at timestamptz, offered_to uuid, reader uuid)
RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT (state IN ('ringing', 'missed')
          OR (state = 'open' AND offered_at IS NOT NULL AND coalesce(offered_to, reader) = reader))
         AND hotline_answers(reader)
$$;
CREATE OR REPLACE FUNCTION hotline_in_sight(
  state text, offered_at timestamptz, offered_to uuid, claimed_at timestamptz, reader uuid)
RETURNS boolean STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT hotline_for_taking(state, offered_at, offered_to, reader)
         OR (claimed_at > clock_timestamp() - interval '1 minute'
             AND hotline_answers(reader))
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
    IF of_call.operator IS DISTINCT FROM reader OR reader IS NULL THEN RETURN false; END IF;
    RETURN of_call.state = 'open' OR (of_call.state = 'sent' AND NOT EXISTS (
      SELECT 1 FROM public.post_receipt r WHERE r.id = of_call.letter_id AND r.state = 'stored'));
  END IF;
  SELECT * INTO of_callback FROM hotline_callback WHERE id = key;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF purpose IS NOT NULL THEN RETURN purpose = 'keys'; END IF;
  RETURN of_callback.state = 'waiting' AND coalesce(of_callback.owner = reader, false);
END $$;
CREATE OR REPLACE FUNCTION hotline_may_destroy(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  of_call hotline_call%ROWTYPE;
BEGIN
  SELECT * INTO of_call FROM hotline_call WHERE id = key;
  IF FOUND THEN
    IF purpose = 'post' THEN RETURN of_call.state = 'sent' AND EXISTS (
      SELECT 1 FROM public.post_receipt r WHERE r.id = of_call.letter_id AND r.state = 'stored'); END IF;
    RETURN purpose IS NULL AND of_call.state IN ('open', 'sent') AND coalesce(of_call.operator = reader, false);
  END IF;
  RETURN purpose IS NULL AND EXISTS (
    SELECT 1 FROM hotline_callback WHERE id = key AND state = 'waiting' AND owner = reader);
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
    ]
