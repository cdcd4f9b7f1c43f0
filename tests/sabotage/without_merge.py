"""Switches of two kommuner that become one."""

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
    replace("shared.registry.merge_rows:missing", lambda *_: {})


@in_code
def an_error_leaves_both_shut() -> None:
    replace("shared.registry.order_merge:_reopen", nothing)


@in_code
def only_own_receipts_count() -> None:
    from tenants.inbox import receipts

    replace("tenants.inbox.receipts:receipt_hashes", lambda ref, digits: [receipts.receipt_hash(ref, digits)])


@in_code
def indexes_stay_under_the_old_keys() -> None:
    replace("shared.registry.merging:make_anew", nothing)


@in_database
def the_post_knows_no_former_office() -> None:
    rewrite("public.post_us()", "o.became = ", "NULL::uuid = ", schema="public")


@in_code
def one_yes_is_enough() -> None:
    replace("shared.registry.merge_states:ENOUGH", 1)


@in_code
def old_quarters_are_sent_again() -> None:
    replace("tenants.returns.queries:born_in", nothing)
