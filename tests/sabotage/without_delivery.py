"""Switches of the delivery: what makes it blind, what makes it whole."""

from collections import Counter
from typing import Any

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_code import nothing
from tests.sabotage.without_database import rewrite, say

REGION = "region_gjovikregionen"


@in_database
def receipt_is_not_asked() -> None:
    """The operator reads until the sweep has settled the call."""
    rewrite("hotline_may_open(uuid, uuid, text)", "'sent' AND NOT EXISTS", "'sent' OR NOT EXISTS", schema=REGION)


@in_code
def key_stays_after_acceptance() -> None:
    replace("regional.hotline.settle:destroy", nothing)


@in_code
def screen_believes_the_sending() -> None:
    """The operator is told that it is delivered because it was sent."""
    from regional.hotline.states import Delivery

    def hopeful(state: str, *args: Any, **kwargs: Any) -> Delivery:
        return before(state, *args, **{**kwargs, "receipt": "stored"})

    before = replace("regional.hotline.queries:delivery", hopeful)


@in_database
def people_open_what_came_back() -> None:
    rewrite("delivery_may_open(uuid, uuid, text)", "purpose IN ('redirect', 'ledger', 'keys')", "true", schema=REGION)


@in_code
def returned_copy_stays() -> None:
    replace("tenants.inbox.returned_actions:destroy", nothing)


@in_code
def receipts_are_believed() -> None:
    """What was receipted counts as being there: the portal of 2020."""
    from shared.post.ledger import Stands

    def trusting(by: Any, letters: Any) -> Stands:
        return Stands(Counter(letters), set(), set())

    replace("shared.post.ledger:all_held", trusting)


@in_database
def letters_go_unopened() -> None:
    rewrite("public.post_done(uuid, text, uuid)", "kind NOT IN", "true OR kind NOT IN", schema="public")


@in_database
def letters_may_be_deleted() -> None:
    say("DROP TRIGGER stays ON public.post_letter", schema="public")


@in_database
def one_letter_many_concerns() -> None:
    say("ALTER TABLE inbox_concern DROP CONSTRAINT inbox_concern_letter_id_key")


@in_code
def levels_are_told_again() -> None:
    replace("tenants.triage.overdue_tasks:_levels", lambda concerns: {concern: {} for concern in concerns})


@in_code
def notes_stay_behind() -> None:
    """What was written at the wrong kommune ends with its copy."""
    from dataclasses import replace as changed

    def without(concern: Any) -> Any:
        return changed(before(concern), follows=())

    before = replace("tenants.inbox.returned_added:weigh", without)


@in_code
def what_cannot_follow_is_lost() -> None:
    replace("tenants.inbox.returned_added:check_follows", nothing)


@in_code
def sent_anew_where_it_came_back_from() -> None:
    replace("shared.post.ledger_queries:moved", lambda letter_ids: set())


@in_code
def what_came_back_waits_unsaid() -> None:
    replace("regional.delivery.actions:notices.waits", nothing)


@in_code
def own_clock_is_believed() -> None:
    from varde.clock import now

    replace("shared.post.ledger_queries:heard_now", now)


@in_database
def a_fast_clock_clears() -> None:
    rewrite("public.post_clear()", "NEW.at > clock", "false AND NEW.at > clock", schema="public")


@in_code
def mail_is_waited_for() -> None:
    """The phone hears when everybody in the kommune has had a mail; without mail, never."""
    replace("tenants.triage.overdue_queries:given_up", lambda concern, at: False)
