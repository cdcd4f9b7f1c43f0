"""Switches of two kommuner that become one."""

import dataclasses

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_code import nothing
from tests.sabotage.without_database import rewrite


@in_code
def keys_forget_their_birth() -> None:
    """The halves are laid as if they were the new office's own."""
    from varde.privacy import handing_over

    wrapped = handing_over._wrapped
    replace("varde.privacy.handing_over:_wrapped",
            lambda former, heir, rows: [(*row[:5], None) for row in wrapped(former, heir, rows)])  # fmt: skip


@in_code
def old_logs_are_not_walked() -> None:
    replace("varde.audit.cli:formers", lambda _line: [])


@in_code
def nothing_is_compared() -> None:
    replace("shared.merging.rows:missing", lambda *_: {})


@in_code
def an_error_leaves_both_shut() -> None:
    replace("shared.merging.work:_reopen", nothing)


@in_code
def only_own_receipts_count() -> None:
    from tenants.inbox import receipts

    replace("tenants.inbox.receipts:receipt_hashes", lambda ref, digits: [receipts.receipt_hash(ref, digits)])


@in_code
def indexes_stay_under_the_old_keys() -> None:
    replace("shared.merging.joining:make_anew", nothing)


@in_database
def the_post_knows_no_former_office() -> None:
    rewrite("public.post_us()", "o.became = ", "NULL::uuid = ", schema="public")


@in_code
def one_yes_is_enough() -> None:
    replace("shared.merging.states:ENOUGH", 1)


@in_code
def old_quarters_are_sent_again() -> None:
    replace("tenants.returns.queries:born_in", nothing)


@in_code
def the_new_one_lends_nobody() -> None:
    replace("shared.merging.lends:say_anew", nothing)


@in_code
def a_merge_begins_anew() -> None:
    """Also when the new office is open."""
    from shared.merging.work import stages
    from shared.orders import work

    work._ways["merge"] = lambda order: stages(dataclasses.replace(order, steps=()))


@in_code
def what_was_taken_back_counts_as_done() -> None:
    replace("shared.orders.work:done_now", lambda order: {step.code for step in order.steps if step.own})


@in_code
def a_closed_account_brings_its_roles() -> None:
    replace("shared.merging.rows:GIVES_ACCESS", frozenset())


@in_code
def nobody_looks_for_those_left_shut() -> None:
    from shared.merging.work import open_again
    from shared.orders import work

    work._first.remove(open_again)


@in_code
def an_answer_counts_for_its_sender_alone() -> None:
    from shared.post.handlers import Envelope

    Envelope.senders = property(lambda envelope: (envelope.sender.id,))  # type: ignore[misc,assignment]
