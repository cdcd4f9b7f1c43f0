from django.db import migrations, models

from varde.privacy.fields import SealedJSONField, SealedTextField
from varde.privacy.sealing import text_to_sealed

# The ticks of a case on a form become one JSON text in one row; it is sealed where it stands, as every text from before.
TOGETHER = """
ALTER TABLE cases_answer ADD COLUMN given bytea;
UPDATE cases_answer a SET given = convert_to(together.given::text, 'UTF8') FROM (
  SELECT (array_agg(asked.first))[1] AS id, jsonb_object_agg(asked.question, asked.codes) AS given FROM (
    SELECT case_id, form, question, (array_agg(id ORDER BY id))[1] AS first, jsonb_agg(code ORDER BY id) AS codes
      FROM cases_answer GROUP BY case_id, form, question) asked
   GROUP BY asked.case_id, asked.form) together
 WHERE a.id = together.id;
DELETE FROM cases_answer WHERE given IS NULL;
ALTER TABLE cases_answer DROP CONSTRAINT cases_one_tick;
ALTER TABLE cases_answer DROP COLUMN question;
ALTER TABLE cases_answer DROP COLUMN code;
ALTER TABLE cases_answer ALTER COLUMN given SET NOT NULL;
ALTER TABLE cases_answer ADD CONSTRAINT cases_one_answer_per_form UNIQUE (case_id, form);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_glass_opens"), ("privacy", "0002_row_rights")]
    operations = [
        migrations.RunSQL(
            text_to_sealed("cases_note", "text"),
            state_operations=[migrations.AlterField("note", "text", SealedTextField())],
        ),
        migrations.RunSQL(
            TOGETHER,
            state_operations=[
                migrations.RemoveConstraint("answer", "cases_one_tick"),
                migrations.RemoveField("answer", "question"),
                migrations.RemoveField("answer", "code"),
                migrations.AddField("answer", "given", SealedJSONField()),
                migrations.AddConstraint(
                    "answer", models.UniqueConstraint(fields=["case", "form"], name="cases_one_answer_per_form")
                ),
            ],
        ),
    ]
