from django.db import migrations

# As in 0004; but of others than the coordinators only whoever sees a matter by right, and of it no more than they are
# asked to answer for: nothing that was withdrawn, and no matter that came after the answer was final.
OPEN = """
CREATE OR REPLACE FUNCTION inquiry_open(inquiry uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT CASE WHEN reader IS NULL OR reader IS DISTINCT FROM access_user() THEN false
              WHEN insight_decides() THEN true
              ELSE EXISTS (
                SELECT 1 FROM insight_inquiry i
                 WHERE i.id = inquiry AND i.state <> 'withdrawn'
                   AND (EXISTS (SELECT 1 FROM insight_inquiryverdict v WHERE v.inquiry_id = i.id AND matter_held(v.concern_id, reader))
                     OR EXISTS (SELECT 1 FROM insight_hits(i.id) h JOIN inbox_concern c ON c.id = h.concern_id
                                 WHERE (i.final_on IS NULL OR (c.received_at AT TIME ZONE 'Europe/Oslo')::date <= i.final_on)
                                   AND matter_held(h.concern_id, reader)))) END
$$;
"""
# As in 0004; and the days are those of the law and of `inquiry.final_day`: a day in the past would let the matters that
# nobody has answered for be deleted, one far ahead would keep the request open to those who come later.
STAYS = """
CREATE OR REPLACE FUNCTION insight_inquiry_stays() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF NOT insight_decides() THEN RAISE insufficient_privilege USING MESSAGE = 'a coordinator answers'; END IF;
  IF (NEW.state = 'open') IS DISTINCT FROM (NEW.ended_at IS NULL) OR TG_OP = 'INSERT' AND NEW.state <> 'open'
  THEN RAISE insufficient_privilege USING MESSAGE = 'a request is open until it is ended'; END IF;
  IF (NEW.state = 'answered') IS DISTINCT FROM (NEW.final_on IS NOT NULL)
  THEN RAISE insufficient_privilege USING MESSAGE = 'an answer and nothing else has a last day'; END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.received_on > ((clock_timestamp() + interval '1 minute') AT TIME ZONE 'Europe/Oslo')::date
       OR NEW.due_on NOT BETWEEN NEW.received_on AND (NEW.received_on + interval '1 month')::date
    THEN RAISE insufficient_privilege USING MESSAGE = 'a request is due a month after it came'; END IF;
    RETURN NEW;
  END IF;
  IF OLD.state <> 'open' AND NEW IS DISTINCT FROM OLD
  THEN RAISE insufficient_privilege USING MESSAGE = 'a request that is over stays so'; END IF;
  IF (NEW.id, NEW.name, NEW.id_number, NEW.born_on, NEW.phone, NEW.address, NEW.asker, NEW.asker_name, NEW.identity,
      NEW.received_on, NEW.made_at, NEW.made_by_name)
     IS DISTINCT FROM
     (OLD.id, OLD.name, OLD.id_number, OLD.born_on, OLD.phone, OLD.address, OLD.asker, OLD.asker_name, OLD.identity,
      OLD.received_on, OLD.made_at, OLD.made_by_name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'who asked is frozen'; END IF;
  IF NEW.due_on <> OLD.due_on
     AND (NEW.due_on < OLD.due_on OR NEW.due_on > (NEW.received_on + interval '3 months')::date)
  THEN RAISE insufficient_privilege USING MESSAGE = 'a deadline is moved ahead, three months at most'; END IF;
  -- A minute to each side: the clock of whoever counted the days may have passed midnight, or not yet.
  IF OLD.state = 'open' AND NEW.state = 'answered' AND NEW.final_on NOT BETWEEN
       greatest(NEW.due_on, ((now() - interval '1 minute') AT TIME ZONE 'Europe/Oslo')::date + 14)
       AND greatest(NEW.due_on, ((clock_timestamp() + interval '1 minute') AT TIME ZONE 'Europe/Oslo')::date + 14)
  THEN RAISE insufficient_privilege USING MESSAGE = 'an answer is final on its deadline, a fortnight ahead at least'; END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("insight", "0005_ends"), ("inbox", "0017_who_decides")]
    operations = [migrations.RunSQL(OPEN), migrations.RunSQL(STAYS)]
