"""What the tables of two kommuner are to the one that they become: data, held against the models by a test."""

# Not carried over: what lets somebody in, what the framework numbers for itself, and what only counts tries.
LEFT_OUT = frozenset({
    "access_seal", "account_emailconfirmation", "auth_group", "auth_group_permissions", "auth_permission",
    "django_content_type", "django_migrations", "django_session", "identity_counter", "usersessions_usersession",
})  # fmt: skip
# Carried in a way of their own: the log as a chain of its own, and the keys wrapped anew.
APART = frozenset({"audit_entry", "audit_head", "privacy_datakey"})
# Blind indexes, laid anew by their rooms.
ANEW = frozenset({
    "inbox_placeterm", "inbox_searchterm", "insight_inquiryterm", "persons_term", "persons_warningterm",
})  # fmt: skip
# Numbered by the database, in each office for itself.
SERIAL = frozenset({"account_emailaddress", "mfa_authenticator"})
# The same may stand in both: a person with two accounts, a day, an edition. What is there once is enough.
JOINED = frozenset({
    "account_emailaddress", "continuity_holder", "identity_draft", "identity_rolegrant", "identity_subject",
    "joined_majormember", "mfa_authenticator", "team_cardversion", "team_member", "team_otherday",
    "triage_checklistversion",
})  # fmt: skip
# What a person may, or sees: not carried from an account that was closed to the open one that it is joined with.
GIVES_ACCESS = frozenset({
    "cases_casemember", "continuity_holder", "identity_rolegrant", "identity_subject", "joined_majormember",
})  # fmt: skip
# An edition is its name: two of one name that say different things cannot stand in one office.
EDITIONS = {"team_cardversion": ("code", "version"), "triage_checklistversion": ("version",)}
# The column `former` says whose the row was.
MARKED = frozenset({
    "audit_anchor", "outreach_yearapproval", "outreach_yearwords", "reporting_grant", "reporting_report",
})  # fmt: skip

# Columns with a person's id that are no foreign key. Those that are one are found by the database itself.
PEOPLE: dict[str, tuple[str, ...]] = {
    "audit_finding": ("user_id",),
    "audit_review": ("handled_by",),
    "cases_case": ("opened_by",),
    "cases_casemember": ("put_by",),
    "cases_note": ("by_user",),
    "closing_followup": ("answered_by",),
    "closing_reopening": ("by_user",),
    "closing_report": ("closed_by",),
    "closing_takenin": ("by_user",),
    "closing_transfer": ("by_user",),
    "inbox_attachmentlater": ("by_user",),
    "inbox_call": ("operator",),
    "inbox_callback": ("made_by",),
    "inbox_caller": ("by_user",),
    "inbox_callbacktry": ("by_user",),
    "inbox_callbackversion": ("by_user",),
    "inbox_clientkey": ("by_user",),
    "inbox_concern": ("opened_by", "registered_by"),
    "inbox_denial": ("by_user", "lifted_by"),
    "inbox_mistake": ("by_user",),
    "inbox_reporterlook": ("by_user",),
    "inbox_reportermessage": ("by_user",),
    "inbox_reporterreply": ("read_by",),
    "inbox_returned": ("by_user",),
    "insight_inquiryanswer": ("by_user",),
    "joined_join": ("by_user",),
    "joined_major": ("made_by",),
    "kept_archived": ("by_user",),
    "kept_bundle": ("made_by",),
    "kept_clearing": ("confirmed_by",),
    "kept_clearingregret": ("by_user",),
    "kept_longer": ("by_user",),
    "kept_order": ("confirmed_by",),
    "kept_regret": ("by_user",),
    "kept_shut": ("user_id",),
    "kept_tombstone": ("confirmed_by",),
    "kept_withoutfile": ("by_user",),
    "machines_machine": ("created_by",),
    "measures_again": ("by_user",),
    "measures_sharing": ("made_by",),
    "outreach_yearapproval": ("by_user",),
    "outreach_yearcopy": ("by_user",),
    "persons_addresslook": ("by_user",),
    "persons_contactplan": ("by_user",),
    "persons_link": ("by_user",),
    "persons_parted": ("by_user",),
    "persons_version": ("by_user",),
    "persons_voice": ("by_user",),
    "persons_warning": ("by_user",),
    "raising_doubt": ("by_user",),
    "raising_raised": ("made_by",),
    "raising_word": ("made_by",),
    "reporting_copy": ("finished_by",),
    "reporting_draft": ("ordered_by",),
    "reporting_grant": ("finished_by",),
    "reporting_owner": ("by_user",),
    "reporting_report": ("finished_by",),
    "reporting_singletext": ("by_user",),
    "returns_given": ("given_by",),
    "returns_order": ("ordered_by",),
    "returns_sent": ("seen_by",),
    "risk_assessment": ("signed_by",),
    "risk_overtaken": ("by_user",),
    "risk_template": ("loaded_by",),
    "triage_accepted": ("by_user",),
    "triage_assessment": ("decided_by",),
    "triage_carried": ("by_user",),
    "triage_checked": ("by_user",),
    "triage_dutyweighed": ("by_user",),
    "triage_emergencycall": ("by_user",),
    "triage_escalation": ("told",),
    "triage_hold": ("by_user", "ended_by"),
    "triage_nextstep": ("done_by",),
    "triage_note": ("by_user",),
    "triage_police": ("by_user",),
    "triage_prosecution": ("by_user",),
    "triage_reminded": ("owner",),
    "triage_stepwas": ("by_user",),
    "triage_talk": ("by_user",),
    "triage_talkended": ("by_user",),
    "triage_telling": ("made_by", "ended_by"),
}
# Ids that name no person: a matter, a row, a letter, an agreement or an office.
NO_PERSON: dict[str, tuple[str, ...]] = {
    "audit_anchor": ("former",),
    "audit_finding": ("matter_id",),
    "audit_former": ("office", "user_id", "matter_id"),  # as it was: its digest was made of it
    "audit_review": ("matter_id",),
    "closing_arrival": ("from_office",),
    "closing_transfer": ("to_office", "letter_id"),
    "closing_transferopened": ("letter_id", "office"),
    "identity_user": ("for_office",),
    "inbox_call": ("becomes",),
    "inbox_clientkey": ("concern_id",),
    "inbox_concern": ("letter_id", "origin"),
    "inbox_ended": ("letter_id",),
    "inbox_mistake": ("row_id",),
    "inbox_returned": ("letter_id", "to_office"),
    "inbox_trial": ("letter_id", "origin"),
    "kept_shut": ("matter_id",),
    "outreach_yearapproval": ("former",),
    "outreach_yearwords": ("former",),
    "persons_person": ("version",),
    "raising_raised": ("region", "letter_id"),
    "raising_word": ("letter_id",),
    "reporting_copy": ("draft",),
    "reporting_grant": ("former",),
    "reporting_report": ("former",),
    "returns_release": ("region", "letter_id"),
    "returns_releasewithdrawn": ("region", "letter_id"),
    "returns_sent": ("letter_id",),
    "risk_templateoffer": ("letter_id",),
    "starting_answer": ("agreement", "region"),
    "starting_healthsent": ("region",),
    "starting_notice": ("agreement", "region"),
    "triage_reminded": ("row_id",),
}
