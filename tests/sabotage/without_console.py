"""Switches around the phone's console, the calls that are announced, and the systems that announce them."""

from datetime import timedelta
from typing import Any

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_code import nothing
from tests.sabotage.without_database import rewrite, say

REGION = "region_gjovikregionen"


@in_code
def everybody_who_presses_has_the_call() -> None:
    """First looked at, then written: whoever looked at the same moment writes too."""
    import time

    from regional.hotline.models import Call
    from varde.clock import now

    def claim(*, call_id: Any, by: Any) -> Call:
        call = Call.objects.get(id=call_id)
        time.sleep(0.3)
        call.state, call.operator, call.operator_name, call.claimed_at = "open", by.user_id, by.name, now()
        call.save(update_fields=["state", "operator", "operator_name", "claimed_at"])
        return call

    replace("regional.hotline.ringing_actions:claim", claim)


@in_code
def an_old_tab_writes_over() -> None:
    replace("regional.hotline.actions:check_page", lambda call, **_: None)
    replace("regional.hotline.views:check_page", lambda call, **_: None)


@in_code
def saved_is_said_of_everything() -> None:
    replace("regional.hotline.forms:CallForm.unkept", property(lambda form: []))


@in_code
def a_name_undoes_the_tick() -> None:
    replace("regional.hotline.forms:CallForm.has_error", lambda form, *of: False)


@in_code
def the_log_in_is_the_answer() -> None:
    from django.http import HttpResponseRedirect

    replace("varde.access.doors:_log_in_first", lambda request: HttpResponseRedirect("/inn"))


@in_code
def another_body_is_the_same_event() -> None:
    replace("regional.hotline.announcing_actions:_digest", lambda body: "")


@in_code
def whole_numbers_stand_in_the_queue() -> None:
    replace("regional.hotline.announcing_actions:mask", lambda number: number[-8:])


@in_code
def old_messages_are_heard_again() -> None:
    replace("regional.hotline.ringing:OFF", timedelta(days=1))


@in_code
def a_revoked_token_still_works() -> None:
    replace("varde.machines.models:Machine.holds", lambda self, at: True)


@in_code
def who_was_rung_back_is_not_forgotten() -> None:
    replace("regional.hotline.callbacks_actions:destroy", lambda **_: None)


@in_database
def who_gave_a_call_away_still_reads_it() -> None:
    rewrite("hotline_may_open(uuid, uuid, text)", "of_call.operator IS DISTINCT FROM reader OR",
            "", schema=REGION)  # fmt: skip


@in_database
def a_call_goes_any_way() -> None:
    say("DROP TRIGGER moves ON hotline_call", schema=REGION)


@in_database
def a_second_row_may_have_the_id() -> None:
    say("DROP TRIGGER no_twin ON hotline_call", "DROP TRIGGER no_twin ON hotline_callback", schema=REGION)


@in_database
def what_is_left_is_nobodys() -> None:
    rewrite("hotline_left(text, uuid, timestamptz)", "state = 'open'", "false", schema=REGION)


@in_code
def drafts_outlive_the_call() -> None:
    replace("varde.identity.drafts:_still", [])
    replace("regional.hotline.settle:drafts.forget", nothing)


@in_code
def promises_stay_with_the_phone() -> None:
    replace("regional.hotline.settle:hand_over", nothing)


@in_code
def an_open_page_keeps_the_words() -> None:
    replace("regional.hotline.access:may_read", lambda *_: True)
