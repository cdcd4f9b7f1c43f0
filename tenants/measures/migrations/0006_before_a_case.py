import django.db.models.deletion
from django.db import migrations, models

# Contact and what was shared hang on the matter, which need not be a case; the rows that are there move along. No check of
# theirs may wait for the commit while the table is altered.
ALONG = """
UPDATE measures_casecontact t SET concern_id = c.concern_id FROM cases_case c WHERE c.id = t.case_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
# What a case says of itself the matter says too: the trigger that held the two together has nothing left to hold. The row
# rights that asked the case are said anew, of the matter, after every migration; a newborn office has none of them yet.
APART = """
DROP TRIGGER same_matter ON measures_sharing;
DROP POLICY IF EXISTS people_select ON measures_casecontact;
DROP POLICY IF EXISTS people_insert ON measures_casecontact;
DROP POLICY IF EXISTS people_update ON measures_casecontact;
DROP POLICY IF EXISTS people_delete ON measures_casecontact;
"""
# As in 0003, but that the matter is told and not the case.
TRY = """
DROP FUNCTION sharing_try(text, text);
CREATE FUNCTION sharing_try(link text, code text, OUT answer text, OUT concern_id uuid, OUT opened_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  s measures_sharing;
  fits boolean;
  alive boolean;
BEGIN
  answer := 'no';
  IF access_purpose() IS DISTINCT FROM 'sharing' OR coalesce(link, '') = '' THEN RETURN; END IF;
  SELECT * INTO s FROM measures_sharing m WHERE m.link_hash = link FOR UPDATE;
  fits := coalesce(s.code_hash = code, false);
  alive := coalesce(s.revoked_at IS NULL AND s.expires_at > now() AND s.wrong_tries < 5, false);
  UPDATE measures_sharing m SET
      wrong_tries = m.wrong_tries + CASE WHEN alive AND NOT fits THEN 1 ELSE 0 END,
      opened_at = CASE WHEN alive AND fits THEN coalesce(m.opened_at, now()) ELSE m.opened_at END,
      opened_in = CASE WHEN alive AND fits AND m.opened_at IS NULL THEN pg_current_xact_id()::text::bigint ELSE m.opened_in END
    WHERE m.id = s.id;
  IF NOT (alive AND fits) THEN
    concern_id := CASE WHEN alive THEN s.concern_id END;
    RETURN;
  END IF;
  answer := CASE WHEN s.opened_at IS NULL THEN 'open' ELSE 'used' END;
  concern_id := s.concern_id;
  opened_at := s.opened_at;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0005_again"), ("inbox", "0014_calls_safe")]

    operations = [
        migrations.AddField(
            "casecontact",
            "concern",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.concern"
            ),
        ),
        migrations.RunSQL(ALONG),
        migrations.AlterField(
            "casecontact",
            "concern",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.concern"),
        ),
        migrations.RunSQL(APART),
        migrations.RemoveField("casecontact", "case"),
        migrations.RemoveField("sharing", "case"),
        migrations.RunSQL(TRY),
    ]
