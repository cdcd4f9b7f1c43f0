"""What people keep under a name is now of every list, and stands with their account: the rows move there."""

from django.db import migrations

# The constraints are asked at once, so that nothing waits when the table is changed or goes.
MOVE = """
INSERT INTO identity_savedview (id, user_id, place, name, chosen, front, at)
  SELECT id, user_id, 'cases', name, chosen, false, at FROM cases_savedview;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_near"), ("identity", "0006_saved_views")]

    operations = [
        migrations.RunSQL(MOVE),
        migrations.DeleteModel("SavedView"),
    ]
