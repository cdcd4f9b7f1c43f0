from django.db import migrations, models

# The open step of a matter carries when the matter must have been assessed, by the decision that counts, and how many
# duties are settled by the answer that counts. Reckoned whenever the step is written, whatever was said by whoever
# wrote it; a new decision and a new answer touch the step. A duty that leaves the list must leave this count as well.
STANDS = """
CREATE FUNCTION triage_step_stands() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
BEGIN
  NEW.assess_by := (SELECT a.deadline_at FROM triage_assessment a WHERE a.concern_id = NEW.concern_id
                     ORDER BY a.decided_at DESC LIMIT 1);
  NEW.settled := (SELECT count(DISTINCT w.duty) FROM triage_dutyweighed w
                   WHERE w.concern_id = NEW.concern_id AND w.settled
                     AND NOT EXISTS (SELECT FROM triage_dutyweighed n
                                      WHERE n.concern_id = w.concern_id AND n.duty = w.duty AND n.at > w.at));
  RETURN NEW;
END $$;
CREATE TRIGGER stands BEFORE INSERT OR UPDATE ON triage_nextstep
  FOR EACH ROW WHEN (NEW.done_at IS NULL) EXECUTE FUNCTION triage_step_stands();
CREATE FUNCTION triage_touch_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
BEGIN
  UPDATE triage_nextstep SET settled = settled WHERE concern_id = NEW.concern_id AND done_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER touches AFTER INSERT ON triage_assessment FOR EACH ROW EXECUTE FUNCTION triage_touch_step();
CREATE TRIGGER touches AFTER INSERT ON triage_dutyweighed FOR EACH ROW EXECUTE FUNCTION triage_touch_step();
"""
FROM_NOW = "UPDATE triage_nextstep SET settled = settled WHERE done_at IS NULL"


class Migration(migrations.Migration):
    dependencies = [("triage", "0013_steps_frozen")]
    operations = [
        migrations.AddField(
            model_name="nextstep",
            name="assess_by",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="nextstep",
            name="settled",
            field=models.SmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.RunSQL(STANDS),
        migrations.AddIndex(
            model_name="nextstep",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)),
                fields=["owner", "-akutt", "assess_by"],
                name="triage_to_weigh",
            ),
        ),
        migrations.AddIndex(
            model_name="nextstep",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True), ("akutt", True)),
                fields=["assess_by"],
                name="triage_akutt_to_weigh",
            ),
        ),
        migrations.RunSQL(FROM_NOW),
    ]
