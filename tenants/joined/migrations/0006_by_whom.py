from django.db import migrations

# As in 0003; and a person who joins or parts is a coordinator, what is joined has been closed first, and goes on as one
# that is under way: else it would go on by itself, and be counted by nobody.
FROZEN = """
CREATE OR REPLACE FUNCTION joined_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF access_user() IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                      WHERE u.id = access_user() AND u.is_active AND g.role = 'koordinator')
  THEN RAISE insufficient_privilege USING MESSAGE = 'a coordinator joins and parts'; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.concern_id = NEW.into_id OR NEW.ended_at IS NOT NULL
    THEN RAISE insufficient_privilege USING MESSAGE = 'two matters, and joined from now on'; END IF;
    IF access_user() IS NOT NULL
       AND (NOT EXISTS (SELECT 1 FROM inbox_concern c WHERE c.id = NEW.concern_id AND c.progress = 'closed')
            OR NOT EXISTS (SELECT 1 FROM inbox_concern c WHERE c.id = NEW.into_id AND c.progress IN ('opened', 'in_progress')))
    THEN RAISE insufficient_privilege USING MESSAGE = 'a joined matter is closed, and the other one under way'; END IF;
    IF (SELECT array(SELECT p FROM unnest(ARRAY[c.holder_id, c.substitute_id]) p WHERE p IS NOT NULL ORDER BY p)
          FROM inbox_cover c WHERE c.concern_id = NEW.concern_id)
       IS DISTINCT FROM
       (SELECT array(SELECT p FROM unnest(ARRAY[c.holder_id, c.substitute_id]) p WHERE p IS NOT NULL ORDER BY p)
          FROM inbox_cover c WHERE c.concern_id = NEW.into_id)
    THEN RAISE insufficient_privilege USING MESSAGE = 'covered for the same two, or neither'; END IF;
    RETURN NEW;
  END IF;
  IF OLD.ended_at IS NOT NULL
     OR (NEW.id, NEW.concern_id, NEW.into_id, NEW.reason, NEW.at, NEW.by_user, NEW.by_name)
        IS DISTINCT FROM (OLD.id, OLD.concern_id, OLD.into_id, OLD.reason, OLD.at, OLD.by_user, OLD.by_name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'a joining is frozen'; END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("joined", "0005_apart")]
    operations = [migrations.RunSQL(FROZEN)]
