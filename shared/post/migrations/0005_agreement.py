from django.db import migrations

# The same list as in `shared.post.bound`. Nobody writes to an office that is shut: the letter could never be opened.
BOUND = """
CREATE FUNCTION public.post_bound(kind text) RETURNS boolean IMMUTABLE
BEGIN ATOMIC
  SELECT kind IN ('ConcernHandover', 'Return', 'SystemMatter', 'TemplateOffer');
END;
DROP POLICY write_own ON post_letter;
CREATE POLICY write_own ON post_letter FOR INSERT WITH CHECK (
  sender = (SELECT public.post_me())
  AND EXISTS (SELECT 1 FROM public.registry_office o WHERE o.id = recipient AND o.active)
  AND (NOT public.post_bound(kind) OR public.registry_together(sender, recipient, clock_timestamp())));
"""
# Who is near follows the agreement, not what an office was born into.
NEAR = """
CREATE OR REPLACE FUNCTION public.post_sees_rounds_of(whose uuid) RETURNS boolean STABLE
BEGIN ATOMIC
  SELECT EXISTS (SELECT 1 FROM public.registry_office me, public.registry_office o
                  WHERE me.id = public.post_me() AND o.id = whose
                    AND (o.id = me.id OR me.kind = 'drift'
                         OR public.registry_together(me.id, o.id, statement_timestamp())));
END;
"""


class Migration(migrations.Migration):
    dependencies = [("post", "0004_ledger_rights"), ("registry", "0006_standing_rights")]
    operations = [migrations.RunSQL(BOUND), migrations.RunSQL(NEAR)]
