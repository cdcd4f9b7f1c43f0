from django.db import migrations

# Everybody may read what the pages show; only the region that a kommune belongs to may lay what its pages show.
RIGHTS = """
ALTER TABLE registry_phone ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON registry_phone FOR SELECT USING (true);
CREATE POLICY write_own ON registry_phone FOR INSERT WITH CHECK (EXISTS (
  SELECT 1 FROM public.registry_office k JOIN public.registry_office r ON r.id = k.region_id
   WHERE k.id = registry_phone.kommune AND k.kind = 'kommune' AND r.kind = 'region' AND r.login = session_user));
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_publishedphone")]
    operations = [migrations.RunSQL(RIGHTS)]
