from django.db import migrations

# As in 0002, and a coordinator may end the key of a drøfting at once (triage 0010).
MAY_DESTROY = """
CREATE OR REPLACE FUNCTION privacy_may_destroy(key uuid, reader uuid, purpose text) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce(purpose = 'keys', false)
      OR coalesce(purpose = 'retention', false) AND (kept_ready(key) OR kept_loose_ready('talk', key)
       OR EXISTS (SELECT 1 FROM joined_majorlink l WHERE l.major_id = key AND kept_ready(l.concern_id)
                   AND key IN (SELECT kept_majors(l.concern_id))))
      OR purpose IS NULL AND talk_may_end(key, reader)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("kept", "0003_together"), ("triage", "0010_talk_ended")]
    operations = [migrations.RunSQL(MAY_DESTROY)]
