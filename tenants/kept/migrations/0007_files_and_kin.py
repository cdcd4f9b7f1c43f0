import uuid

import django.db.models.deletion
from django.db import migrations, models

from varde.privacy.fields import SealedTextField

# As in 0003; but of joined matters that the asker does not see nothing is told, not even that one is open or hidden. The
# end itself asks them all (`kept_ready`).
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
# Files that a bundle does not hold: those it was made without, and whatever is not known to be without malware; but for
# those that somebody decided to do without.
LEFT_OUT = """
CREATE FUNCTION kept_left_out(bundle uuid) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT a.id
    FROM kept_bundle b JOIN inbox_attachment a ON a.concern_id = b.concern_id
    LEFT JOIN LATERAL (SELECT f.virus FROM inbox_attachmentfinding f WHERE f.attachment_id = a.id
                        ORDER BY f.at DESC, f.id DESC LIMIT 1) v ON true
   WHERE b.id = bundle
     AND (access_purpose() = 'retention' OR matter_open(b.concern_id, access_user()))
     AND (coalesce(b.without ? a.id::text, false)
          OR coalesce(v.virus, '') <> 'clean' AND (b.without IS NULL OR coalesce(v.virus, '') <> 'unscanned'))
     AND NOT EXISTS (SELECT 1 FROM kept_withoutfile w WHERE w.attachment_id = a.id)
$$;
CREATE TRIGGER same_matter BEFORE INSERT OR UPDATE ON kept_withoutfile
  FOR EACH ROW EXECUTE FUNCTION kept_same_matter('inbox_attachment', 'attachment_id');
"""
# As in 0005; and what the archive must have, it has with every file, or somebody decided on those that it has not.
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
                    AND (k.then = 'delete' OR b.made_at >= f.closed_at AND NOT EXISTS (SELECT 1 FROM kept_left_out(b.id)))
                    AND NOT kept_changed(matter, CASE WHEN k.then = 'delete' THEN o.confirmed_at
                                                  ELSE coalesce(b.made_at, o.confirmed_at) END)
                    AND NOT EXISTS (SELECT 1 FROM kept_regret g WHERE g.order_id = o.id)
                    AND coalesce((SELECT h.until FROM kept_longer h WHERE h.concern_id = matter ORDER BY h.at DESC, h.id DESC LIMIT 1)
                                 <= (now() AT TIME ZONE 'Europe/Oslo')::date, true))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kept", "0006_majors"),
        ("inbox", "0012_attachments_later"),
    ]

    operations = [
        migrations.AddField("bundle", "without", models.JSONField(null=True)),
        migrations.CreateModel(
            name="WithoutFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reason", SealedTextField()),
                ("at", models.DateTimeField()),
                ("by_user", models.UUIDField()),
                ("by_name", models.CharField(max_length=200)),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.attachment"
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.concern"
                    ),
                ),
            ],
            options={
                "db_table": "kept_withoutfile",
            },
        ),
        migrations.RunSQL(FACTS),
        migrations.RunSQL(LEFT_OUT),
        migrations.RunSQL(READY),
    ]
