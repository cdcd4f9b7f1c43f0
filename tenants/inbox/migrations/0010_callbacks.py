from django.db import migrations, models

# Who is here at all: active, in the team; and who may take calls, so that a call of theirs is their own to finish. Roles
# as in varde.access.roles: INBOX_READ and CONCERN_REGISTER.
HERE = """
CREATE FUNCTION team_has(person uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = person AND u.is_active AND g.role IN ('koordinator', 'teammedlem'))
$$;
CREATE FUNCTION calls_answered_by(person uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = person AND u.is_active AND g.role IN ('koordinator', 'teammedlem', 'kontaktperson'))
$$;
-- That somebody has a call that lies unfinished, for the coordinators: who and since when, not which and nothing of it.
CREATE FUNCTION calls_left(before timestamptz, OUT operator uuid, OUT saved_at timestamptz) RETURNS SETOF record
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT c.operator, c.saved_at FROM inbox_call c
   WHERE c.saved_at < before AND c.operator <> access_user()
     AND EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = access_user() AND u.is_active AND g.role = 'koordinator')
   ORDER BY c.saved_at LIMIT 50
$$;
"""
# Nobody is given somebody to call whom they could not see, also not with another statement than the actions'. Of a matter
# that is hidden from the one who writes, the row rights answer, so that this tells nothing of it.
OWNER = """
CREATE FUNCTION inbox_caller_sees() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.owner_id = OLD.owner_id THEN RETURN NEW; END IF;
  IF NEW.concern_id IS NOT NULL AND access_purpose() IS NULL AND NOT matter_open(NEW.concern_id, access_user())
  THEN RETURN NEW; END IF;
  IF NOT (CASE WHEN NEW.concern_id IS NULL THEN team_has(NEW.owner_id) ELSE matter_held(NEW.concern_id, NEW.owner_id) END)
  THEN RAISE insufficient_privilege USING MESSAGE = 'the owner does not see it'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER owner_sees BEFORE INSERT OR UPDATE ON inbox_callback FOR EACH ROW EXECUTE FUNCTION inbox_caller_sees();
"""
# Whom to call and how that is safe stays as it was written; who calls and when may change until it is done.
FROZEN = """
CREATE FUNCTION inbox_callback_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF OLD.done_at IS NOT NULL
     OR (NEW.id, NEW.concern_id, NEW.who, NEW.phone, NEW.safe_ways, NEW.not_on_voicemail, NEW.interpreter, NEW.listening,
         NEW.about_staff, NEW.made_at, NEW.made_by, NEW.made_by_name)
        IS DISTINCT FROM
        (OLD.id, OLD.concern_id, OLD.who, OLD.phone, OLD.safe_ways, OLD.not_on_voicemail, OLD.interpreter, OLD.listening,
         OLD.about_staff, OLD.made_at, OLD.made_by, OLD.made_by_name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'a call back is frozen'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON inbox_callback FOR EACH ROW EXECUTE FUNCTION inbox_callback_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0009_conversation")]

    operations = [
        migrations.AddField("call", "becomes", models.UUIDField(editable=False, null=True)),
        migrations.AddField("call", "reminded_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("call", "escalated_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("callback", "reminded_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("callback", "escalated_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            "callbacktry",
            "result",
            models.CharField(
                choices=[
                    ("reached", "Fikk snakket sammen"),
                    ("no_answer", "Ingen svarte, og vi la ikke igjen beskjed"),
                    ("message", "La igjen beskjed"),
                    ("not_safe", "Kunne ikke snakke trygt"),
                    ("wrong_number", "Feil nummer"),
                    ("given_up", "Vi ringer ikke flere ganger"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunSQL(HERE),
        migrations.RunSQL(OWNER),
        migrations.RunSQL(FROZEN),
    ]
