"""Every sabotage: which row of the test plan, what is promised, what is taken away, and which test must then be red.

The rows are those of section 9 of the research on security. `test` is the promise's own test, outside this folder. What
the plan names and nobody has built stands in NOT_BUILT and is counted apart.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sabotage:
    """`says`: a pattern of what the failing test must say, where it is not an assertion that fails."""

    rows: tuple[int, ...]
    promise: str
    mechanism: str
    switch: str
    test: str
    says: str = ""
    short: bool = False


@dataclass(frozen=True, slots=True)
class NotBuilt:
    """A row of the plan without anything to take away, and why."""

    row: int
    promise: str
    reason: str


S = Sabotage
TABLE: tuple[Sabotage, ...] = (
    # --- a report that was acknowledged ---------------------------------------------------------------------------
    S((1,), "Kvittert melding overlever at databasen drepes.", "synchronous_commit=on", "commit_without_waiting",
      "tests/varde/test_embedded.py::test_a_power_cut_loses_nothing", says="UndefinedTable"),
    S((1,), "Kvittering gis først når meldingen er lagret.", "én transaksjon, svaret etter commit",
      "receipt_before_commit", "tests/tenants/test_inbox_api.py::test_no_receipt_is_sent_when_the_commit_fails"),
    # --- who sees that a matter exists ----------------------------------------------------------------------------
    S((2,), "En kollega uten tilgang ser ikke at saken finnes.", "radrettigheter på bekymringer",
      "concerns_without_row_rights", "tests/tenants/test_hidden.py::test_without_a_reader_nothing_is_there",
      short=True),
    S((2,), "Databasen og modellen er enige om hvem som ser hva.", "radrettigheter på bekymringer",
      "concerns_without_row_rights",
      "tests/matters/test_stateful.py::test_database_and_model_agree_on_who_sees_what"),
    S((2,), "En kollega ser heller ikke neste steg i en skjult sak.", "radrettigheter på neste steg",
      "steps_without_row_rights", "tests/tenants/test_hidden.py::test_without_a_reader_nothing_is_there"),
    S((2,), "Hvem som er varslet i en skjult sak, ser ingen andre.", "radrettigheter på varslene",
      "escalations_without_row_rights",
      "tests/tenants/test_triage_escalation.py::test_a_hidden_matter_shows_nobody_who_was_told"),
    S((2,), "Den som har vakt, varsles bare om saker hen ser.", "leserne av saken, ikke vaktlisten alene",
      "whoever_has_the_phone_is_told",
      "tests/tenants/test_triage_escalation.py::test_who_has_the_phone_but_is_not_on_the_case_hears_nothing"),
    S((2,), "Skjult og fraværende får samme svar.", "samme 404", "hidden_is_forbidden",
      "tests/tenants/test_hidden.py::test_hidden_and_absent_answer_with_the_same_bytes"),
    S((2,), "Ingen blir en annen leser uten signatur.", "signert lesebevis", "any_ticket_is_believed",
      "tests/tenants/test_hidden.py::test_an_unsigned_reader_sees_nothing"),
    S((2,), "Kontorets innlogging leser ikke nøkkelen til lesebevis.", "nøkkel uten leserett",
      "key_of_tickets_readable", "tests/tenants/test_hidden.py::test_the_key_of_tickets_cannot_be_read"),
    S((2,), "Sak om ansatt er bare for koordinator og stedfortreder.", "skjerming i databasen", "covers_ignored",
      "tests/tenants/test_hidden.py::test_suspicion_against_staff_is_for_the_coordinator_and_the_chosen_substitute"),
    S((3,), "Sperring av en person slår alle roller.", "sperrerader", "deny_rows_ignored",
      "tests/tenants/test_hidden.py::test_a_denied_person_is_out_at_once_whatever_the_role", short=True),
    S((3,), "Sperring gjelder også når interessekonflikten kommer senere.", "sperrerader, tilfeldig rekkefølge",
      "deny_rows_ignored", "tests/matters/test_stateful.py::test_database_and_model_agree_on_who_sees_what"),
    # --- offices --------------------------------------------------------------------------------------------------
    S((4,), "Databasen nekter et kontor å lese et annet.", "egen innlogging per kontor", "one_login_for_all",
      "tests/isolation/test_door.py::test_the_session_is_the_offices_own_login"),
    S((4,), "Databasen nekter rå SQL mot et annet kontors tabell.", "ingen rett i andres skjema", "schema_granted",
      "tests/isolation/test_escape.py::test_an_offices_connection_cannot", short=True),
    S((4,), "Ingen innlogging har rett i et annet kontors skjema.", "ingen rett i andres skjema", "schema_granted",
      "tests/isolation/test_escape.py::test_no_office_has_rights_in_anothers_schema"),
    S((4,), "Brev ses bare av avsender og mottaker.", "radrettigheter på brev", "letters_without_row_rights",
      "tests/shared/test_post.py::test_nobody_else_sees_the_letter"),
    S((5,), "SQL-injeksjon når ingen setning til.", "én setning om gangen", "several_statements",
      "tests/promises/test_injection.py::test_an_injection_stays_in_the_office_and_sees_no_row"),
    S((5,), "SQL-injeksjon kan ikke bli et annet kontor.", "ingen SET ROLE", "role_may_be_set",
      "tests/isolation/test_escape.py::test_an_offices_connection_cannot"),
    S((5,), "SQL-injeksjon ser ingen rader uten lesebevis.", "radrettigheter på bekymringer",
      "concerns_without_row_rights",
      "tests/promises/test_injection.py::test_an_injection_stays_in_the_office_and_sees_no_row"),
    S((6,), "Ingen adresse åpner for andre enn tabellen sier.", "@allow på hver adresse", "one_rule_removed",
      "tests/access/test_role_table.py::test_each_role_opens_its_rooms_and_no_others"),
    S((6,), "En adresse uten regel oppdages.", "oversikt over adresser", "one_rule_not_declared",
      "tests/access/test_role_table.py::test_every_view_declares_its_door"),
    # --- the log --------------------------------------------------------------------------------------------------
    S((7,), "Uten loggrad ingen side.", "logg i samme transaksjon", "log_after_commit",
      "tests/varde/test_audit_walk.py::test_without_the_log_there_is_no_page"),
    S((7,), "Hver sak en liste viser, står i loggen.", "getteren noterer", "list_not_noted",
      "tests/varde/test_audit_walk.py::test_every_page_that_is_answered_left_its_rows"),
    S((7,), "Hver side etterlater en rad.", "nettet under getterne", "no_net_under_pages",
      "tests/varde/test_audit_walk.py::test_every_page_that_is_answered_left_its_rows"),
    S((8,), "Kontorets innlogging kan ikke endre loggen.", "bare INSERT og SELECT", "log_may_be_changed",
      "tests/isolation/test_escape.py::test_an_offices_connection_cannot"),
    S((8,), "En endret loggrad oppdages.", "lenket sammendrag over raden", "name_not_in_the_digest",
      "tests/varde/test_audit_chain.py::test_what_an_owner_of_the_tables_changes_is_found"),
    S((8,), "En omskrevet eller kuttet logg oppdages.", "anker utenfor databasen", "no_anchor",
      "tests/varde/test_audit_anchor.py::test_a_log_written_anew_by_one_who_owns_everything_is_found",
      says="AssertionError|FileNotFound|NoSuch"),
    S((9,), "Loggkjeden deler seg ikke når mange leser.", "nummer tas inne i låsen", "log_numbered_before_the_lock",
      "tests/varde/test_audit_chain.py::test_writers_at_the_same_time_do_not_fork_the_chain"),
    # --- what leaves ----------------------------------------------------------------------------------------------
    S((10,), "Feilmeldinger ut av huset bærer bare type og sted.", "hendelsen bygges på nytt", "events_as_they_come",
      "tests/exits/test_thirteen.py::test_nothing_leaves_in_an_event"),
    S((10,), "Loggfilene bærer ikke innhold.", "egen linjeform", "usual_log_lines",
      "tests/exits/test_thirteen.py::test_nothing_leaves_in_a_log_line"),
    S((11,), "Melderens IP-adresse lagres ikke av webtjeneren.", "ingen adgangslogg", "usual_access_log",
      "tests/exits/test_thirteen.py::test_nothing_leaves_in_a_log_line"),
    S((11,), "Melderens IP-adresse lagres ikke av tjeneren foran.", "access_log off", "usual_log_at_the_edge",
      "tests/exits/test_edge_nginx.py::test_nothing_is_kept_of_who_asked_for_what"),
    S((11,), "Melderens IP-adresse ligger ikke i minnet.", "nøkkel som er skjult", "addresses_in_memory",
      "tests/tenants/test_inbox_flood.py::test_no_address_is_kept_in_the_buckets"),
    S((12,), "E-post sier bare «logg inn».", "to faste tekster", "content_in_mail",
      "tests/varde/test_exits.py::test_a_mail_says_log_in_and_nothing_else", short=True),
    # --- reports that come twice, and parts that are away -----------------------------------------------------------
    S((13,), "Samme melding sendt to ganger er én bekymring.", "klientnøkkelen er unik", "client_key_not_unique",
      "tests/tenants/test_inbox_api.py::test_fifty_posts_at_once_with_one_key_are_one_concern"),
    S((14,), "Uten megler tas post likevel imot.", "klokken ventes det ikke på", "bell_is_waited_for",
      "tests/varde/test_celery.py::test_a_broker_that_is_away_does_not_stop_the_letter", says="OSError"),
    S((14,), "En klokke som feiler, nekter aldri en melding.", "klokken etter commit", "bell_before_commit",
      "tests/tenants/test_inbox_team.py::test_the_bell_rings_after_the_commit_and_never_denies_the_concern",
      says="AssertionError|RuntimeError|assert"),
    S((14,), "Et varsel som ble borte, kommer senere.", "feiing hvert minutt", "no_sweep",
      "tests/varde/test_celery.py::test_the_sweep_is_on_the_beat", says="KeyError"),
    S((14,), "Et brev virker én gang.", "kvittering i mottakerens transaksjon", "no_receipt_for_letters",
      "tests/shared/test_post.py::test_a_letter_is_opened_once_and_receipted"),
    S((15,), "Vedlegg fyller aldri disken.", "grense for ledig plass", "disk_is_never_asked",
      "tests/documents/test_documents_uploads.py::test_on_a_nearly_full_disk_no_file_is_spooled"),
    S((16,), "Er databasen nede, sies det at meldingen IKKE er mottatt.", "svarside uten database",
      "optimistic_when_away",
      "tests/varde/test_middleware.py::test_a_database_that_is_away_says_that_nothing_was_received"),
    # --- rights, figures, existence -------------------------------------------------------------------------------
    S((17,), "En rolle som er tatt, er borte ved neste forespørsel.", "roller leses hver gang", "roles_remembered",
      "tests/varde/test_identity_sessions.py::test_a_role_taken_is_gone_from_page_list_and_open_link"),
    S((18,), "Ingen liten celle kan regnes ut av andre.", "flere celler skjules", "second_figure_shown",
      "tests/regional/test_statistics_disclosure.py::test_nobody_can_narrow_down_a_small_single_choice"),
    S((18,), "Små tall trykkes ikke.", "små celler skjules", "small_figures_shown",
      "tests/regional/test_statistics_pilot.py::test_the_protected_report_prints_no_small_number"),
    S((18,), "Søk finner ikke det en ikke har tilgang til.", "radrettigheter på søkeord", "search_without_row_rights",
      "tests/twins/test_twins.py::test_a_likely_story_does_not_tell"
      "[the same person is told of again, by staff]"),
    S((19,), "Ingenting er opptatt fordi en skjult sak finnes.", "ingen unik blindindeks", "unique_blind_index",
      "tests/promises/test_nothing_to_collide.py::test_nothing_that_is_told_of_a_person_is_unique"),
    S((19,), "Samme person kan meldes på nytt av en som ingenting ser.", "ingen unik blindindeks",
      "unique_blind_index", "tests/promises/test_nothing_to_collide.py::"
      "test_the_same_person_is_told_of_again_by_somebody_who_sees_nothing", says="UniqueViolation|IntegrityError"),
    S((20,), "Tiden røper ikke at saken finnes.", "samme vei for skjult og fraværende", "checked_after_load",
      "tests/twins/test_timing.py::test_the_time_of_a_getter_does_not_tell[concern]"),
    # --- one worker, one connection, one cache ----------------------------------------------------------------------
    S((21,), "En arbeider blander aldri kontorer.", "oppgaven får kontorets innlogging",
      "connection_stays_in_the_office",
      "tests/varde/test_celery.py::test_alternating_offices_in_one_worker_never_mix"),
    S((22,), "En tilkobling glemmer hvem som leste sist.", "økten nullstilles", "session_remembers",
      "tests/isolation/test_escape.py::test_what_a_session_was_told_is_forgotten_when_the_office_is_left"),
    S((22,), "Et lesebevis gjelder én transaksjon.", "bevis bundet til transaksjonen", "any_ticket_is_believed",
      "tests/tenants/test_hidden.py::test_a_ticket_is_good_for_one_transaction_of_one_connection"),
    S((22,), "To brukere på én tilkobling blandes ikke.", "SET LOCAL", "ticket_for_the_session",
      "tests/twins/test_kept_connection.py::test_two_users_alternate_on_one_connection"),
    S((23,), "Ingen side for innloggede mellomlagres.", "no-store", "pages_may_be_kept",
      "tests/twins/test_kept_connection.py::test_no_cache_may_keep_a_page_of_somebody"),
    S((23,), "Det prosessen husker, hører til ett kontor.", "kontoret i nøkkelen", "offices_share_a_memory",
      "tests/tenants/test_inbox_flood.py::test_the_offices_do_not_share_a_flood"),
    # --- keys -----------------------------------------------------------------------------------------------------
    S((24,), "En stjålet kopi av databasen viser ikke et ord.", "feltene er forseglet", "one_field_in_plain",
      "tests/privacy/test_swaps.py::test_a_copy_of_the_tables_shows_no_word"),
    S((27,), "Et nytt felt i klartekst oppdages.", "oversikt over felt", "new_field_in_plain",
      "tests/privacy/test_inventory.py::test_every_field_is_sealed_or_says_why_not", short=True),
    S((28,), "Forseglet tekst åpner seg bare på sin egen plass.", "bundet til sted (AAD)", "cells_bound_to_nothing",
      "tests/privacy/test_swaps.py::test_no_cell_opens_in_the_place_of_another"),
    S((29,), "Nøkler byttes uten at noe blir uleselig.", "nøkkelens navn i konvolutten",
      "no_key_id_in_the_envelope", "tests/privacy/test_rotation.py::test_everything_is_under_the_new_key_and_opens",
      says="CannotOpen|assert"),
    S((29,), "En nøkkel til en skjult sak åpner ingenting.", "radrettigheter på nøkler", "keys_without_row_rights",
      "tests/privacy/test_keyring.py::test_a_hidden_key_opens_nothing"),
    S((29,), "SQL gjennom en side ødelegger ingen nøkkel.", "bare SELECT og INSERT på nøkler", "keys_may_be_changed",
      "tests/privacy/test_rights.py::test_the_login_changes_no_key_whoever_asks"),
    # --- files ----------------------------------------------------------------------------------------------------
    S((30,), "Et vedlegg kjører aldri i nettleseren.", "alltid nedlasting", "shown_in_the_browser",
      "tests/documents/test_documents_serving.py::test_our_answer_runs_nothing"),
    S((31,), "En vond fil tar ikke minnet fra andre.", "egen prosess med grenser", "opened_in_the_web_process",
      "tests/documents/test_documents_contained.py::test_the_web_keeps_its_memory"),
    S((32,), "Metadata i en fil røper ikke melderen.", "kopien tegnes på nytt", "only_document_info_removed",
      "tests/documents/test_documents_cleaning.py::test_no_canary_is_left_in_the_copy"),
    S((33,), "En fil gis ikke ut mens virussjekken er nede.", "feiler lukket", "scanner_fails_open",
      "tests/documents/test_attachments.py::"
      "test_while_the_scanner_is_down_a_file_waits_and_is_opened_when_it_is_back"),
    S((33,), "Et ukjent svar fra virussjekken er ingen frikjennelse.", "bare kjente svar teller",
      "any_answer_is_clean",
      "tests/documents/test_documents_scanner.py::test_an_answer_that_is_not_known_is_no_verdict"),
    # --- flood, looking through the log -----------------------------------------------------------------------------
    S((34,), "Hver bøtte gjør det den lover.", "bøtte per adresse", "bottomless_bucket",
      "tests/tenants/test_inbox_flood.py::test_each_bucket_alone_does_what_the_contract_says"),
    S((34,), "En forfalsket oppgave teller ikke.", "signert oppgave", "any_solution_will_do",
      "tests/tenants/test_inbox_flood.py::test_a_bent_solution_counts_as_none"),
    S((35,), "Den som snoker, blir funnet.", "regel for oppslag uten oppgave", "no_rule_for_looks_without_a_task",
      "tests/varde/test_audit_rules.py::test_half_a_year_with_people_who_snoop"),
    S((36,), "Innsynsutskriften har med alt som ble tatt ut.", "utvalget av rader", "extract_without_exports",
      "tests/varde/test_audit_extract.py::test_prints_and_exports_are_in_it"),
    S((38,), "En celle i et regneark er aldri en formel.", "apostrof foran", "cells_as_they_are",
      "tests/varde/test_exits.py::test_a_formula_becomes_text"),
    # --- log-in ---------------------------------------------------------------------------------------------------
    S((39,), "En økt ender etter 30 minutter uten bruk.", "økten måles", "sessions_never_end",
      "tests/varde/test_identity_sessions.py::test_thirty_minutes_without_use",
      says="KeyError: 'location'"),
    S((39,), "Farlige handlinger krever ny bekreftelse.", "bekreftelse etter fem minutter", "never_asked_again",
      "tests/varde/test_identity_sessions.py::test_after_five_minutes_one_is_asked_again"),
    S((40,), "Samme e-post hos en annen utsteder er en annen person.", "(iss, sub)", "matched_by_e_mail",
      "tests/oidc/test_oidc_attacks.py::test_the_same_e_mail_or_subject_from_another_issuer"),
    S((40,), "En svak innlogging slipper ikke inn.", "acr kreves", "any_strength_will_do",
      "tests/oidc/test_oidc_attacks.py::test_a_weak_log_in_at_a_certified_provider"),
    S((40,), "En annen virksomhet slipper ikke inn.", "kontoret kreves", "any_tenant_will_do",
      "tests/oidc/test_oidc_attacks.py::test_the_wrong_tenant_at_a_certified_provider"),
    S((40,), "Et gammelt bevis slipper ikke inn.", "nonce", "nonce_not_compared",
      "tests/oidc/test_oidc_attacks.py::test_a_nonce_from_an_earlier_log_in"),
    S((40,), "Et bevis som leverandøren ikke har signert, slipper ikke inn.", "fast liste av algoritmer",
      "token_chooses_its_algorithm",
      "tests/oidc/test_oidc_attacks.py::test_a_token_that_the_provider_did_not_sign"),
    # --- break-glass, the start, the rest -----------------------------------------------------------------------------
    S((41,), "Nødåpning krever to.", "en annen godkjenner", "glass_without_approval",
      "tests/tenants/test_hidden.py::test_break_glass_takes_two_a_reason_and_ends"),
    S((41,), "Bare den som er spurt, godkjenner.", "godkjenneren prøves", "anybody_may_answer_the_request",
      "tests/tenants/test_hidden.py::test_break_glass_takes_two_a_reason_and_ends"),
    S((41,), "Nødåpning tar slutt.", "tidsgrense i databasen", "glass_without_end",
      "tests/tenants/test_hidden.py::test_break_glass_takes_two_a_reason_and_ends"),
    S((41,), "Den som er ny i rollen, åpner ingenting.", "tre døgn i rollen, spurt i databasen",
      "helpers_made_for_the_occasion",
      "tests/tenants/test_hidden.py::test_who_is_new_in_the_role_neither_asks_nor_approves"),
    S((41,), "Ingen daterer rollene de gir.", "databasen setter datoen", "roles_dated_by_the_giver",
      "tests/tenants/test_hidden.py::test_since_when_a_role_is_held_is_not_said_by_whoever_gives_it"),
    S((41,), "En nødåpning fortelles straks til dem som har saken.", "varselet", "glass_broken_in_silence",
      "tests/tenants/test_owners.py::test_break_glass_is_told_at_once_to_those_who_have_the_case_and_says_nothing_of_it"),
    S((3,), "Den som er sperret, får ikke et steg i saken.", "utløser i databasen", "steps_given_to_anybody",
      "tests/tenants/test_owners.py::test_the_database_gives_nothing_to_who_is_shut_out", says="DID NOT RAISE"),
    S((2,), "En kontaktperson ser bare det de selv er bedt om.", "radrettigheter på forespørsler",
      "requests_without_row_rights",
      "tests/tenants/test_measures_requests.py::test_the_kontaktperson_sees_the_request_and_nothing_else"),
    S((45,), "En engangslenke åpnes én gang.", "åpnet står i raden", "links_open_again",
      "tests/tenants/test_measures_sharing.py::test_a_link_is_made_sent_and_opened_once"),
    S((45,), "Fem feil koder stenger en engangslenke.", "databasen teller", "wrong_codes_not_counted",
      "tests/tenants/test_measures_sharing.py::test_five_wrong_codes_end_the_link_and_the_case_shows_them"),
    S((35,), "Den som ser på en sak med eget navn, blir spurt.", "stikkord under nøkkel", "no_hint_of_ones_own_name",
      "tests/tenants/test_own_name.py::test_a_look_at_a_matter_with_ones_own_name_is_found"),
    S((42,), "Produksjon starter ikke med en farlig innstilling.", "spørsmål ved start", "nobody_asks_at_the_start",
      "tests/varde/test_guard.py::test_one_bad_setting_is_refused_with_one_sentence"),
    S((42,), "Produksjon starter ikke mot en tjener som kan glemme.", "spørsmål til databasen", "server_not_asked",
      "tests/exits/test_server_questions.py::test_one_bad_setting_of_the_server_is_refused"),
    S((43,), "Det som er slettet for godt, kommer ikke tilbake fra en kopi.", "halve nøkkelen utenfor databasen",
      "whole_key_in_the_database", "tests/privacy/test_destroy.py::test_a_restored_copy_of_the_tables_is_unreadable"),
    S((43,), "En eldre base ødelegger ikke den nyere kopien.", "graven for halvdeler", "shredded_for_want_of_a_row",
      "tests/privacy/test_graves.py::test_the_newer_backup_is_read_after_the_sweep_of_an_older_database",
      says="Destroyed"),
    S((44,), "Hvert kontor er vernet likt.", "samme regler i hvert skjema", "one_kommune_without_a_policy",
      "tests/promises/test_schemas_alike.py::test_every_kommune_is_guarded_in_the_same_way"),
    S((44,), "Det som bare legges til, kan ikke endres i noe skjema.", "bare INSERT og SELECT",
      "append_only_may_be_changed",
      "tests/architecture/test_rows.py::test_append_only_tables_are_so_in_every_schema", short=True),
)  # fmt: skip

NOT_BUILT: tuple[NotBuilt, ...] = (
    NotBuilt(25, "Sikkerhetskopien lar seg gjenopprette.", "varde backup og varde restore kommer i en senere sak"),
    NotBuilt(26, "Én kopi kan ikke slettes fra plattformen.", "det finnes ingen kopi som plattformen selv lager"),
)
