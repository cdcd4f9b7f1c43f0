from django.db import migrations

# The concern is closed here when another kommune takes over, but for whoever told it it goes on.
ELSEWHERE = """
CREATE OR REPLACE FUNCTION receipt_state(OUT id uuid, OUT progress text, OUT received_at timestamptz) RETURNS SETOF record
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT c.id,
         CASE WHEN EXISTS (SELECT 1 FROM closing_transfer t WHERE t.concern_id = c.id) THEN 'in_progress'
              ELSE c.progress END,
         c.received_at
    FROM inbox_concern c WHERE c.id = receipt_matter()
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("closing", "0002_transfer"), ("inbox", "0003_matter")]
    operations = [migrations.RunSQL(ELSEWHERE)]
