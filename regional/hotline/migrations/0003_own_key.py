from django.db import migrations

# An operator ends the key of her own call while the call goes on (regional.hotline.actions), and no other key.
ENDING = """
CREATE OR REPLACE FUNCTION privacy_may_destroy(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF purpose IS NOT NULL THEN RETURN purpose = 'keys'; END IF;
  RETURN EXISTS (SELECT 1 FROM hotline_call WHERE id = key AND state = 'open' AND operator = reader);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("hotline", "0002_sealed"), ("privacy", "0003_no_update")]
    operations = [migrations.RunSQL(ENDING)]
