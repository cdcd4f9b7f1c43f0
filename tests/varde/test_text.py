"""Names in a row, as people write them."""

import pytest

from varde.text import listed


@pytest.mark.parametrize(("names", "said"), [
    ((), ""),
    (("Kari",), "Kari"),
    (("Kari", "Ola"), "Kari og Ola"),
    (("Kari", "Ola", "Per"), "Kari, Ola og Per"),
])  # fmt: skip
def test_names_are_listed_with_a_word_before_the_last(names, said):
    assert listed(names) == said
    assert listed(names, "eller") == said.replace(" og ", " eller ")
