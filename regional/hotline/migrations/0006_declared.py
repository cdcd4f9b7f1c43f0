from django.db import migrations

# Who may answer: an operator who has signed the declaration in force. Before that nobody takes a call, nor sees that
# one rings.
ANSWERS = """
CREATE OR REPLACE FUNCTION hotline_answers(reader uuid) RETURNS boolean
STABLE LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  RETURN coalesce(phone_declared(reader), false) AND hotline_is_operator(reader);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("hotline", "0005_console_rights"), ("phone", "0002_declared")]
    operations = [migrations.RunSQL(ANSWERS)]
