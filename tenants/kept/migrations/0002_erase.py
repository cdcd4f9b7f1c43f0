from django.db import migrations

# What the rules need of closed matters, without a word of them: for the purpose of keeping, and for those who see them.
# One place for both, so that no room's table has to be opened to the purpose.
FACTS = """
CREATE FUNCTION kept_facts(matters uuid[], OUT concern_id uuid, OUT case_id uuid, OUT received_at timestamptz,
  OUT closed_at timestamptz, OUT last_contact timestamptz, OUT ending text, OUT moved boolean, OUT category text,
  OUT counted_from date, OUT hidden boolean, OUT asked boolean) RETURNS SETOF record
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT c.id, k.id, c.received_at, over.at, greatest(over.at, m.at, r.at, f.at), coalesce(p.ending, ''), t.id IS NOT NULL,
         coalesce(k.category, a.category, ''), k.counted_from,
         EXISTS (SELECT 1 FROM inbox_cover v WHERE v.concern_id = c.id)
         OR EXISTS (SELECT 1 FROM inbox_denial d WHERE d.concern_id = c.id),
         EXISTS (SELECT 1 FROM insight_request s WHERE s.concern_id = c.id AND s.ended_at IS NULL)
         OR EXISTS (SELECT 1 FROM insight_statement s WHERE s.concern_id = c.id
                     AND (s.answered_at IS NULL OR s.answer = 'granted' AND s.ended_at IS NULL))
    FROM inbox_concern c
    LEFT JOIN cases_case k ON k.concern_id = c.id
    LEFT JOIN closing_transfer t ON t.concern_id = c.id
    LEFT JOIN LATERAL (SELECT s.category, s.decided_at FROM triage_assessment s WHERE s.concern_id = c.id
                        ORDER BY s.decided_at DESC LIMIT 1) a ON true
    LEFT JOIN LATERAL (SELECT s.ending FROM closing_report s WHERE s.case_id = k.id ORDER BY s.closed_at DESC LIMIT 1) p ON true
    LEFT JOIN LATERAL (SELECT max(s.at) AS at FROM inbox_reportermessage s WHERE s.concern_id = c.id) m ON true
    LEFT JOIN LATERAL (SELECT max(s.at) AS at FROM inbox_reporterreply s WHERE s.concern_id = c.id) r ON true
    LEFT JOIN LATERAL (SELECT max(s.answered_at) AS at FROM closing_followup s WHERE s.case_id = k.id) f ON true
    CROSS JOIN LATERAL (SELECT coalesce(k.closed_at, t.at, a.decided_at, c.opened_at, c.received_at) AS at) over
   WHERE c.progress = 'closed'
     -- Of matters that were ever joined none goes while one of them is open: who is shut out of one is shut out of all.
     AND NOT (EXISTS (SELECT 1 FROM joined_join j WHERE c.id IN (j.concern_id, j.into_id))
              AND EXISTS (SELECT 1 FROM joined_kin(c.id) q(id) JOIN inbox_concern x ON x.id = q.id WHERE x.progress <> 'closed'))
     AND CASE WHEN matters IS NULL THEN access_purpose() = 'retention'
              ELSE c.id = ANY (matters) AND (access_purpose() = 'retention' OR matter_open(c.id, access_user())) END
$$;
-- Has anybody written in the matter after this moment? The log knows, whatever room it was in. Not what this room did itself.
CREATE FUNCTION kept_changed(matter uuid, since timestamptz) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT (access_purpose() = 'retention' OR matter_open(matter, access_user()))
     AND EXISTS (SELECT 1 FROM audit_entry e
                  WHERE e.matter_id = matter AND e.at > since AND e.action IN ('create', 'change') AND e.what NOT LIKE 'kept.%')
$$;
-- What belongs to no matter: discussions, and calls back that were made.
CREATE FUNCTION kept_loose(OUT kind text, OUT id uuid, OUT at timestamptz) RETURNS SETOF record
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT 'talk', t.id, t.at FROM triage_talk t WHERE access_purpose() = 'retention'
  UNION ALL
  SELECT 'callback', b.id, b.done_at FROM inbox_callback b
   WHERE access_purpose() = 'retention' AND b.concern_id IS NULL AND b.done_at IS NOT NULL
$$;
"""
# The end. Asked by the database itself, so that no mistake of ours and nothing slipped in ends a matter that nobody confirmed:
# it is closed, a confirmation stands that nobody took back, its week is over, and what the archive must have, it has.
READY = """
CREATE FUNCTION kept_ready_alone(matter uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce(access_purpose() = 'retention', false)
     AND EXISTS (SELECT 1 FROM inbox_concern c WHERE c.id = matter AND c.progress = 'closed')
     AND EXISTS (SELECT 1 FROM kept_order o
                   JOIN LATERAL (SELECT x.then FROM kept_class x WHERE x.code = o.class_code ORDER BY x.decided_at DESC LIMIT 1) k ON true
                  WHERE o.concern_id = matter AND o.not_before <= now()
                    AND o.confirmed_at >= coalesce((SELECT c.closed_at FROM cases_case c WHERE c.concern_id = matter), o.confirmed_at)
                    AND (k.then = 'delete' OR o.archived_id IS NOT NULL)
                    AND NOT EXISTS (SELECT 1 FROM kept_regret g WHERE g.order_id = o.id))
$$;
-- Matters that were ever joined go together: the last of them must still shut out whom one of them shut out.
CREATE FUNCTION kept_ready(matter uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT bool_and(kept_ready_alone(k.id)) FROM joined_kin(matter) k(id)
$$;
-- Major matters that nothing but this matter is part of: they go with it.
CREATE FUNCTION kept_majors(matter uuid) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT l.major_id FROM joined_majorlink l
   WHERE l.concern_id = matter AND access_purpose() = 'retention'
     AND NOT EXISTS (SELECT 1 FROM joined_majorlink o WHERE o.major_id = l.major_id AND o.concern_id <> matter)
$$;
CREATE FUNCTION kept_loose_ready(thing text, key uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM kept_loose() l JOIN kept_clearing c ON c.kind = l.kind
                  WHERE l.kind = thing AND l.id = key AND c.not_before <= now() AND (l.at AT TIME ZONE 'Europe/Oslo')::date <= c.through)
$$;
CREATE OR REPLACE FUNCTION privacy_may_destroy(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce(purpose = 'keys', false)
      OR coalesce(purpose = 'retention', false) AND (kept_ready(key) OR kept_loose_ready('talk', key)
       OR EXISTS (SELECT 1 FROM joined_majorlink l WHERE l.major_id = key AND kept_ready(l.concern_id)
                   AND key IN (SELECT kept_majors(l.concern_id))))
$$;
"""
# Everything that hangs on a row goes before it, found by the foreign keys that are there and not by a list: a room that comes
# later is reached without knowing of this. It never goes up: another matter is never reached, and if it were, all stops.
# Not SECURITY DEFINER: called by anybody else it has that one's own rights, and they may delete next to nothing.
ERASE = """
CREATE FUNCTION kept_drop(tab oid, ids uuid[], depth integer) RETURNS uuid[]
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  link record;
  found uuid[];
  gone uuid[] := '{}';
BEGIN
  IF depth > 12 OR depth > 0 AND tab = 'inbox_concern'::regclass
  THEN RAISE insufficient_privilege USING MESSAGE = 'the end of a matter would reach another one'; END IF;
  FOR link IN
    SELECT c.conrelid::regclass AS child, a.attname AS col
      FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     WHERE c.contype = 'f' AND c.confrelid = tab
  LOOP
    EXECUTE format('SELECT array_agg(id) FROM %s WHERE %I = ANY ($1) AND (%L::regclass <> %L::regclass OR NOT id = ANY ($1))',
                   link.child, link.col, link.child, tab::regclass) INTO found USING ids;
    IF found IS NOT NULL THEN gone := gone || kept_drop(link.child, found, depth + 1); END IF;
  END LOOP;
  EXECUTE format('DELETE FROM %s WHERE id = ANY ($1)', tab::regclass) USING ids;
  RETURN gone || ids;
END $$;
CREATE FUNCTION kept_erase(matter uuid) RETURNS uuid[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  asked uuid[];
  majors uuid[] := ARRAY(SELECT kept_majors(matter));
BEGIN
  PERFORM 1 FROM inbox_concern WHERE id = matter FOR UPDATE;
  IF NOT kept_ready(matter) THEN RAISE insufficient_privilege USING MESSAGE = 'nobody confirmed the end of this matter'; END IF;
  INSERT INTO kept_gonereceipt (id, receipt_hash, received_month, deleted_on)
  SELECT gen_random_uuid(), c.receipt_hash, date_trunc('month', c.received_at AT TIME ZONE 'Europe/Oslo')::date,
         (now() AT TIME ZONE 'Europe/Oslo')::date
    FROM inbox_concern c WHERE c.id = matter AND c.receipt_hash <> '';
  -- What names the matter without a foreign key: a key of a report that was sent, and break-glass as it was typed.
  DELETE FROM inbox_clientkey WHERE concern_id = matter;
  SELECT array_agg(g.id) INTO asked FROM cases_glassrequest g WHERE glass_matter(g.id) = matter;
  IF asked IS NOT NULL THEN PERFORM kept_drop('cases_glassrequest'::regclass, asked, 1); END IF;
  RETURN kept_drop('joined_major'::regclass, majors, 1) || kept_drop('inbox_concern'::regclass, ARRAY[matter], 0);
END $$;
CREATE FUNCTION kept_erase_loose(thing text, key uuid) RETURNS uuid[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT kept_loose_ready(thing, key) THEN RAISE insufficient_privilege USING MESSAGE = 'nobody confirmed the end of this'; END IF;
  RETURN kept_drop(CASE thing WHEN 'talk' THEN 'triage_talk'::regclass ELSE 'inbox_callback'::regclass END, ARRAY[key], 1);
END $$;
"""
# Approved minutes are frozen for everybody but the end of a matter: its points go with it. For the purpose nothing else opens:
# it has no right to these tables.
MINUTES = """
CREATE OR REPLACE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON meeting_item FOR EACH ROW
  WHEN (access_purpose() IS DISTINCT FROM 'retention') EXECUTE FUNCTION meeting_frozen();
CREATE OR REPLACE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON meeting_hearing FOR EACH ROW
  WHEN (access_purpose() IS DISTINCT FROM 'retention') EXECUTE FUNCTION meeting_frozen();
CREATE OR REPLACE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON meeting_decision FOR EACH ROW
  WHEN (access_purpose() IS DISTINCT FROM 'retention') EXECUTE FUNCTION meeting_frozen();
"""
# For whoever holds the receipt of what is gone: it was there, and was deleted by the rules. Asked when there is no such report.
RECEIPT = """
CREATE FUNCTION receipt_gone(OUT received_month date, OUT deleted_on date) RETURNS SETOF record
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT g.received_month, g.deleted_on FROM kept_gonereceipt g
   WHERE access_purpose() = 'receipt' AND g.receipt_hash = nullif(current_setting('varde.receipt', true), '') LIMIT 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kept", "0001_initial"),
        ("privacy", "0003_no_update"),
        ("meeting", "0002_frozen"),
        ("joined", "0002_guard"),
        ("insight", "0001_initial"),
        ("closing", "0006_after"),
        ("cases", "0007_near"),
        ("inbox", "0009_conversation"),
        ("triage", "0004_escalation"),
        ("audit", "0004_matter"),
    ]
    operations = [
        migrations.RunSQL(FACTS),
        migrations.RunSQL(READY),
        migrations.RunSQL(ERASE),
        migrations.RunSQL(MINUTES),
        migrations.RunSQL(RECEIPT),
    ]
