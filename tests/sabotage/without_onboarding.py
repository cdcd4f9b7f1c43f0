"""Switches of a kommune's way to an open phone, and of its word on the agreement."""

from typing import Any

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_database import say


@in_code
def the_phone_opens_with_steps_undone() -> None:
    replace("tenants.starting.actions:in_the_way", lambda _found: [])


@in_code
def numbers_go_astray_unseen() -> None:
    replace("regional.lines.queries:astray", lambda *_: [])


@in_code
def emergency_numbers_are_taken() -> None:
    replace("varde.ui.numbers:EMERGENCY", frozenset())


@in_code
def known_steps_may_be_ticked() -> None:
    replace("tenants.starting.actions:_check_word", lambda *_: None)


@in_database
def any_office_says_facts_of_another() -> None:
    say(
        "DROP POLICY write_own ON public.registry_ownfacts",
        "CREATE POLICY write_own ON public.registry_ownfacts FOR INSERT WITH CHECK (true)",
    )


@in_code
def the_word_goes_without_the_letter() -> None:
    """The letter fails and nobody minds."""
    from tenants.starting import agreement_actions

    replace("tenants.starting.agreement_actions:_answered", _without_letter(agreement_actions._answered))


def _without_letter(answered: Any) -> Any:
    def step(*args: Any) -> Any:
        try:
            return answered(*args)
        except RuntimeError:
            return None

    return step


@in_code
def the_region_takes_silence_for_zero() -> None:
    """A kommune that has said nothing looks like one that has begun."""
    replace("regional.onboarding.states:standing", lambda *_: ("På vei", "info"))


@in_code
def an_ordered_kommune_is_open_at_birth() -> None:
    from shared.orders import actions

    wished = actions.wish_of

    def open_at_once(kind: str, facts: Any, office_id: Any = None) -> Any:
        from dataclasses import replace as changed

        wish = wished(kind, facts, office_id)
        return changed(wish, joined=True, facts=dict(wish.facts) | {"has_team": True})

    replace("shared.orders.actions:wish_of", open_at_once)


@in_database
def the_administrator_may_open_a_test() -> None:
    say(
        "DROP POLICY people_update ON inbox_trial",
        "CREATE POLICY people_update ON inbox_trial FOR UPDATE USING (true)",
    )
