import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A list of few among many: which cases are there for somebody who is no coordinator; NULL for a coordinator, for whom
# the row rights are asked of what is fetched. Without it they would be asked of every case in the office. It names
# nothing but what the reader sees, so there is nothing to learn from it.
NEAR = """
CREATE FUNCTION matters_near() RETURNS uuid[]
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT CASE
    WHEN access_user() IS NULL THEN NULL
    WHEN EXISTS (SELECT 1 FROM identity_rolegrant WHERE user_id = access_user() AND role = 'koordinator') THEN NULL
    ELSE ARRAY(
      SELECT matter FROM (
        SELECT c.concern_id AS matter FROM cases_casemember m JOIN cases_case c ON c.id = m.case_id
         WHERE m.user_id = access_user()
        UNION SELECT concern_id FROM inbox_cover
        UNION SELECT glass_matter(id) FROM cases_glassrequest WHERE asked_by_id = access_user() AND approved) near
       WHERE matter_open(matter, access_user())) END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_ground"), ("identity", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("chosen", models.CharField(max_length=400)),
                ("at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"db_table": "cases_savedview"},
        ),
        migrations.RunSQL(NEAR),
    ]
