from django.db import migrations, models

# Whoever is shut out of one of the matters leaves the major one for good, before the deny row is laid: they are put on
# it, or told of it, anew or not at all. Where nobody is left, whoever takes over the matter takes it too, if they see all.
SHUT_OUT = """
CREATE FUNCTION major_shut_out(matter uuid, shut uuid[], heir uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF access_purpose() IS NULL AND NOT matter_held(matter, access_user()) THEN RETURN; END IF;
  DELETE FROM joined_majormember m USING joined_majorlink l
   WHERE l.concern_id = matter AND l.major_id = m.major_id AND m.user_id = ANY (shut);
  UPDATE joined_majoralert a SET taken_back_at = clock_timestamp() FROM joined_majorlink l
   WHERE l.concern_id = matter AND l.major_id = a.major_id AND a.to_id = ANY (shut) AND a.taken_back_at IS NULL;
  INSERT INTO joined_majormember (id, major_id, user_id, since)
  SELECT gen_random_uuid(), l.major_id, heir, clock_timestamp() FROM joined_majorlink l
   WHERE l.concern_id = matter
     AND NOT EXISTS (SELECT 1 FROM joined_majormember m WHERE m.major_id = l.major_id)
     AND NOT EXISTS (SELECT 1 FROM joined_majorlink o WHERE o.major_id = l.major_id AND NOT matter_held(o.concern_id, heir));
END $$;
"""
# Those who were shut out before there was such a thing.
BEFORE = """
DELETE FROM joined_majormember m
 WHERE EXISTS (SELECT 1 FROM joined_majorlink l WHERE l.major_id = m.major_id AND matter_denied(l.concern_id, m.user_id));
UPDATE joined_majoralert a SET taken_back_at = clock_timestamp()
 WHERE EXISTS (SELECT 1 FROM joined_majorlink l WHERE l.major_id = a.major_id AND matter_denied(l.concern_id, a.to_id));
"""
# What is done with a major matter stands under itself, and is read by those who are on it: whoever sees one of the
# matters in it, and no more, must not learn of it there.
LOG = """
CREATE OR REPLACE FUNCTION audit_matter(what text, object_id text) RETURNS uuid
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  key uuid := object_id::uuid;
  found uuid;
BEGIN
  SELECT id INTO found FROM inbox_concern WHERE id = key;
  IF found IS NOT NULL THEN RETURN found; END IF;
  SELECT concern_id INTO found FROM cases_case WHERE id = key;
  IF found IS NOT NULL THEN RETURN found; END IF;
  RETURN CASE
    WHEN what = 'inbox.call.begun' THEN key
    WHEN what LIKE 'inbox.message%' THEN (SELECT concern_id FROM inbox_reportermessage WHERE id = key)
    WHEN what LIKE 'inbox.attachment%' THEN (SELECT concern_id FROM inbox_attachment WHERE id = key)
    WHEN what = 'triage.assessment' THEN (SELECT concern_id FROM triage_assessment WHERE id = key)
    WHEN what = 'triage.step' THEN (SELECT concern_id FROM triage_nextstep WHERE id = key)
    WHEN what = 'cases.note' THEN
      (SELECT c.concern_id FROM cases_note n JOIN cases_case c ON c.id = n.case_id WHERE n.id = key)
    WHEN what = 'cases.glass' THEN glass_matter(key)
    WHEN what LIKE 'measures.%' THEN
      (SELECT c.concern_id FROM measures_measure m JOIN cases_case c ON c.id = m.case_id WHERE m.id = key)
    WHEN what = 'closing.report' THEN
      (SELECT c.concern_id FROM closing_report r JOIN cases_case c ON c.id = r.case_id WHERE r.id = key)
    WHEN what IN ('closing.transfer.opened', 'post.CaseTransfer') THEN
      (SELECT concern_id FROM closing_transfer WHERE letter_id = key)
    WHEN what IN ('post.receipt.CaseTransfer', 'post.receipt.ConcernHandover') THEN
      (SELECT id FROM inbox_concern WHERE letter_id = key)
    WHEN what IN ('audit.finding', 'audit.review') THEN (SELECT matter_id FROM audit_finding WHERE id = key)
    WHEN what IN ('joined.major', 'joined.alert') THEN
      coalesce((SELECT a.major_id FROM joined_majoralert a WHERE a.id = key), key)
  END;
END $$;
CREATE OR REPLACE FUNCTION audit_may_read(matter uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT matter_open(matter, reader)
      OR EXISTS (SELECT 1 FROM joined_majormember m WHERE m.major_id = matter AND m.user_id = reader)
         AND major_open(matter, reader)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("joined", "0004_kommuner")]
    operations = [
        migrations.AddField("majoralert", "taken_back_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(SHUT_OUT),
        migrations.RunSQL(BEFORE),
        migrations.RunSQL(LOG),
    ]
