"""Switches of orders and of the end of an office."""

from typing import Any

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_code import nothing
from tests.sabotage.without_database import say


@in_database
def any_office_says_yes() -> None:
    say('DROP POLICY write_own ON public.orders_step',
        "CREATE POLICY write_own ON public.orders_step FOR INSERT WITH CHECK (true)")  # fmt: skip


@in_code
def orders_are_done_unapproved() -> None:
    replace("shared.orders.work:_TO_DO", ("asked", "approved", "agreed", "working"))
    from shared.orders import states

    states.MOVES["asked"] = states.MOVES["asked"] | {"working"}


@in_code
def the_person_is_kept() -> None:
    replace("shared.orders.box:discard", nothing)


@in_code
def a_second_try_begins_anew() -> None:
    """The office is not looked for, as if nothing had been done before."""
    from shared.orders import birth

    def always(order: Any) -> dict[str, str]:
        return {"slug": birth.provision(birth.wish_of(order.kind, order.facts, order.office)).slug}

    replace("shared.orders.birth:_office", always)


@in_code
def one_person_is_enough() -> None:
    replace("shared.orders.actions:check_story", nothing)
    replace("shared.orders.states:check_story", nothing)


@in_code
def any_code_proves() -> None:
    replace("shared.orders.states:proves", lambda *_: True)


@in_code
def what_came_later_is_not_asked_for() -> None:
    replace("shared.orders.export_rows:print_of_content", lambda *_: "")


@in_code
def keys_outlive_the_office() -> None:
    replace("shared.orders.close:ending.end_office", lambda *_: 0)


@in_code
def the_file_lies_open() -> None:
    """The tar as it is."""

    class Plain:
        def __init__(self, to: Any, **_keys: Any) -> None:
            self.write = to.write

        def __enter__(self) -> Any:
            return self

        def __exit__(self, *_: Any) -> None:
            """Nothing to seal."""

    replace("shared.orders.export:Locked", Plain)


@in_code
def two_provisioners_at_once() -> None:
    replace("shared.orders.work:_LOCK", "SELECT true")


@in_code
def servers_carry_out_orders() -> None:
    replace("shared.orders.work:_SERVERS", ())


@in_code
def documents_are_not_in_the_print() -> None:
    from shared.orders import export_rows

    replace("shared.orders.export_rows:BY_ITSELF", export_rows.BY_ITSELF | {"starting_document"})


@in_code
def that_it_is_shut_is_noted_later() -> None:
    replace("shared.orders.close:_note_shut", nothing)


@in_code
def what_stops_an_end_is_not_asked() -> None:
    replace("shared.orders.close:_refuse", nothing)


@in_code
def the_new_may_end_an_office() -> None:
    replace("shared.orders.actions:all_settled", lambda *_: True)
    replace("shared.orders.people:all_settled", lambda *_: True)


@in_code
def any_office_is_ones_own_child() -> None:
    replace("shared.orders.birth:_refuse_foreign", nothing)


@in_code
def what_stops_an_end_is_told_late() -> None:
    replace("shared.orders.work:_look_ahead", nothing)


@in_code
def a_region_ends_under_its_kommuner() -> None:
    replace("shared.orders.leaving:parties_during", lambda *_: [])


@in_code
def an_address_is_free_too_early() -> None:
    replace("shared.orders.actions:standing_with", lambda *_: [])


@in_database
def letters_to_anybody() -> None:
    say("DROP POLICY write_own ON public.post_letter",
        "CREATE POLICY write_own ON public.post_letter FOR INSERT WITH CHECK (true)")  # fmt: skip


@in_database
def any_order_is_placed() -> None:
    say("DROP POLICY write_own ON public.orders_order",
        "CREATE POLICY write_own ON public.orders_order FOR INSERT WITH CHECK (true)")  # fmt: skip


@in_database
def the_certificate_comes_early() -> None:
    say("DROP POLICY read_done ON public.orders_certificate",
        "CREATE POLICY read_done ON public.orders_certificate FOR SELECT USING (true)")  # fmt: skip
