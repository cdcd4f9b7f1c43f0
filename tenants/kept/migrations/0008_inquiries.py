from django.db import migrations

# As in 0002; and requests for access that are in no matter, from the day they were ended.
LOOSE = """
CREATE OR REPLACE FUNCTION kept_loose(OUT kind text, OUT id uuid, OUT at timestamptz) RETURNS SETOF record
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT 'talk', t.id, t.at FROM triage_talk t WHERE access_purpose() = 'retention'
  UNION ALL
  SELECT 'callback', b.id, b.done_at FROM inbox_callback b
   WHERE access_purpose() = 'retention' AND b.concern_id IS NULL AND b.done_at IS NOT NULL
  UNION ALL
  SELECT 'inquiry', i.id, i.ended_at FROM insight_inquiry i WHERE access_purpose() = 'retention' AND i.ended_at IS NOT NULL
$$;
CREATE OR REPLACE FUNCTION kept_erase_loose(thing text, key uuid) RETURNS uuid[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT kept_loose_ready(thing, key) THEN RAISE insufficient_privilege USING MESSAGE = 'nobody confirmed the end of this'; END IF;
  RETURN kept_drop(CASE thing WHEN 'talk' THEN 'triage_talk'::regclass WHEN 'inquiry' THEN 'insight_inquiry'::regclass
                              ELSE 'inbox_callback'::regclass END, ARRAY[key], 1);
END $$;
"""
# As in 0004; and their keys.
MAY_DESTROY = """
CREATE OR REPLACE FUNCTION privacy_may_destroy(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce(purpose = 'keys', false)
      OR coalesce(purpose = 'retention', false) AND (kept_ready(key) OR kept_loose_ready('talk', key)
       OR kept_loose_ready('inquiry', key)
       OR EXISTS (SELECT 1 FROM joined_majorlink l WHERE l.major_id = key AND kept_ready(l.concern_id)
                   AND key IN (SELECT kept_majors(l.concern_id))))
      OR purpose IS NULL AND talk_may_end(key, reader)
$$;
"""
# As in 0007; and a matter stays while nobody has said whether it is about somebody who asked for access.
FACTS = """
CREATE OR REPLACE FUNCTION kept_facts(matters uuid[], OUT concern_id uuid, OUT case_id uuid, OUT received_at timestamptz,
  OUT closed_at timestamptz, OUT last_contact timestamptz, OUT ending text, OUT moved boolean, OUT category text,
  OUT counted_from date, OUT hidden boolean, OUT asked boolean) RETURNS SETOF record
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT c.id, k.id, c.received_at, over.at, greatest(over.at, m.at, r.at, f.at), coalesce(p.ending, ''), t.id IS NOT NULL,
         coalesce(k.category, a.category, ''), k.counted_from,
         EXISTS (SELECT 1 FROM unnest(kin.ids) q(id)
                  WHERE EXISTS (SELECT 1 FROM inbox_cover v WHERE v.concern_id = q.id)
                     OR EXISTS (SELECT 1 FROM inbox_denial d WHERE d.concern_id = q.id)),
         EXISTS (SELECT 1 FROM insight_request s WHERE s.concern_id = c.id AND s.ended_at IS NULL)
         OR EXISTS (SELECT 1 FROM insight_statement s WHERE s.concern_id = c.id
                     AND (s.answered_at IS NULL OR s.answer = 'granted' AND s.ended_at IS NULL))
         OR c.id IN (SELECT w.concern_id FROM insight_waiting() w)
    FROM inbox_concern c
    LEFT JOIN cases_case k ON k.concern_id = c.id
    LEFT JOIN closing_transfer t ON t.concern_id = c.id
    LEFT JOIN LATERAL (SELECT s.category, s.decided_at FROM triage_assessment s WHERE s.concern_id = c.id
                        ORDER BY s.decided_at DESC LIMIT 1) a ON true
    LEFT JOIN LATERAL (SELECT s.ending FROM closing_report s WHERE s.case_id = k.id ORDER BY s.closed_at DESC LIMIT 1) p ON true
    LEFT JOIN LATERAL (SELECT max(s.at) AS at FROM inbox_reportermessage s WHERE s.concern_id = c.id) m ON true
    LEFT JOIN LATERAL (SELECT max(s.at) AS at FROM inbox_reporterreply s WHERE s.concern_id = c.id) r ON true
    LEFT JOIN LATERAL (SELECT max(s.answered_at) AS at FROM closing_followup s WHERE s.case_id = k.id) f ON true
    CROSS JOIN LATERAL (SELECT CASE WHEN EXISTS (SELECT 1 FROM joined_join j WHERE c.id IN (j.concern_id, j.into_id))
                                    THEN ARRAY(SELECT q.id FROM joined_kin(c.id) q(id)
                                                WHERE q.id = c.id OR access_purpose() = 'retention' OR matter_open(q.id, access_user()))
                                    ELSE ARRAY[c.id] END AS ids) kin
    CROSS JOIN LATERAL (SELECT coalesce(k.closed_at, t.at, a.decided_at, c.opened_at, c.received_at) AS at) over
   WHERE c.progress = 'closed'
     -- Of matters that were ever joined none goes while one of them is open: who is shut out of one is shut out of all.
     AND NOT EXISTS (SELECT 1 FROM unnest(kin.ids) q(id) JOIN inbox_concern x ON x.id = q.id WHERE x.progress <> 'closed')
     AND CASE WHEN matters IS NULL THEN access_purpose() = 'retention'
              ELSE c.id = ANY (matters) AND (access_purpose() = 'retention' OR matter_open(c.id, access_user())) END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("kept", "0007_files_and_kin"), ("insight", "0004_inquiries")]
    operations = [migrations.RunSQL(LOOSE), migrations.RunSQL(MAY_DESTROY), migrations.RunSQL(FACTS)]
