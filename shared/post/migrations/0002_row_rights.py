from django.db import migrations

# `post_me()` is bound at creation (BEGIN ATOMIC), so an office needs no right to look names up in this schema.
ME = """
CREATE FUNCTION public.post_me() RETURNS uuid STABLE
BEGIN ATOMIC
  SELECT o.id FROM public.registry_office o WHERE o.login = session_user;
END;
"""
RIGHTS = """
ALTER TABLE post_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON post_key FOR SELECT USING (true);
CREATE POLICY write_own ON post_key FOR INSERT WITH CHECK (office_id = (SELECT public.post_me()));
ALTER TABLE post_letter ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_own ON post_letter FOR SELECT
  USING (sender = (SELECT public.post_me()) OR recipient = (SELECT public.post_me()));
CREATE POLICY write_own ON post_letter FOR INSERT WITH CHECK (sender = (SELECT public.post_me()));
ALTER TABLE post_receipt ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_own ON post_receipt FOR SELECT
  USING (sender = (SELECT public.post_me()) OR recipient = (SELECT public.post_me()));
CREATE POLICY write_own ON post_receipt FOR INSERT WITH CHECK (
  recipient = (SELECT public.post_me())
  AND EXISTS (SELECT 1 FROM public.post_letter l WHERE l.id = post_receipt.id
              AND l.sender = post_receipt.sender AND l.recipient = post_receipt.recipient)
);
"""


class Migration(migrations.Migration):
    dependencies = [("post", "0001_initial"), ("registry", "0001_initial")]
    operations = [migrations.RunSQL(ME), migrations.RunSQL(RIGHTS)]
