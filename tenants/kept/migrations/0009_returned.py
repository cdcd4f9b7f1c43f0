from django.db import migrations

# As in 0008; and what was sent back to the phone, from the day its content was ended here.
FACTS = """
CREATE OR REPLACE FUNCTION kept_facts(matters uuid[], OUT concern_id uuid, OUT case_id uuid, OUT received_at timestamptz,
  OUT closed_at timestamptz, OUT last_contact timestamptz, OUT ending text, OUT moved boolean, OUT category text,
  OUT counted_from date, OUT hidden boolean, OUT asked boolean) RETURNS SETOF record
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT c.id, k.id, c.received_at, over.at, greatest(over.at, m.at, r.at, f.at), CASE c.progress WHEN 'returned' THEN 'returned' ELSE coalesce(p.ending, '') END, t.id IS NOT NULL,
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
    LEFT JOIN inbox_returned back ON back.concern_id = c.id
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
    CROSS JOIN LATERAL (SELECT coalesce(back.gone_at, k.closed_at, t.at, a.decided_at, c.opened_at, c.received_at) AS at) over
   WHERE (c.progress = 'closed' OR c.progress = 'returned' AND back.gone_at IS NOT NULL)
     -- Of matters that were ever joined none goes while one of them is open: who is shut out of one is shut out of all.
     AND NOT EXISTS (SELECT 1 FROM unnest(kin.ids) q(id) JOIN inbox_concern x ON x.id = q.id WHERE x.progress NOT IN ('closed', 'returned'))
     AND CASE WHEN matters IS NULL THEN access_purpose() = 'retention'
              ELSE c.id = ANY (matters) AND (access_purpose() = 'retention' OR matter_open(c.id, access_user())) END
$$;
"""
# As in 0007; and what was sent back has a class of its own.
READY = """
CREATE OR REPLACE FUNCTION kept_ready_alone(matter uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce(access_purpose() = 'retention', false)
     AND EXISTS (SELECT 1 FROM kept_facts(ARRAY[matter]) f
                   JOIN kept_order o ON o.concern_id = f.concern_id
                   JOIN LATERAL (SELECT x.starts, x.months, x.then FROM kept_class x WHERE x.code = o.class_code
                                  ORDER BY x.decided_at DESC LIMIT 1) k ON true
                   LEFT JOIN kept_archived a ON a.id = o.archived_id AND a.concern_id = o.concern_id
                   LEFT JOIN kept_bundle b ON b.id = a.bundle_id AND b.concern_id = o.concern_id
                  WHERE NOT f.asked AND o.not_before <= now() AND o.confirmed_at >= f.closed_at
                    AND o.class_code = CASE WHEN f.ending = 'returned' THEN 'returned' WHEN f.moved THEN 'moved' WHEN f.case_id IS NULL THEN 'no_case'
                                            WHEN f.ending IN ('unfounded', 'misuse') THEN 'short' ELSE 'case' END
                    AND (CASE k.starts WHEN 'last_contact' THEN f.last_contact ELSE f.closed_at END AT TIME ZONE 'Europe/Oslo')::date
                        + make_interval(months => k.months) <= (now() AT TIME ZONE 'Europe/Oslo')::date
                    AND (k.then = 'delete' OR b.made_at >= f.closed_at AND NOT EXISTS (SELECT 1 FROM kept_left_out(b.id)))
                    AND NOT kept_changed(matter, CASE WHEN k.then = 'delete' THEN o.confirmed_at
                                                  ELSE coalesce(b.made_at, o.confirmed_at) END)
                    AND NOT EXISTS (SELECT 1 FROM kept_regret g WHERE g.order_id = o.id)
                    AND coalesce((SELECT h.until FROM kept_longer h WHERE h.concern_id = matter ORDER BY h.at DESC, h.id DESC LIMIT 1)
                                 <= (now() AT TIME ZONE 'Europe/Oslo')::date, true))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("kept", "0008_inquiries"), ("inbox", "0021_returned_rights")]
    operations = [migrations.RunSQL(FACTS), migrations.RunSQL(READY)]
