from django.db import migrations

# Whoever was asked sees for a while that it was withdrawn; `request_shown` says, as before, when its words are open too.
LISTED = """
CREATE FUNCTION request_listed(answered_at timestamptz, due_on date) RETURNS boolean STABLE LANGUAGE sql AS $$
  SELECT CASE WHEN answered_at IS NULL THEN due_on > current_date - 90 ELSE answered_at > now() - interval '30 days' END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0003_plan")]

    operations = [migrations.RunSQL(LISTED)]
