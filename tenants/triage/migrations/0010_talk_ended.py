import uuid

import django.db.models.deletion
from django.db import migrations, models

# A coordinator who has said so may end the key of a drøfting, and of nothing else. Asked by `privacy_may_destroy` (kept 0004).
MAY_END = """
CREATE FUNCTION talk_may_end(key uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM triage_talkended e
                   JOIN identity_user u ON u.id = e.by_user AND u.is_active
                   JOIN identity_rolegrant g ON g.user_id = u.id AND g.role = 'koordinator'
                  WHERE e.talk_id = key AND e.by_user = reader)
$$;
REVOKE EXECUTE ON FUNCTION talk_may_end(uuid, uuid) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("triage", "0009_waits")]

    operations = [
        migrations.CreateModel(
            name="TalkEnded",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("name", "et navn sto i teksten"),
                            ("known", "teksten viste hvem det gjaldt"),
                            ("other", "den skulle ikke vært skrevet opp"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_user", models.UUIDField()),
                ("by_name", models.CharField(max_length=200)),
                (
                    "talk",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="triage.talk"),
                ),
            ],
            options={
                "db_table": "triage_talkended",
            },
        ),
        migrations.RunSQL(MAY_END),
    ]
