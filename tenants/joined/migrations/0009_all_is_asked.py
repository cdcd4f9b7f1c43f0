from django.db import migrations

# As in 0005; but every question is asked before one of them answers. `matter_there` asks this for a getter, and the
# sooner it was found what an id belongs to, the sooner the getter said that it is not there.
MATTER = """
CREATE OR REPLACE FUNCTION audit_matter(what text, object_id text) RETURNS uuid
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  key uuid := object_id::uuid;
  concern uuid := (SELECT id FROM inbox_concern WHERE id = key);
  home uuid := (SELECT concern_id FROM cases_case WHERE id = key);
  thing uuid := CASE
    WHEN what = 'inbox.call.begun' THEN key
    WHEN what LIKE 'inbox.message%' THEN (SELECT concern_id FROM inbox_reportermessage WHERE id = key)
    WHEN what LIKE 'inbox.attachment%' THEN (SELECT concern_id FROM inbox_attachment WHERE id = key)
    WHEN what = 'triage.assessment' THEN (SELECT concern_id FROM triage_assessment WHERE id = key)
    WHEN what = 'triage.step' THEN (SELECT concern_id FROM triage_nextstep WHERE id = key)
    WHEN what = 'cases.note' THEN (SELECT c.concern_id FROM cases_case c
      WHERE c.id = coalesce((SELECT n.case_id FROM cases_note n WHERE n.id = key), key))
    WHEN what = 'cases.glass' THEN glass_matter(key)
    WHEN what LIKE 'measures.%' THEN (SELECT c.concern_id FROM cases_case c
      WHERE c.id = coalesce((SELECT m.case_id FROM measures_measure m WHERE m.id = key), key))
    WHEN what = 'closing.report' THEN (SELECT c.concern_id FROM cases_case c
      WHERE c.id = coalesce((SELECT r.case_id FROM closing_report r WHERE r.id = key), key))
    WHEN what IN ('closing.transfer.opened', 'post.CaseTransfer') THEN
      (SELECT concern_id FROM closing_transfer WHERE letter_id = key)
    WHEN what IN ('post.receipt.CaseTransfer', 'post.receipt.ConcernHandover') THEN
      (SELECT id FROM inbox_concern WHERE letter_id = key)
    WHEN what IN ('audit.finding', 'audit.review') THEN (SELECT matter_id FROM audit_finding WHERE id = key)
    WHEN what IN ('joined.major', 'joined.alert') THEN
      coalesce((SELECT a.major_id FROM joined_majoralert a WHERE a.id = key), key)
  END;
BEGIN
  RETURN coalesce(concern, home, thing);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("joined", "0008_leaves_by_itself")]
    operations = [migrations.RunSQL(MATTER)]
