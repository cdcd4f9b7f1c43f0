from django.db import migrations

# As in 0017; and only whoever sees a covered concern by right becomes its holder by opening it.
COVER = """
CREATE OR REPLACE FUNCTION inbox_cover_guarded() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  me uuid := access_user();
  decides boolean;
BEGIN
  IF me IS NULL OR access_purpose() IS NOT NULL
     OR pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER')
  THEN RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.holder_id IS NULL AND NEW.substitute_id IS NULL AND NEW.vacant_since IS NULL AND matter_newborn(NEW.concern_id)
    THEN RETURN NEW; END IF;
    IF NOT matter_newborn(NEW.concern_id) AND NOT matter_open(NEW.concern_id, me) THEN RETURN NEW; END IF;
    decides := team_coordinates(me) AND NOT NEW.without_coordinators AND NEW.vacant_since IS NULL;
  ELSIF TG_OP = 'UPDATE' AND OLD.holder_id IS NULL THEN
    IF NEW.holder_id = me AND matter_held(OLD.concern_id, me)
       AND (to_jsonb(NEW) - 'holder_id') IS NOT DISTINCT FROM (to_jsonb(OLD) - 'holder_id') THEN RETURN NEW; END IF;
    decides := false;
  ELSE
    decides := OLD.holder_id = me OR OLD.substitute_id = me AND NOT matter_held(OLD.concern_id, OLD.holder_id);
    IF TG_OP = 'UPDATE' THEN
      decides := decides AND (to_jsonb(NEW) - 'holder_id' - 'substitute_id')
                             IS NOT DISTINCT FROM (to_jsonb(OLD) - 'holder_id' - 'substitute_id');
    END IF;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    decides := decides AND NEW.holder_id = me AND NEW.substitute_id <> me AND team_has(NEW.substitute_id)
               AND NOT matter_denied(NEW.concern_id, NEW.substitute_id);
  END IF;
  IF decides IS NOT TRUE OR NOT matter_held(CASE WHEN TG_OP = 'DELETE' THEN OLD.concern_id ELSE NEW.concern_id END, me)
  THEN RAISE insufficient_privilege USING MESSAGE = 'whoever has the covered matter decides this'; END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0017_who_decides")]
    operations = [migrations.RunSQL(COVER)]
