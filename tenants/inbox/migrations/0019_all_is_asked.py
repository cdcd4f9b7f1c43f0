from django.db import migrations

# As in 0003; but whether the concern is there is asked also of somebody who is shut out.
SEEN = """
CREATE OR REPLACE FUNCTION matter_seen(matter uuid, reader uuid, lent boolean) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  coordinator boolean;
  shut boolean;
  is_there boolean;
  let_in boolean;
  room boolean;
  cover inbox_cover;
BEGIN
  IF matter IS NULL OR reader IS NULL THEN RETURN false; END IF;
  SELECT bool_or(g.role = 'koordinator') INTO coordinator
    FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
   WHERE u.id = reader AND u.is_active AND g.role IN ('koordinator', 'teammedlem');
  IF coordinator IS NULL THEN RETURN false; END IF;
  -- Everything is asked before anything is answered: else the time would tell a hidden matter from one that is not there.
  shut := matter_denied(matter, reader);
  is_there := EXISTS (SELECT 1 FROM inbox_concern WHERE id = matter);
  SELECT * INTO cover FROM inbox_cover WHERE concern_id = matter;
  let_in := lent AND matter_lent(matter, reader);
  room := matter_room(matter, reader, coordinator);
  IF shut OR NOT is_there THEN RETURN false; END IF;
  IF let_in AND NOT (coordinator AND coalesce(cover.without_coordinators, false)) THEN RETURN true; END IF;
  IF cover.id IS NOT NULL THEN RETURN matter_covered(cover, reader, coordinator); END IF;
  RETURN room;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0018_lent_holds_nothing")]
    operations = [migrations.RunSQL(SEEN)]
