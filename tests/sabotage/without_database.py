"""Switches in the database of the tests: rights, policies, triggers, constraints and function bodies."""

from tests.sabotage.switches import in_database
from varde.tenancy import fleet

GJOVIK, OTHER = "kommune_3407", "kommune_3442"
GROUP, OTHER_GROUP = "varde_test_kommune_3407", "varde_test_kommune_3442"


def say(*statements: str, schema: str = GJOVIK) -> None:
    """As the owner of the tables."""
    with fleet.connect(autocommit=True) as owner:
        owner.execute(f"SET search_path = {schema}")
        for statement in statements:
            owner.execute(statement.encode())


def rewrite(function: str, old: str, new: str, schema: str = GJOVIK) -> None:
    """Replace a piece of a function's body; LookupError when it is not there."""
    with fleet.connect(autocommit=True) as owner:
        owner.execute(f"SET search_path = {schema}")
        (before,) = owner.execute("SELECT pg_get_functiondef(%s::regprocedure)", [function]).fetchone() or ("",)
        if old not in before:
            raise LookupError(f"{old!r} is not in {function}")
        owner.execute(before.replace(old, new).encode())


def _without_row_rights(*tables: str) -> None:
    with fleet.connect(autocommit=True) as owner:
        owner.execute(f"SET search_path = {GJOVIK}")
        for table in tables:
            (on,) = owner.execute("SELECT rowsecurity FROM pg_tables WHERE schemaname = current_schema()"
                                  " AND tablename = %s", [table]).fetchone() or (False,)  # fmt: skip
            if not on:
                raise LookupError(f"{table} has no row rights")
            owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY".encode())


# --- offices ----------------------------------------------------------------------------------------------------------
@in_database
def schema_granted() -> None:
    say(f"GRANT USAGE ON SCHEMA {OTHER} TO {GROUP}", f"GRANT SELECT ON {OTHER}.identity_user TO {GROUP}")


@in_database
def role_may_be_set() -> None:
    say(f"GRANT {OTHER_GROUP} TO {GROUP}_login WITH INHERIT FALSE, SET TRUE")


@in_database
def letters_without_row_rights() -> None:
    say("ALTER TABLE public.post_letter DISABLE ROW LEVEL SECURITY")


@in_database
def one_kommune_without_a_policy() -> None:
    say("DROP POLICY people_select ON cases_case", schema=OTHER)


@in_database
def append_only_may_be_changed() -> None:
    say(f"GRANT UPDATE ON cases_note TO {GROUP}")


@in_database
def pieces_of_older_files() -> None:
    rewrite("attachment_newborn(uuid,uuid)", "AND a.laid_in = pg_current_xact_id()::text::bigint", "")


# --- who sees what ----------------------------------------------------------------------------------------------------
@in_database
def concerns_without_row_rights() -> None:
    _without_row_rights("inbox_concern")


@in_database
def steps_without_row_rights() -> None:
    _without_row_rights("triage_nextstep")


@in_database
def escalations_without_row_rights() -> None:
    _without_row_rights("triage_escalation")


@in_database
def keys_without_row_rights() -> None:
    _without_row_rights("privacy_datakey")


@in_database
def keys_may_be_changed() -> None:
    """As it was before privacy.0003."""
    may = "privacy_may_open(id, (SELECT access_user()), (SELECT access_purpose()))"
    say(
        f"GRANT UPDATE ON privacy_datakey TO {GROUP}",
        f"CREATE POLICY change ON privacy_datakey FOR UPDATE USING ({may}) WITH CHECK (true)",
    )


@in_database
def deny_rows_ignored() -> None:
    rewrite("matter_denied(uuid, uuid)", "RETURN EXISTS", "RETURN false AND EXISTS")


@in_database
def another_account_is_another_person() -> None:
    rewrite("identity_same(uuid)", "SELECT o.id", "SELECT person")


@in_database
def joined_matters_shut_apart() -> None:
    rewrite("matter_denied(uuid, uuid)", "ARRAY(SELECT joined_kin(matter))", "ARRAY[matter]")


