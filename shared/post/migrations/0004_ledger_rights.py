from django.db import migrations

# Bound at creation (BEGIN ATOMIC), like post_me(): an office has no right to look names up in this schema.
WHO = """
CREATE FUNCTION public.post_sees_rounds_of(whose uuid) RETURNS boolean STABLE
BEGIN ATOMIC
  SELECT EXISTS (SELECT 1 FROM public.registry_office me, public.registry_office o
                  WHERE me.id = public.post_me() AND o.id = whose
                    AND (o.id = me.id OR me.kind = 'drift' OR o.region_id = me.id OR me.region_id = o.id));
END;
"""
RIGHTS = """
ALTER TABLE post_stated ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_own ON post_stated FOR SELECT
  USING (office = (SELECT public.post_me()) OR other = (SELECT public.post_me()));
CREATE POLICY write_own ON post_stated FOR INSERT WITH CHECK (office = (SELECT public.post_me()));
ALTER TABLE post_round ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_near ON post_round FOR SELECT USING (public.post_sees_rounds_of(office));
CREATE POLICY write_own ON post_round FOR INSERT WITH CHECK (office = (SELECT public.post_me()));
CREATE POLICY change_own ON post_round FOR UPDATE USING (office = (SELECT public.post_me()));
ALTER TABLE post_finding ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_own ON post_finding FOR SELECT USING (office = (SELECT public.post_me()));
CREATE POLICY write_own ON post_finding FOR INSERT WITH CHECK (office = (SELECT public.post_me()));
CREATE POLICY change_own ON post_finding FOR UPDATE USING (office = (SELECT public.post_me()));
ALTER TABLE post_again ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_own ON post_again FOR SELECT
  USING (sender = (SELECT public.post_me()) OR recipient = (SELECT public.post_me()));
CREATE POLICY write_own ON post_again FOR INSERT WITH CHECK (
  asked_by = (SELECT public.post_me())
  AND EXISTS (SELECT 1 FROM public.post_letter l WHERE l.id = post_again.letter_id
              AND l.sender = post_again.sender AND l.recipient = post_again.recipient)
);
CREATE POLICY change_own ON post_again FOR UPDATE USING (recipient = (SELECT public.post_me()));
ALTER TABLE post_clearing ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_own ON post_clearing FOR SELECT USING (office = (SELECT public.post_me()));
CREATE POLICY write_own ON post_clearing FOR INSERT WITH CHECK (office = (SELECT public.post_me()));
"""
# A letter may go when its recipient stored it and, where a person must open what came of it, one has; and never while an
# office has found something about it that is not solved. Asked for every row that goes, whoever lets it go.
STAYS = """
CREATE FUNCTION public.post_done(letter uuid, kind text, recipient uuid) RETURNS boolean STABLE
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM public.post_receipt r WHERE r.id = letter AND r.state = 'stored')
     AND (kind NOT IN ('ConcernHandover', 'CaseTransfer', 'Misrouted')
          OR EXISTS (SELECT 1 FROM public.post_stated s
                      WHERE s.letter_id = letter AND s.office = recipient AND s.said IN ('opened', 'ended')))
     AND NOT EXISTS (SELECT 1 FROM public.post_finding f WHERE f.letter_id = letter AND f.solved_at IS NULL)
$$;
CREATE FUNCTION public.post_letter_stays() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT public.post_done(OLD.id, OLD.kind, OLD.recipient)
  THEN RAISE insufficient_privilege USING MESSAGE = 'a letter that nobody has opened stays in the post'; END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER stays BEFORE DELETE ON post_letter FOR EACH ROW EXECUTE FUNCTION public.post_letter_stays();
CREATE FUNCTION public.post_clear() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.before > clock_timestamp() - interval '1 day'
  THEN RAISE insufficient_privilege USING MESSAGE = 'letters this young stay in the post'; END IF;
  IF NEW.at > clock_timestamp() + interval '1 minute'
  THEN RAISE insufficient_privilege USING MESSAGE = 'a clock that runs ahead clears nothing'; END IF;
  DELETE FROM public.post_letter l
   WHERE l.recipient = NEW.office AND l.sent_at < NEW.before AND public.post_done(l.id, l.kind, l.recipient);
  RETURN NEW;
END $$;
CREATE TRIGGER clear AFTER INSERT ON post_clearing FOR EACH ROW EXECUTE FUNCTION public.post_clear();
"""


class Migration(migrations.Migration):
    dependencies = [("post", "0003_ledger")]
    operations = [migrations.RunSQL(WHO), migrations.RunSQL(RIGHTS), migrations.RunSQL(STAYS)]
