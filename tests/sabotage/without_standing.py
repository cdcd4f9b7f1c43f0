"""Switches of the agreements: who works together, and who is lent to whom."""

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_database import rewrite, say
from varde.tenancy import fleet

BOTH_YES = "AND bool_and(((d.word)::text = 'in'::text))"


@in_database
def a_no_is_not_heard() -> None:
    """What an office reads of who is in which region, without asking whether both still say yes."""
    _in_the_view(BOTH_YES, "")


@in_database
def an_old_yes_brings_back() -> None:
    """What an office reads of who is in which region, where a yes from before the break still counts."""
    _in_the_view("THEN 'out'::character varying", "THEN s.word")


def _in_the_view(old: str, new: str) -> None:
    with fleet.connect(autocommit=True) as owner:
        schemas = [schema for (schema,) in owner.execute("SELECT schema_name FROM registry_office").fetchall()]
        for schema in schemas:
            owner.execute(f"SET search_path = {schema}")
            (view,) = owner.execute("SELECT pg_get_viewdef('registry_office'::regclass)").fetchone() or ("",)
            if old not in view:
                raise LookupError(f"{old!r} is not in the view")
            text = f"CREATE OR REPLACE VIEW registry_office WITH (security_invoker = true) AS {view.replace(old, new)}"
            owner.execute(text.encode())


@in_database
def whoever_was_lent_once_stays() -> None:
    for schema in ("kommune_3407", "region_gjovikregionen"):
        rewrite("access_user()", "NOT identity_lent(lender, who)", "false", schema=schema)


@in_code
def no_page_asks_who_lends() -> None:
    replace("varde.identity.middleware:ReaderMiddleware.process_view", lambda *_: None)


@in_database
def any_office_says_yes_for_another() -> None:
    say(
        "DROP POLICY write_own ON public.registry_standing",
        "CREATE POLICY write_own ON public.registry_standing FOR INSERT WITH CHECK (true)",
    )


@in_database
def two_regions_at_once() -> None:
    say("ALTER TABLE public.registry_standing DISABLE TRIGGER holds")


@in_database
def the_post_does_not_ask_for_an_agreement() -> None:
    rewrite("public.post_bound(text)", "SELECT ", "SELECT false AND ", schema="public")


@in_database
def one_yes_lends() -> None:
    for old, new in (("count(*) AS count", "least(count(*), 1) AS count"), ("THEN 2", "THEN 1")):
        rewrite("public.registry_lent(uuid,uuid,text,timestamptz)", old, new, schema="public")


@in_database
def an_old_lend_brings_back() -> None:
    rewrite("public.registry_lent(uuid,uuid,text,timestamptz)", "= 'out'::text", "= 'never'::text", schema="public")


@in_database
def a_lend_of_one_role_is_of_all() -> None:
    rewrite("identity_lent(uuid,uuid)", "g.user_id = who", "g.user_id = who AND false", schema="region_gjovikregionen")


@in_code
def the_text_lends_nobody_out() -> None:
    replace("regional.cooperation.lends_words:follow", lambda *_: None)


@in_code
def today_undoes_later() -> None:
    replace("regional.cooperation.agreement_actions:carried", lambda _before, after, _onto: after)