@in_database
def covers_ignored() -> None:
    rewrite("matter_covered(inbox_cover, uuid, boolean)", "SELECT CASE", "SELECT true OR CASE")


@in_database
def matters_end_unconfirmed() -> None:
    rewrite("kept_ready(uuid)", "SELECT bool_and(", "SELECT true OR bool_and(")


@in_database
def any_ticket_is_believed() -> None:
    rewrite("access_ticket()", "RETURN NULL;\nEND", "RETURN who;\nEND")


@in_database
def ticket_for_the_session() -> None:
    """Half of the switch."""
    any_ticket_is_believed()


@in_database
def checked_after_load() -> None:
    """Half of the switch: the office's login sees the rows and the keys of every matter."""
    _without_row_rights("inbox_concern", "privacy_datakey")


@in_database
def search_without_row_rights() -> None:
    _without_row_rights("inbox_searchterm", "inbox_concern")


@in_database
def key_of_tickets_readable() -> None:
    say(f"GRANT SELECT ON access_seal TO {GROUP}")


@in_database
def glass_without_approval() -> None:
    rewrite("matter_lent(uuid, uuid)", "g.approved AND g.ended_at IS NULL AND statement_timestamp() < g.until", "true")


@in_database
def anybody_may_answer_the_request() -> None:
    """Half of the switch: the database does not look at who answers either."""
    say("DROP TRIGGER answered ON cases_glassrequest")


@in_database
def glass_without_end() -> None:
    rewrite("matter_lent(uuid, uuid)", "AND statement_timestamp() < g.until", "")


@in_database
def helpers_made_for_the_occasion() -> None:
    rewrite("glass_settled(uuid)", "AND g.granted_at <= now() - interval '72 hours'", "")


@in_database
def steps_given_to_anybody() -> None:
    say("DROP TRIGGER owner_sees ON triage_nextstep")


@in_database
def requests_without_row_rights() -> None:
    _without_row_rights("measures_request")


@in_database
def wrong_codes_not_counted() -> None:
    rewrite("sharing_try(text, text)", "THEN 1 ELSE 0", "THEN 0 ELSE 0")


@in_database
def links_open_again() -> None:
    rewrite("sharing_try(text, text)", "m.opened_at IS NULL THEN pg_current_xact_id", "true THEN pg_current_xact_id")
    rewrite("sharing_try(text, text)", "ELSE 'used'", "ELSE 'open'")


@in_database
def roles_dated_by_the_giver() -> None:
    say("DROP TRIGGER dated ON identity_rolegrant")


@in_database
def hidden_is_forbidden() -> None:
    """Half of the switch: a way for the view to know that what it does not see is there."""
    say(
        "CREATE FUNCTION sabotage_there(uuid) RETURNS boolean LANGUAGE sql SECURITY DEFINER"
        " SET search_path FROM CURRENT AS 'SELECT EXISTS (SELECT 1 FROM inbox_concern WHERE id = $1)'",
        f"GRANT EXECUTE ON FUNCTION sabotage_there(uuid) TO {GROUP}",
    )


@in_database
def unique_blind_index() -> None:
    say("CREATE UNIQUE INDEX sabotage_one_person_once ON inbox_searchterm (token)")


@in_database
def client_key_not_unique() -> None:
    say("ALTER TABLE inbox_clientkey DROP CONSTRAINT inbox_clientkey_pkey")


# --- what is decided stays --------------------------------------------------------------------------------------------
@in_database
def cards_move_between_matters() -> None:
    say("DROP TRIGGER stays ON persons_person")


@in_database
def signed_risk_may_be_changed() -> None:
    say("DROP TRIGGER frozen ON risk_assessment")


@in_database
def call_backs_rewritten() -> None:
    say("DROP TRIGGER frozen ON inbox_callback")


@in_database
def anybody_may_be_told_to_call() -> None:
    say("DROP TRIGGER owner_sees ON inbox_callback")


