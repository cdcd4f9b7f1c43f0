import uuid

import django.db.models.deletion
from django.db import migrations, models

import varde.privacy.fields

# In which matters is somebody of this name or number found? Asked under the rights of whoever asks: nobody is told of a
# matter that they do not see. Of a name the first and the last word must stand on one card, or in what was told.
HITS = """
CREATE FUNCTION insight_hits(inquiry uuid, OUT concern_id uuid, OUT why text) RETURNS SETOF record
STABLE LANGUAGE sql SET search_path FROM CURRENT AS $$
  SELECT p.concern_id, t.kind::text FROM insight_inquiryterm t JOIN persons_term p ON p.token = t.token AND p.kind = t.kind
   WHERE t.inquiry_id = inquiry AND t.kind IN ('id_number', 'phone')
  UNION
  SELECT s.concern_id, t.kind::text FROM insight_inquiryterm t JOIN inbox_searchterm s ON s.token = t.token
   WHERE t.inquiry_id = inquiry AND t.kind IN ('id_number', 'phone')
  UNION
  (SELECT p.concern_id, 'name' FROM insight_inquiryterm t JOIN persons_term p ON p.token = t.token AND p.kind = 'name'
    WHERE t.inquiry_id = inquiry AND t.kind = 'name' GROUP BY p.concern_id, p.person_id
   HAVING count(DISTINCT t.token) = (SELECT count(DISTINCT n.token) FROM insight_inquiryterm n
                                      WHERE n.inquiry_id = inquiry AND n.kind = 'name'))
  UNION
  (SELECT s.concern_id, 'name' FROM insight_inquiryterm t JOIN inbox_searchterm s ON s.token = t.token
    WHERE t.inquiry_id = inquiry AND t.kind = 'name' GROUP BY s.concern_id
   HAVING count(DISTINCT t.token) = (SELECT count(DISTINCT n.token) FROM insight_inquiryterm n
                                      WHERE n.inquiry_id = inquiry AND n.kind = 'name'))
$$;
-- The matches that nobody has judged. What came in after the answer's last day was not part of the question.
CREATE FUNCTION insight_waiting(OUT inquiry_id uuid, OUT concern_id uuid, OUT due_on date, OUT answered boolean) RETURNS SETOF record
STABLE LANGUAGE sql SET search_path FROM CURRENT AS $$
  SELECT i.id, h.concern_id, i.due_on, i.state = 'answered'
    FROM insight_inquiry i CROSS JOIN LATERAL (SELECT DISTINCT x.concern_id FROM insight_hits(i.id) x) h
    JOIN inbox_concern c ON c.id = h.concern_id
   WHERE i.state <> 'withdrawn'
     AND (i.final_on IS NULL OR (c.received_at AT TIME ZONE 'Europe/Oslo')::date <= i.final_on)
     AND NOT EXISTS (SELECT 1 FROM insight_inquiryverdict v WHERE v.inquiry_id = i.id AND v.concern_id = h.concern_id)
$$;
-- The same of the whole office: for the purpose that reminds those who see the matter.
CREATE FUNCTION insight_waiting_all(OUT inquiry_id uuid, OUT concern_id uuid, OUT due_on date) RETURNS SETOF record
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT w.inquiry_id, w.concern_id, w.due_on FROM insight_waiting() w WHERE access_purpose() = 'reminders'
$$;
"""
# Who sees a request that is in no matter: coordinators, and whoever sees a matter in which the person may be.
OPEN = """
CREATE FUNCTION insight_decides() RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT access_purpose() IS NOT NULL
      OR EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = access_user() AND u.is_active AND g.role = 'koordinator')
$$;
CREATE FUNCTION inquiry_open(inquiry uuid, reader uuid) RETURNS boolean
STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT CASE WHEN reader IS NULL OR reader IS DISTINCT FROM access_user() THEN false
              WHEN insight_decides() THEN true
              ELSE EXISTS (SELECT 1 FROM insight_hits(inquiry) h WHERE matter_open(h.concern_id, reader)) END
$$;
"""
# What was asked stays as it was; a request is born open, ends once, and by a coordinator.
STAYS = """
CREATE FUNCTION insight_inquiry_stays() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN RETURN NEW; END IF;
  IF NOT insight_decides() THEN RAISE insufficient_privilege USING MESSAGE = 'a coordinator answers'; END IF;
  IF (NEW.state = 'open') IS DISTINCT FROM (NEW.ended_at IS NULL) OR TG_OP = 'INSERT' AND NEW.state <> 'open'
  THEN RAISE insufficient_privilege USING MESSAGE = 'a request is open until it is ended'; END IF;
  IF TG_OP = 'INSERT' THEN RETURN NEW; END IF;
  IF OLD.state <> 'open' AND NEW IS DISTINCT FROM OLD
  THEN RAISE insufficient_privilege USING MESSAGE = 'a request that is over stays so'; END IF;
  IF (NEW.id, NEW.name, NEW.id_number, NEW.born_on, NEW.phone, NEW.address, NEW.asker, NEW.asker_name, NEW.identity,
      NEW.received_on, NEW.made_at, NEW.made_by_name)
     IS DISTINCT FROM
     (OLD.id, OLD.name, OLD.id_number, OLD.born_on, OLD.phone, OLD.address, OLD.asker, OLD.asker_name, OLD.identity,
      OLD.received_on, OLD.made_at, OLD.made_by_name)
  THEN RAISE insufficient_privilege USING MESSAGE = 'who asked is frozen'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE ON insight_inquiry FOR EACH ROW EXECUTE FUNCTION insight_inquiry_stays();
"""
# How many wait, without a name, for a privacy officer; never of a matter that they are shut out of.
DEADLINES = """
CREATE FUNCTION insight_deadlines(today date, OUT what text, OUT waiting bigint, OUT overdue bigint, OUT soon bigint, OUT first_due date)
RETURNS SETOF record STABLE LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT a.what, count(*), count(*) FILTER (WHERE a.due < today), count(*) FILTER (WHERE a.due BETWEEN today AND today + 7), min(a.due)
    FROM (SELECT 'request' AS what, r.due_on AS due FROM insight_request r
           WHERE r.state = 'open' AND r.concern_id NOT IN (SELECT audit_shut(access_user()))
          UNION ALL
          SELECT 'inquiry', i.due_on FROM insight_inquiry i WHERE i.state = 'open'
          UNION ALL
          SELECT 'match', w.due_on FROM insight_waiting() w
           WHERE w.answered AND w.concern_id NOT IN (SELECT audit_shut(access_user()))) a
   WHERE EXISTS (SELECT 1 FROM identity_rolegrant g JOIN identity_user u ON u.id = g.user_id
                  WHERE u.id = access_user() AND u.is_active AND g.role = 'personvernombud')
   GROUP BY a.what
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0014_calls_safe"),
        ("insight", "0003_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", varde.privacy.fields.SealedTextField()),
                ("id_number", varde.privacy.fields.SealedTextField(blank=True)),
                ("born_on", varde.privacy.fields.SealedTextField(blank=True)),
                ("phone", varde.privacy.fields.SealedTextField(blank=True)),
                ("address", varde.privacy.fields.SealedTextField(blank=True)),
                (
                    "asker",
                    models.CharField(
                        choices=[
                            ("self", "Personen selv"),
                            ("guardian", "Vergen"),
                            ("mandate", "En annen med fullmakt"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asker_name", varde.privacy.fields.SealedTextField(blank=True)),
                (
                    "identity",
                    models.CharField(
                        choices=[
                            ("shown", "Viste legitimasjon"),
                            ("electronic", "Logget inn med elektronisk ID"),
                            ("known", "Personen er kjent for den som tok imot kravet"),
                            ("mandate", "Viste vergefullmakt eller annen fullmakt, og legitimasjon"),
                        ],
                        max_length=12,
                    ),
                ),
                ("received_on", models.DateField()),
                ("due_on", models.DateField()),
                ("final_on", models.DateField(blank=True, null=True)),
                ("reason", varde.privacy.fields.SealedTextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Under arbeid"), ("answered", "Besvart"), ("withdrawn", "Trukket")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("made_by_name", models.CharField(max_length=200)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by_name", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "db_table": "insight_inquiry",
                "indexes": [models.Index(fields=["state", "due_on"], name="insight_inquiries_due")],
            },
        ),
        migrations.CreateModel(
            name="InquiryAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("none", "Ingenting funnet"), ("matter", "Svaret gis i saken")], max_length=8
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_user", models.UUIDField()),
                ("by_name", models.CharField(max_length=200)),
                (
                    "inquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="insight.inquiry"
                    ),
                ),
            ],
            options={
                "db_table": "insight_inquiryanswer",
            },
        ),
        migrations.CreateModel(
            name="InquiryTerm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("id_number", "fødselsnummer"),
                            ("phone", "telefonnummer"),
                            ("name", "første og siste ord i navnet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("token", models.BinaryField()),
                (
                    "inquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="insight.inquiry"
                    ),
                ),
            ],
            options={
                "db_table": "insight_inquiryterm",
            },
        ),
        migrations.CreateModel(
            name="InquiryVerdict",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("same", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=200)),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.concern"
                    ),
                ),
                (
                    "inquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="insight.inquiry"
                    ),
                ),
            ],
            options={
                "db_table": "insight_inquiryverdict",
            },
        ),
        migrations.RunSQL(HITS),
        migrations.RunSQL(OPEN),
        migrations.RunSQL(STAYS),
        migrations.RunSQL(DEADLINES),
    ]
