"""Every act that a person can be allowed. Seeing one particular case is decided by the case, not here."""

from enum import StrEnum


class Permission(StrEnum):
    """One line per act; roles list them."""

    # every office
    BE_HERE = "be_here"  # the start page and one's own account
    PEOPLE_MANAGE = "people_manage"
    AUDIT_READ = "audit_read"
    AUDIT_EXTRACT = "audit_extract"  # «Hvem har sett i saken min?»
    AUDIT_REVIEW = "audit_review"  # odd looks, handled by somebody who is not involved
    POST_STATUS = "post_status"
    # kommune
    CONCERN_REGISTER = "concern_register"
    INBOX_READ = "inbox_read"
    TRIAGE = "triage"
    CASES = "cases"
    REQUESTS_ANSWER = "requests_answer"  # those given to oneself, and nothing else of the matter
    GLASS_APPROVE = "glass_approve"
    TEAM_READ = "team_read"
    TEAM_REGISTER = "team_register"  # training, routines and mandate of the team
    OUTREACH_SEE = "outreach_see"
    OUTREACH = "outreach"
    SETTINGS = "settings"
    RETURNS_SEE = "returns_see"
    RETURNS_SEND = "returns_send"
    FIGURES_SEE = "figures_see"  # of closed periods, protected
    MATTER_RAISE = "matter_raise"  # system matters, to the leader team
    STARTING = "starting"  # the kommune's own way to an open phone
    AGREEMENT_SAY = "agreement_say"  # yes or no to the cooperation agreement
    OFFICE_END = "office_end"  # ask for the end of the whole office, and confirm it
    # region
    HOTLINE = "hotline"
    HOTLINE_MANAGE = "hotline_manage"
    LEADERS_READ = "leaders_read"
    LEADERS_MANAGE = "leaders_manage"  # seats, meetings, minutes, answers to system matters
    PLAN_EDIT = "plan_edit"  # the action plan
    COOPERATION_MANAGE = "cooperation_manage"  # the agreement, joining and leaving
    ONBOARDING = "onboarding"  # invite a kommune and see how far it has come
    COOPERATION_READ = "cooperation_read"
    STATISTICS_READ = "statistics_read"
    STATISTICS_RELEASE = "statistics_release"  # close half-years, draft and approve what is given out
    TEMPLATES_SHARE = "templates_share"  # of risk assessment, with the kommuner
    # the platform's own staff
    PLATFORM_READ = "platform_read"
    ORDERS = "orders"  # approve what the provisioner does
