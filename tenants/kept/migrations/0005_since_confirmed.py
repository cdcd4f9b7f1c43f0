from django.db import migrations

# As in 0003; but what goes without the archive counts from its confirmation, also when the archive got a bundle before
# the class was changed: what is said in `ending._check`.
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
                    AND NOT kept_changed(matter, CASE WHEN k.then = 'delete' THEN o.confirmed_at
                                                  ELSE coalesce(b.made_at, o.confirmed_at) END)
                    AND NOT EXISTS (SELECT 1 FROM kept_regret g WHERE g.order_id = o.id)
                    AND coalesce((SELECT h.until FROM kept_longer h WHERE h.concern_id = matter ORDER BY h.at DESC, h.id DESC LIMIT 1)
                                 <= (now() AT TIME ZONE 'Europe/Oslo')::date, true))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("kept", "0004_talk_ended")]
    operations = [migrations.RunSQL(READY)]
