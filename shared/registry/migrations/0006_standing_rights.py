from django.db import migrations

# The offices that exist have been in their region as long as anybody can ask, in an agreement that carries the region's
# own id. What the registry held of it is emptied, so that nothing can be decided by it: the words alone say it now.
BORN = """
UPDATE registry_phone p SET region = o.region_id FROM registry_office o WHERE o.id = p.kommune;
INSERT INTO registry_standing (id, agreement, region, kommune, said_by, word, at, said_at, host)
SELECT gen_random_uuid(), k.region_id, k.region_id, k.id, side.id, 'in', to_timestamp(0), to_timestamp(0),
       k.host AND side.id = k.region_id
  FROM registry_office k CROSS JOIN LATERAL (VALUES (k.id), (k.region_id)) side (id)
 WHERE k.kind = 'kommune' AND k.region_id IS NOT NULL;
UPDATE registry_office SET region_id = NULL, host = false WHERE region_id IS NOT NULL OR host;
"""
# Bound at creation where they can be (BEGIN ATOMIC): an office has no right to look names up in this schema.
ASK = """
CREATE FUNCTION public.registry_in_force(whose uuid, moment timestamptz)
RETURNS TABLE (agreement uuid, region uuid, host boolean) STABLE
BEGIN ATOMIC
  SELECT d.agreement, d.region, bool_or(d.host AND d.said_by = d.region)
    FROM (SELECT DISTINCT ON (s.agreement, s.region, s.said_by)
                 s.agreement, s.region, s.said_by, s.host, s.said_at, CASE WHEN EXISTS (
                   SELECT 1 FROM public.registry_standing o
                    WHERE o.kommune = s.kommune AND (o.agreement, o.region) = (s.agreement, s.region)
                      AND o.said_by <> s.said_by AND o.word = 'out' AND o.at <= moment
                      AND (s.at < o.at OR s.said_at <= o.said_at) AND NOT EXISTS (
                        SELECT 1 FROM public.registry_standing l
                         WHERE l.kommune = o.kommune
                           AND (l.agreement, l.region, l.said_by) = (o.agreement, o.region, o.said_by)
                           AND l.at <= o.at AND (l.said_at, l.id) > (o.said_at, o.id)))
                 THEN 'out' ELSE s.word END AS word
            FROM public.registry_standing s WHERE s.kommune = whose AND s.at <= moment
           ORDER BY s.agreement, s.region, s.said_by, s.said_at DESC, s.id DESC) d
   GROUP BY d.agreement, d.region HAVING count(*) = 2 AND bool_and(d.word = 'in')
   ORDER BY max(d.said_at) DESC, d.agreement DESC;
END;
CREATE FUNCTION public.registry_region_at(whose uuid, moment timestamptz) RETURNS uuid STABLE
BEGIN ATOMIC
  SELECT f.region FROM public.registry_in_force(whose, moment) f LIMIT 1;
END;
CREATE FUNCTION public.registry_host_at(whose uuid, moment timestamptz) RETURNS boolean STABLE
BEGIN ATOMIC
  SELECT coalesce((SELECT f.host FROM public.registry_in_force(whose, moment) f LIMIT 1), false);
END;
CREATE FUNCTION public.registry_together(one uuid, other uuid, moment timestamptz) RETURNS boolean STABLE
BEGIN ATOMIC
  SELECT coalesce(public.registry_region_at(one, moment) = other, false)
      OR coalesce(public.registry_region_at(other, moment) = one, false);
END;
"""
# An office speaks for itself and only from now on: what has been is not written anew. Nor does it name a time that
# nobody can read, for the words are read by the other side too.
RIGHTS = """
ALTER TABLE registry_standing ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON registry_standing FOR SELECT USING (true);
CREATE POLICY write_own ON registry_standing FOR INSERT WITH CHECK (
  EXISTS (SELECT 1 FROM public.registry_office me WHERE me.id = said_by AND me.login = session_user)
  AND at BETWEEN clock_timestamp() - interval '5 minutes' AND clock_timestamp() + interval '10 years'
  AND said_at BETWEEN clock_timestamp() - interval '5 minutes' AND clock_timestamp() + interval '1 minute');
DROP POLICY write_own ON registry_phone;
CREATE POLICY write_own ON registry_phone FOR INSERT WITH CHECK (EXISTS (
  SELECT 1 FROM public.registry_office r
   WHERE r.kind = 'region' AND r.login = session_user AND r.id = registry_phone.region
     AND r.id = public.registry_region_at(registry_phone.kommune, clock_timestamp())));
"""
# For everybody, the platform's own login too. One at a time, so that two who speak at once are judged together; a
# transaction that kept an older picture of the words would not see what it waited for.
HOLDS = """
CREATE FUNCTION public.registry_standing_holds() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed'
  THEN RAISE check_violation USING MESSAGE = 'words are judged as they stand', CONSTRAINT = 'registry_in_order'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('registry_standing', 0));
  IF NEW.said_by NOT IN (NEW.region, NEW.kommune)
     OR NOT EXISTS (SELECT 1 FROM public.registry_office o WHERE o.id = NEW.region AND o.kind = 'region')
     OR NOT EXISTS (SELECT 1 FROM public.registry_office o WHERE o.id = NEW.kommune AND o.kind = 'kommune')
  THEN RAISE check_violation USING MESSAGE = 'only the two sides speak', CONSTRAINT = 'registry_two_sides'; END IF;
  IF EXISTS (SELECT 1 FROM public.registry_standing s
              WHERE (s.agreement, s.region, s.kommune, s.said_by)
                  = (NEW.agreement, NEW.region, NEW.kommune, NEW.said_by)
                AND s.said_at >= NEW.said_at AND s.id <> NEW.id)
  THEN RAISE check_violation USING MESSAGE = 'a word is said after the last one', CONSTRAINT = 'registry_in_order';
  END IF;
  IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT s.at FROM public.registry_standing s WHERE s.kommune = NEW.kommune) t
     WHERE t.at >= NEW.at
       AND (SELECT count(DISTINCT f.region) FROM public.registry_in_force(NEW.kommune, t.at) f) > 1)
  THEN RAISE check_violation USING MESSAGE = 'one region at a time', CONSTRAINT = 'registry_one_region'; END IF;
  IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT s.at FROM public.registry_standing s WHERE s.region = NEW.region) t
     WHERE t.at >= NEW.at
       AND (SELECT count(*) FROM (SELECT DISTINCT s.kommune FROM public.registry_standing s
                                   WHERE s.region = NEW.region AND s.host) k
             WHERE public.registry_region_at(k.kommune, t.at) = NEW.region
               AND public.registry_host_at(k.kommune, t.at)) > 1)
  THEN RAISE check_violation USING MESSAGE = 'one host at a time', CONSTRAINT = 'registry_one_host'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER holds AFTER INSERT ON registry_standing
  FOR EACH ROW EXECUTE FUNCTION public.registry_standing_holds();
"""
# Who lends whom, by the same rule: all whom a lend is about have said yes, after the last no of any of them to it and to
# the agreement, and the lender and who borrows are in the agreement. See `shared.registry.lends`.
LENT = """
CREATE FUNCTION public.registry_lent(whose uuid, place uuid, kind text, moment timestamptz) RETURNS boolean STABLE
BEGIN ATOMIC
  WITH said AS (
    SELECT l.agreement, l.region, 'lend ' || l.said_by::text AS voice, l.word, l.at, l.said_at, l.id, true AS of_lend
      FROM public.registry_lend l WHERE l.lender = whose AND l.borrower = place AND l.role = kind
    UNION ALL
    SELECT s.agreement, s.region, s.kommune::text || ' ' || s.said_by::text, s.word, s.at, s.said_at, s.id, false
      FROM public.registry_standing s WHERE s.kommune IN (whose, place)),
  here AS (SELECT f.agreement, f.region FROM public.registry_in_force(whose, moment) f LIMIT 1),
  there AS (SELECT f.agreement, f.region FROM public.registry_in_force(place, moment) f LIMIT 1),
  yes AS (
    SELECT DISTINCT ON (a.voice) a.voice, CASE WHEN a.word = 'in' AND NOT EXISTS (
             SELECT 1 FROM said o
              WHERE (o.agreement, o.region) = (a.agreement, a.region) AND o.voice <> a.voice AND o.word = 'out'
                AND o.at <= moment AND (a.at < o.at OR a.said_at <= o.said_at) AND NOT EXISTS (
                  SELECT 1 FROM said l
                   WHERE (l.agreement, l.region, l.voice) = (o.agreement, o.region, o.voice)
                     AND l.at <= o.at AND (l.said_at, l.id) > (o.said_at, o.id)))
           THEN true ELSE false END AS stands
      FROM said a JOIN here h ON (a.agreement, a.region) = (h.agreement, h.region)
     WHERE a.of_lend AND a.at <= moment ORDER BY a.voice, a.said_at DESC, a.id DESC)
  SELECT EXISTS (
    SELECT 1 FROM here h
     WHERE (h.region = place OR EXISTS (SELECT 1 FROM there t WHERE (t.agreement, t.region) = (h.agreement, h.region)))
       AND (SELECT count(*) FROM yes y WHERE y.stands) = CASE WHEN h.region = place THEN 2 ELSE 3 END);
END;
ALTER TABLE registry_lend ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON registry_lend FOR SELECT USING (true);
CREATE POLICY write_own ON registry_lend FOR INSERT WITH CHECK (
  EXISTS (SELECT 1 FROM public.registry_office me WHERE me.id = said_by AND me.login = session_user)
  AND at BETWEEN clock_timestamp() - interval '5 minutes' AND clock_timestamp() + interval '10 years'
  AND said_at BETWEEN clock_timestamp() - interval '5 minutes' AND clock_timestamp() + interval '1 minute');
CREATE FUNCTION public.registry_lend_holds() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.said_by NOT IN (NEW.region, NEW.lender, NEW.borrower) OR NEW.lender = NEW.borrower
     OR NOT EXISTS (SELECT 1 FROM public.registry_office o WHERE o.id = NEW.region AND o.kind = 'region')
     OR NOT EXISTS (SELECT 1 FROM public.registry_office o WHERE o.id = NEW.lender AND o.kind = 'kommune')
     OR NOT EXISTS (SELECT 1 FROM public.registry_office o
                     WHERE o.id = NEW.borrower AND (o.kind = 'kommune' OR o.id = NEW.region))
  THEN RAISE check_violation USING MESSAGE = 'only those it is about speak', CONSTRAINT = 'registry_lend_sides'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('registry_standing', 0));
  IF EXISTS (SELECT 1 FROM public.registry_lend s
              WHERE (s.agreement, s.region, s.lender, s.borrower, s.role, s.said_by)
                  = (NEW.agreement, NEW.region, NEW.lender, NEW.borrower, NEW.role, NEW.said_by)
                AND s.said_at >= NEW.said_at AND s.id <> NEW.id)
  THEN RAISE check_violation USING MESSAGE = 'a word is said after the last one', CONSTRAINT = 'registry_lend_in_order';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER holds AFTER INSERT ON registry_lend
  FOR EACH ROW EXECUTE FUNCTION public.registry_lend_holds();
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_standing")]
    operations = [
        migrations.RunSQL(BORN), migrations.RunSQL(ASK), migrations.RunSQL(RIGHTS), migrations.RunSQL(HOLDS),
        migrations.RunSQL(LENT),
    ]  # fmt: skip
