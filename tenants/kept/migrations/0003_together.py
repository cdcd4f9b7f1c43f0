import uuid

import django.db.models.deletion
from django.db import migrations, models

# As in 0002, but hidden is what any of the matters was that it was ever joined with: it is asked before the first goes.
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
                                    THEN ARRAY(SELECT joined_kin(c.id)) ELSE ARRAY[c.id] END AS ids) kin
    CROSS JOIN LATERAL (SELECT coalesce(k.closed_at, t.at, a.decided_at, c.opened_at, c.received_at) AS at) over
   WHERE c.progress = 'closed'
     -- Of matters that were ever joined none goes while one of them is open: who is shut out of one is shut out of all.
     AND NOT EXISTS (SELECT 1 FROM unnest(kin.ids) q(id) JOIN inbox_concern x ON x.id = q.id WHERE x.progress <> 'closed')
     AND CASE WHEN matters IS NULL THEN access_purpose() = 'retention'
              ELSE c.id = ANY (matters) AND (access_purpose() = 'retention' OR matter_open(c.id, access_user())) END
$$;
-- Has anybody written in the matter after this moment? What the end itself writes is no change.
CREATE OR REPLACE FUNCTION kept_changed(matter uuid, since timestamptz) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT (access_purpose() = 'retention' OR matter_open(matter, access_user()))
     AND EXISTS (SELECT 1 FROM audit_entry e
                  WHERE e.matter_id = matter AND e.at > since AND e.action IN ('create', 'change') AND e.what NOT LIKE 'kept.%'
                    AND NOT (e.user_id IS NULL AND e.role = 'retention'))
$$;
"""
# All that the database knows of what stops an end, asked after the lock. `kept_ready` (0002) asks it of all of them together.
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
                    AND o.class_code = CASE WHEN f.moved THEN 'moved' WHEN f.case_id IS NULL THEN 'no_case'
                                            WHEN f.ending IN ('unfounded', 'misuse') THEN 'short' ELSE 'case' END
                    AND (CASE k.starts WHEN 'last_contact' THEN f.last_contact ELSE f.closed_at END AT TIME ZONE 'Europe/Oslo')::date
                        + make_interval(months => k.months) <= (now() AT TIME ZONE 'Europe/Oslo')::date
                    AND (k.then = 'delete' OR b.made_at >= f.closed_at)
                    AND NOT kept_changed(matter, coalesce(b.made_at, o.confirmed_at))
                    AND NOT EXISTS (SELECT 1 FROM kept_regret g WHERE g.order_id = o.id)
                    AND coalesce((SELECT h.until FROM kept_longer h WHERE h.concern_id = matter ORDER BY h.at DESC, h.id DESC LIMIT 1)
                                 <= (now() AT TIME ZONE 'Europe/Oslo')::date, true))
$$;
-- Major matters that nothing but this matter and those it was joined with are part of: they go with them.
CREATE OR REPLACE FUNCTION kept_majors(matter uuid) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT l.major_id FROM joined_majorlink l
   WHERE l.concern_id = matter AND access_purpose() = 'retention'
     AND NOT EXISTS (SELECT 1 FROM joined_majorlink o
                      WHERE o.major_id = l.major_id AND o.concern_id NOT IN (SELECT joined_kin(matter)))
$$;
"""
# Who was ever joined with this one: for the end alone.
KIN = """
CREATE FUNCTION kept_kin(matter uuid) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT k.id FROM joined_kin(matter) k(id) WHERE access_purpose() = 'retention'
$$;
"""
# Matters that were ever joined go in one call: none of them is left to open for whoever only another one shut out.
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
  RETURN kept_drop('joined_major'::regclass, majors, 1) || kept_drop('inbox_concern'::regclass, kin, 0);
END $$;
"""
# As in joined 0002; and of what is gone the log stays shut for those whom it was shut for.
LOG = """
CREATE OR REPLACE FUNCTION audit_shut(reader uuid) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
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
$$;
"""
# What is said of an order, a bundle or the archive belongs to the matter it is said in. Asked as the one who writes, so that
# what is hidden from them answers as what is not there.
SAME_MATTER = """
CREATE FUNCTION kept_same_matter() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  other uuid := (to_jsonb(NEW) ->> TG_ARGV[1])::uuid;
  found boolean;
BEGIN
  IF other IS NULL THEN RETURN NEW; END IF;
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE id = $1 AND concern_id = $2)', TG_ARGV[0])
     INTO found USING other, NEW.concern_id;
  IF NOT found THEN RAISE insufficient_privilege USING MESSAGE = 'it is not of this matter'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON kept_archived
  FOR EACH ROW EXECUTE FUNCTION kept_same_matter('kept_bundle', 'bundle_id');
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON kept_order
  FOR EACH ROW EXECUTE FUNCTION kept_same_matter('kept_archived', 'archived_id');
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON kept_regret
  FOR EACH ROW EXECUTE FUNCTION kept_same_matter('kept_order', 'order_id');
"""
# Which confirmation lets this go: one that stands, of what was there when it was given and is past its time by the class.
# A call about somebody who works here goes only by one who saw it (as `_LOOSE` in tenants/inbox/calls_models.py).
LOOSE = """
CREATE FUNCTION kept_clearing_of(thing text, key uuid) RETURNS uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT c.id FROM kept_loose() l JOIN kept_clearing c ON c.kind = l.kind
    JOIN LATERAL (SELECT x.months FROM kept_class x WHERE x.code = l.kind ORDER BY x.decided_at DESC LIMIT 1) k ON true
   WHERE l.kind = thing AND l.id = key AND c.not_before <= now() AND l.at <= c.confirmed_at
     AND (l.at AT TIME ZONE 'Europe/Oslo')::date <= c.through
     AND (l.at AT TIME ZONE 'Europe/Oslo')::date + make_interval(months => k.months) <= (now() AT TIME ZONE 'Europe/Oslo')::date
     AND NOT EXISTS (SELECT 1 FROM kept_clearingregret g WHERE g.clearing_id = c.id)
     AND NOT EXISTS (SELECT 1 FROM inbox_callback b
                      WHERE l.kind = 'callback' AND b.id = l.id AND b.about_staff AND c.confirmed_by NOT IN (b.made_by, b.owner_id)
                        AND (team_has(b.made_by) OR team_has(b.owner_id)))
   ORDER BY c.confirmed_at DESC LIMIT 1
$$;
CREATE OR REPLACE FUNCTION kept_loose_ready(thing text, key uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$ SELECT kept_clearing_of(thing, key) IS NOT NULL $$;
"""


class Migration(migrations.Migration):
    dependencies = [("kept", "0002_erase"), ("joined", "0002_guard"), ("inbox", "0010_callbacks")]
    operations = [
        migrations.CreateModel(
            name="Shut",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("matter_id", models.UUIDField(db_index=True)),
                ("covered", models.BooleanField()),
                ("user_id", models.UUIDField(null=True)),
                ("service", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "db_table": "kept_shut",
            },
        ),
        migrations.CreateModel(
            name="ClearingRegret",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("by_user", models.UUIDField()),
                ("by_name", models.CharField(max_length=200)),
                (
                    "clearing",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="regret", to="kept.clearing"
                    ),
                ),
            ],
            options={
                "db_table": "kept_clearingregret",
            },
        ),
        migrations.RunSQL(FACTS),
        migrations.RunSQL(READY),
        migrations.RunSQL(KIN),
        migrations.RunSQL(ERASE),
        migrations.RunSQL(LOG),
        migrations.RunSQL(SAME_MATTER),
        migrations.RunSQL(LOOSE),
    ]
