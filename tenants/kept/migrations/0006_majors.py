from django.db import migrations

# As in 0003; and a major matter is shut for whoever is shut out of one of the matters in it, also when it is gone.
LOG = """
CREATE OR REPLACE FUNCTION audit_shut(reader uuid) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH shut(id) AS (
  SELECT joined_kin(d.concern_id) FROM inbox_denial d
   WHERE d.lifted_at IS NULL AND reader = access_user() AND matter_denied(d.concern_id, reader)
  UNION
  SELECT c.concern_id FROM inbox_cover c
   WHERE reader = access_user() AND EXISTS (SELECT 1 FROM identity_rolegrant g
                  WHERE g.user_id = reader AND g.role IN ('leder', 'koordinator', 'teammedlem'))
     AND NOT matter_open(c.concern_id, reader)
  UNION
  SELECT s.matter_id FROM kept_shut s
   WHERE reader = access_user() AND (
         s.user_id = reader
      OR s.service <> '' AND lower(btrim(s.service)) IN (
         SELECT lower(btrim(u.service)) FROM identity_user u WHERE u.id = reader
         UNION ALL SELECT lower(btrim(t.service)) FROM team_member t WHERE t.user_id = reader)
      OR s.covered AND EXISTS (SELECT 1 FROM identity_rolegrant g
                  WHERE g.user_id = reader AND g.role IN ('leder', 'koordinator', 'teammedlem')))
  )
  SELECT s.id FROM shut s
  UNION SELECT l.major_id FROM joined_majorlink l JOIN shut s ON s.id = l.concern_id
$$;
"""
ERASE = """
CREATE OR REPLACE FUNCTION kept_erase(matter uuid) RETURNS uuid[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  asked uuid[];
  majors uuid[];
  kin uuid[] := ARRAY(SELECT joined_kin(matter));
BEGIN
  PERFORM 1 FROM inbox_concern WHERE id = ANY (kin) ORDER BY id FOR UPDATE;
  IF NOT kept_ready(matter) OR EXISTS (SELECT 1 FROM joined_kin(matter) q(id) WHERE NOT q.id = ANY (kin))
  THEN RAISE insufficient_privilege USING MESSAGE = 'nobody confirmed the end of this matter'; END IF;
  INSERT INTO kept_gonereceipt (id, receipt_hash, received_month, deleted_on)
  SELECT gen_random_uuid(), c.receipt_hash, date_trunc('month', c.received_at AT TIME ZONE 'Europe/Oslo')::date,
         (now() AT TIME ZONE 'Europe/Oslo')::date
    FROM inbox_concern c WHERE c.id = ANY (kin) AND c.receipt_hash <> '';
  INSERT INTO kept_shut (id, matter_id, covered, user_id, service)
  SELECT gen_random_uuid(), q.id, s.covered, s.user_id, s.service
    FROM unnest(kin) q(id) CROSS JOIN (
      SELECT DISTINCT false AS covered, d.user_id, d.service FROM inbox_denial d WHERE d.concern_id = ANY (kin) AND d.lifted_at IS NULL
      UNION ALL
      SELECT true, NULL, '' WHERE EXISTS (SELECT 1 FROM inbox_cover v WHERE v.concern_id = ANY (kin))) s;
  -- What names a matter without a foreign key: a key of a report that was sent, and break-glass as it was typed.
  DELETE FROM inbox_clientkey WHERE concern_id = ANY (kin);
  SELECT array_agg(g.id) INTO asked FROM cases_glassrequest g WHERE glass_matter(g.id) = ANY (kin);
  IF asked IS NOT NULL THEN PERFORM kept_drop('cases_glassrequest'::regclass, asked, 1); END IF;
  majors := ARRAY(SELECT DISTINCT m.id FROM unnest(kin) q(id) CROSS JOIN LATERAL kept_majors(q.id) m(id));
  INSERT INTO kept_shut (id, matter_id, covered, user_id, service)
  SELECT gen_random_uuid(), j.id, s.covered, s.user_id, s.service
    FROM unnest(majors) j(id) CROSS JOIN (SELECT DISTINCT k.covered, k.user_id, k.service FROM kept_shut k WHERE k.matter_id = ANY (kin)) s;
  RETURN kept_drop('joined_major'::regclass, majors, 1) || kept_drop('inbox_concern'::regclass, kin, 0);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("kept", "0005_since_confirmed"), ("joined", "0005_apart")]
    operations = [migrations.RunSQL(LOG), migrations.RunSQL(ERASE)]