@in_database
def warnings_thawed() -> None:
    say("DROP TRIGGER frozen ON persons_warning")


@in_database
def passphrases_without_row_rights() -> None:
    _without_row_rights("continuity_passphrase")


@in_database
def answered_requests_may_be_changed() -> None:
    say("DROP TRIGGER frozen ON measures_request")


@in_database
def approved_minutes_may_be_changed() -> None:
    say("DROP TRIGGER frozen ON meeting_item")


@in_database
def the_report_may_be_rewritten() -> None:
    say("DROP TRIGGER received_stays ON inbox_concern")


@in_database
def joinings_may_be_rewritten() -> None:
    say("DROP TRIGGER frozen ON joined_join")


@in_database
def anybody_ends_a_matter() -> None:
    _without_row_rights("kept_order", "kept_due", "kept_tombstone")


@in_database
def a_stop_may_be_rewritten() -> None:
    say("DROP TRIGGER frozen ON triage_hold")


@in_database
def something_told_may_be_rewritten() -> None:
    say("DROP TRIGGER frozen ON triage_telling")


@in_database
def deny_rows_lifted_by_anybody() -> None:
    say("DROP TRIGGER frozen ON inbox_denial")


@in_database
def anybody_shuts_others_out() -> None:
    say("DROP TRIGGER laid ON inbox_denial")


@in_database
def covers_lifted_by_anybody() -> None:
    say("DROP TRIGGER guarded ON inbox_cover")


@in_database
def steps_may_be_rewritten() -> None:
    say("DROP TRIGGER frozen ON triage_nextstep")


@in_database
def ended_measures_may_be_rewritten() -> None:
    say("DROP TRIGGER frozen ON measures_measure")


@in_database
def anything_is_marked_by_anybody() -> None:
    say("DROP TRIGGER by_whom ON inbox_mistake")


@in_database
def who_is_shut_out_stays_on_the_major_matter() -> None:
    say("DROP TRIGGER major_leave ON inbox_denial")


@in_database
def less_is_asked_of_nothing() -> None:
    rewrite("matter_room(uuid, uuid, boolean)", "IF coordinator THEN",
            "IF coordinator OR NOT EXISTS (SELECT FROM cases_case c WHERE c.concern_id = matter) THEN")  # fmt: skip


@in_database
def a_period_is_given_twice() -> None:
    say("DROP TRIGGER once ON returns_given")


@in_database
def duties_are_reckoned_by_whoever_writes() -> None:
    say("DROP TRIGGER stands ON triage_nextstep")


@in_database
def public_words_without_row_rights() -> None:
    _without_row_rights("outreach_cardtext")


@in_database
def agenda_without_row_rights() -> None:
    _without_row_rights("meeting_item", "meeting_decision", "meeting_hearing")


@in_database
def members_plan_for_others() -> None:
    _without_row_rights("team_weeklyshift", "team_absence")


@in_database
def near_matters_of_everybody() -> None:
    """The function that the list asks first no longer runs with the reader's own rights."""
    rewrite("matters_near()", "WHERE m.user_id = access_user()", "")
    rewrite("matters_near()", "WHERE matter_open(matter, access_user())", "")


# --- the log ----------------------------------------------------------------------------------------------------------
@in_database
def log_may_be_changed() -> None:
    say(f"GRANT UPDATE ON audit_entry TO {GROUP}")


@in_database
def name_not_in_the_digest() -> None:
    rewrite("audit_text(audit_entry)", ", e.name", "")


@in_database
def log_numbered_before_the_lock() -> None:
    say(
        "CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
        " SET search_path FROM CURRENT AS $$ BEGIN"
        " SELECT coalesce(max(number), 0) + 1 INTO NEW.number FROM audit_entry;"
        " NEW.previous := coalesce((SELECT digest FROM audit_entry ORDER BY number DESC LIMIT 1), '');"
        " NEW.digest := encode(sha256(convert_to(audit_text(NEW), 'UTF8')), 'hex'); RETURN NEW; END $$"
    )
