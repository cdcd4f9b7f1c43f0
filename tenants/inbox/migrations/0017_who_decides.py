from django.db import migrations, models

# Who coordinates, and what somebody is called: asked by the triggers below, and by those of later rooms.
WHO = """
CREATE FUNCTION team_coordinates(person uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = person AND u.is_active AND g.role = 'koordinator')
$$;
CREATE FUNCTION own_name() RETURNS text
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT left(u.name, 200) FROM identity_user u WHERE u.id = access_user()
$$;
-- Whoever is shut out of one of these is shut out of them all. Replaced by the room that knows of joined matters.
CREATE FUNCTION matter_with(matter uuid) RETURNS SETOF uuid
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$ SELECT matter $$;
REVOKE EXECUTE ON FUNCTION matter_with(uuid) FROM PUBLIC;
"""
# The rules of `shutting.deny`, whatever statement lays the row: oneself, or others by a coordinator, in one's own name;
# and somebody else still sees the matter, and each that it was joined with. Whoever does not see it, the row rights
# answer; but not whoever has been shut out by an earlier row of the same statement.
LAID = """
CREATE FUNCTION inbox_denial_laid() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  me uuid := access_user();
  stepped_back boolean;
  named uuid[];
  seeing uuid[];
  staying uuid[];
  key uuid;
BEGIN
  IF access_purpose() IS NOT NULL OR me IS NULL THEN RETURN NEW; END IF;
  stepped_back := EXISTS (SELECT 1 FROM inbox_denial d WHERE d.concern_id = NEW.concern_id AND d.by_user = me)
                  AND matter_denied(NEW.concern_id, me);
  IF NOT stepped_back AND NOT matter_held(NEW.concern_id, me) THEN RETURN NEW; END IF;
  IF NEW.by_user IS DISTINCT FROM me OR NEW.lifted_at IS NOT NULL OR NEW.at > clock_timestamp() + interval '1 minute'
     OR NOT (team_coordinates(me) OR (NEW.user_id = me AND NEW.service = ''))
  THEN RAISE insufficient_privilege USING MESSAGE = 'a coordinator shuts out others, in their own name'; END IF;
  NEW.by_name := own_name();
  named := ARRAY(
    SELECT u.id FROM identity_user u WHERE u.id = NEW.user_id OR NEW.service <> '' AND lower(btrim(NEW.service)) IN (
      SELECT lower(btrim(u.service)) UNION ALL SELECT lower(btrim(t.service)) FROM team_member t WHERE t.user_id = u.id));
  FOR key IN SELECT matter_with(NEW.concern_id) LOOP
    seeing := ARRAY(SELECT u.id FROM identity_user u WHERE u.is_active AND matter_held(key, u.id));
    staying := ARRAY(SELECT p FROM unnest(seeing) p WHERE p <> ALL (named));
    CONTINUE WHEN seeing = '{}' OR key <> NEW.concern_id AND NOT seeing && named;
    IF staying = '{}' OR (staying = ARRAY[me] AND EXISTS (SELECT 1 FROM unnest(named) p WHERE team_coordinates(p)))
       OR NOT stepped_back AND NOT matter_held(key, me)
    THEN RAISE insufficient_privilege USING MESSAGE = 'somebody else must still see the matter'; END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER laid BEFORE INSERT ON inbox_denial FOR EACH ROW EXECUTE FUNCTION inbox_denial_laid();
"""
# A deny row is lifted once, by a coordinator who sees the matter by right. The owner seals old rows anew.
FROZEN = """
CREATE FUNCTION inbox_denial_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF OLD.lifted_at IS NOT NULL OR NEW.lifted_at IS NULL
     OR (to_jsonb(NEW) - 'lifted_at' - 'lifted_by' - 'lifted_by_name')
        IS DISTINCT FROM (to_jsonb(OLD) - 'lifted_at' - 'lifted_by' - 'lifted_by_name')
  THEN RAISE insufficient_privilege USING MESSAGE = 'a deny row is frozen'; END IF;
  IF access_purpose() IS NOT NULL THEN RETURN NEW; END IF;
  IF NEW.lifted_by IS DISTINCT FROM access_user() OR NEW.lifted_at > clock_timestamp() + interval '1 minute'
     OR NOT team_coordinates(access_user()) OR NOT matter_held(OLD.concern_id, access_user())
  THEN RAISE insufficient_privilege USING MESSAGE = 'a coordinator lifts it, in their own name'; END IF;
  NEW.lifted_by_name := own_name();
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE UPDATE ON inbox_denial FOR EACH ROW EXECUTE FUNCTION inbox_denial_frozen();
"""
# The rules of `shutting.cover` and what follows it. Laid with a concern it has no holder; whoever opens the concern holds
# it from then on, and after that the holder decides, or the substitute where the holder does not see the matter any more.
COVER = """
CREATE FUNCTION inbox_cover_guarded() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
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
    IF NEW.holder_id = me
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
CREATE TRIGGER guarded BEFORE INSERT OR UPDATE OR DELETE ON inbox_cover
  FOR EACH ROW EXECUTE FUNCTION inbox_cover_guarded();
"""
# As in 0013; and only by whoever sees the matter by right, in their own name, of the kinds of rows that are marked at
# all. What cannot be marked of a kind is asked by that room's own trigger.
MARK = """
CREATE FUNCTION inbox_mistake_tables() RETURNS text[] IMMUTABLE LANGUAGE sql AS $$
  SELECT ARRAY['cases_note', 'inbox_attachment', 'inbox_reportermessage', 'measures_casecontact', 'persons_person',
               'persons_voice', 'risk_assessment', 'triage_emergencycall', 'triage_note']
$$;
CREATE FUNCTION inbox_mistake_by() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.of_table <> ALL (inbox_mistake_tables())
     OR NEW.of_table = 'inbox_attachment'
        AND EXISTS (SELECT 1 FROM inbox_concern c WHERE c.id = NEW.concern_id AND c.progress = 'received')
  THEN RAISE insufficient_privilege USING MESSAGE = 'such a row is not marked'; END IF;
  IF access_purpose() IS NOT NULL OR access_user() IS NULL THEN RETURN NEW; END IF;
  IF NOT matter_held(NEW.concern_id, access_user()) OR NEW.at > clock_timestamp() + interval '1 minute'
  THEN RAISE insufficient_privilege USING MESSAGE = 'whoever sees the matter by right marks it, now'; END IF;
  NEW.by_name := own_name();
  RETURN NEW;
END $$;
CREATE TRIGGER by_whom BEFORE INSERT ON inbox_mistake FOR EACH ROW EXECUTE FUNCTION inbox_mistake_by();
"""
# Of two who marked the same row at once the first stands.
ONCE = """
DELETE FROM inbox_mistake a USING inbox_mistake b
 WHERE a.of_table = b.of_table AND a.row_id = b.row_id AND (b.at, b.id) < (a.at, a.id);
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0016_safe_apart"), ("team", "0004_register")]
    operations = [
        migrations.RunSQL(WHO),
        migrations.RunSQL(LAID),
        migrations.RunSQL(FROZEN),
        migrations.RunSQL(COVER),
        migrations.RunSQL(MARK),
        migrations.RunSQL(ONCE),
        migrations.AddConstraint(
            "mistake", models.UniqueConstraint(fields=["of_table", "row_id"], name="inbox_marked_once")
        ),
    ]
