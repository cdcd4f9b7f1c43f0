from django.db import migrations

# Bound at creation, like post_me(). Who an office is in the post: itself, and those that have become part of it.
US = """
CREATE FUNCTION public.post_us() RETURNS uuid[] STABLE
BEGIN ATOMIC
  SELECT array_agg(o.id) FROM public.registry_office o
   WHERE o.login = session_user OR o.became = (SELECT public.post_me());
END;
"""
RIGHTS = """
DROP POLICY read_own ON post_letter;
CREATE POLICY read_own ON post_letter FOR SELECT
  USING (sender = ANY ((SELECT public.post_us())::uuid[]) OR recipient = ANY ((SELECT public.post_us())::uuid[]));
DROP POLICY read_own ON post_receipt;
CREATE POLICY read_own ON post_receipt FOR SELECT
  USING (sender = ANY ((SELECT public.post_us())::uuid[]) OR recipient = ANY ((SELECT public.post_us())::uuid[]));
DROP POLICY write_own ON post_receipt;
CREATE POLICY write_own ON post_receipt FOR INSERT WITH CHECK (
  recipient = ANY ((SELECT public.post_us())::uuid[])
  AND EXISTS (SELECT 1 FROM public.post_letter l WHERE l.id = post_receipt.id
              AND l.sender = post_receipt.sender AND l.recipient = post_receipt.recipient)
);
DROP POLICY read_own ON post_stated;
CREATE POLICY read_own ON post_stated FOR SELECT
  USING (office = ANY ((SELECT public.post_us())::uuid[]) OR other = ANY ((SELECT public.post_us())::uuid[]));
DROP POLICY read_own ON post_again;
CREATE POLICY read_own ON post_again FOR SELECT
  USING (sender = ANY ((SELECT public.post_us())::uuid[]) OR recipient = ANY ((SELECT public.post_us())::uuid[]));
DROP POLICY change_own ON post_again;
CREATE POLICY change_own ON post_again FOR UPDATE USING (recipient = ANY ((SELECT public.post_us())::uuid[]));
"""
# As in 0004; and what the recipient said may be said by the one that it has become.
DONE = """
CREATE OR REPLACE FUNCTION public.post_done(letter uuid, kind text, recipient uuid) RETURNS boolean STABLE
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM public.post_receipt r WHERE r.id = letter AND r.state = 'stored')
     AND (kind NOT IN ('ConcernHandover', 'CaseTransfer', 'Misrouted')
          OR EXISTS (SELECT 1 FROM public.post_stated s
                      WHERE s.letter_id = letter AND s.said IN ('opened', 'ended')
                        AND s.office IN (post_done.recipient,
                              (SELECT o.became FROM public.registry_office o WHERE o.id = post_done.recipient))))
     AND NOT EXISTS (SELECT 1 FROM public.post_finding f WHERE f.letter_id = letter AND f.solved_at IS NULL)
$$;
CREATE OR REPLACE FUNCTION public.post_clear() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.before > clock_timestamp() - interval '1 day'
  THEN RAISE insufficient_privilege USING MESSAGE = 'letters this young stay in the post'; END IF;
  IF NEW.at > clock_timestamp() + interval '1 minute'
  THEN RAISE insufficient_privilege USING MESSAGE = 'a clock that runs ahead clears nothing'; END IF;
  DELETE FROM public.post_letter l
   WHERE (l.recipient = NEW.office
          OR l.recipient IN (SELECT o.id FROM public.registry_office o WHERE o.became = NEW.office))
     AND l.sent_at < NEW.before AND public.post_done(l.id, l.kind, l.recipient);
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("post", "0005_agreement"), ("registry", "0008_became")]
    operations = [migrations.RunSQL(US), migrations.RunSQL(RIGHTS), migrations.RunSQL(DONE)]
