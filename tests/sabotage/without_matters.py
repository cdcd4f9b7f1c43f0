"""Switches of system matters: the screening, the second pair of eyes, and what is sent."""

from contextlib import nullcontext
from dataclasses import replace as changed
from typing import Any

from tests.sabotage.switches import in_code, in_database, replace
from tests.sabotage.without_database import say


@in_code
def nothing_is_screened() -> None:
    replace("shared.codes.screening_rules:_RULES", ())


@in_code
def a_text_is_read_as_it_was_typed() -> None:
    from shared.codes.screening_fold import Folded

    replace("shared.codes.screening_rules:folded", lambda text: Folded(text, tuple(range(len(text) + 1))))


@in_code
def what_is_over_keeps_its_text() -> None:
    replace("regional.matters.states:WITH_TEXT", frozenset({"new", "open", "agenda", "decided"}))


@in_code
def withdrawn_matters_keep_their_text() -> None:
    replace("regional.matters.queries:emptied", lambda row: None)


@in_code
def a_text_stays_until_the_letter_goes() -> None:
    replace("regional.matters.actions:suppress", lambda *errors: nullcontext())


@in_code
def a_word_is_approved_unseen() -> None:
    from shared.codes.screening import Look

    replace("tenants.raising.words_actions:looked_again", lambda word, by: Look({}))


@in_code
def what_is_found_is_cut_silently() -> None:
    from shared.codes import screening

    def cut(raised: Any, found: screening.Look, by: Any) -> None:
        for name, label in (("title", "Tittel"), ("what", "Hva det gjelder"), ("tried", "Hva dere har prøvd")):
            setattr(raised, name, "".join(piece.text for piece in found.pieces(label) if piece.kind is None))
        posted(raised, found, by)

    posted = replace("tenants.raising.sending:post_matter", cut)


@in_code
def the_action_trusts_the_page() -> None:
    replace("tenants.raising.sending:check_screened", lambda *_: None)


@in_code
def the_answer_is_kept_and_not_sent() -> None:
    replace("regional.matters.sending:send", lambda letter, **given: given["id"])


@in_code
def nobody_approves() -> None:
    replace("tenants.raising.queries:must_be_approved", lambda by: False)


@in_code
def the_register_is_asked_past_the_reader() -> None:
    from shared.codes.screening import Words

    def every_word(texts: Any, by: Any) -> Words:
        return changed(known(texts, by), register={word.casefold() for text in texts for word in text.split()})

    known = replace("tenants.raising.register:words_for", every_word)


@in_database
def new_matters_are_for_all_leaders() -> None:
    say("ALTER POLICY people_select ON matters_matter USING (true)", schema="region_gjovikregionen")
