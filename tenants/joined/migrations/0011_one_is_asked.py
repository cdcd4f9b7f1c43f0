from django.db import migrations

# As in 0009: whether the id is a concern's or a case's is asked each time, whatever the answer to the one before. Of
# the others only the one that the noun names, which whoever asks knows: all of them in one expression are set up each
# time, for one that is asked. The nouns that are logged most stand first.
MATTER = """
CREATE OR REPLACE FUNCTION audit_matter(what text, object_id text) RETURNS uuid
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  key uuid := object_id::uuid;
  concern uuid;
  home uuid;
  thing uuid;
BEGIN
  SELECT (SELECT i.id FROM inbox_concern i WHERE i.id = key), (SELECT c.concern_id FROM cases_case c WHERE c.id = key)
    INTO concern, home;
  CASE
    WHEN what IN ('inbox.concern', 'cases.case') THEN
      thing := NULL;
    WHEN what = 'cases.note' THEN
      thing := (SELECT c.concern_id FROM cases_case c
        WHERE c.id = coalesce((SELECT n.case_id FROM cases_note n WHERE n.id = key), key));
    WHEN what LIKE 'measures.%' THEN
      thing := (SELECT c.concern_id FROM cases_case c
        WHERE c.id = coalesce((SELECT m.case_id FROM measures_measure m WHERE m.id = key), key));
    WHEN what = 'inbox.call.begun' THEN
      thing := key;
    WHEN what LIKE 'inbox.message%' THEN
      thing := (SELECT m.concern_id FROM inbox_reportermessage m WHERE m.id = key);
    WHEN what LIKE 'inbox.attachment%' THEN
      thing := (SELECT a.concern_id FROM inbox_attachment a WHERE a.id = key);
    WHEN what = 'triage.assessment' THEN
      thing := (SELECT a.concern_id FROM triage_assessment a WHERE a.id = key);
    WHEN what = 'triage.step' THEN
      thing := (SELECT s.concern_id FROM triage_nextstep s WHERE s.id = key);
    WHEN what = 'cases.glass' THEN
      thing := glass_matter(key);
    WHEN what = 'closing.report' THEN
      thing := (SELECT c.concern_id FROM cases_case c
        WHERE c.id = coalesce((SELECT r.case_id FROM closing_report r WHERE r.id = key), key));
    WHEN what IN ('closing.transfer.opened', 'post.CaseTransfer') THEN
      thing := (SELECT t.concern_id FROM closing_transfer t WHERE t.letter_id = key);
    WHEN what IN ('post.receipt.CaseTransfer', 'post.receipt.ConcernHandover') THEN
      thing := (SELECT i.id FROM inbox_concern i WHERE i.letter_id = key);
    WHEN what IN ('audit.finding', 'audit.review') THEN
      thing := (SELECT f.matter_id FROM audit_finding f WHERE f.id = key);
    WHEN what IN ('joined.major', 'joined.alert') THEN
      thing := coalesce((SELECT a.major_id FROM joined_majoralert a WHERE a.id = key), key);
    ELSE
      thing := NULL;
  END CASE;
  RETURN coalesce(concern, home, thing);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("joined", "0010_same_person")]
    operations = [migrations.RunSQL(MATTER)]
