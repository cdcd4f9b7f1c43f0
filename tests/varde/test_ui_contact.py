"""The box with the phone, on pages of a kommune with and without one."""

from django.template.loader import render_to_string


def shown(**office: str) -> str:
    return render_to_string("ui/components/contact.html", {"office": {"name": "Løten", **office}})


def test_a_kommune_without_a_phone_shows_the_ordinary_one_and_never_an_empty_link():
    ordinary = shown(ordinary_name="Servicetorget", ordinary_phone="62560000")
    assert "Servicetorget" in ordinary
    assert 'href="tel:+4762560000"' in ordinary or 'href="tel:62560000"' in ordinary
    for found in (ordinary, shown()):
        assert 'href=""' not in found


def test_its_own_phone_comes_first():
    assert "21 00 02 00" in shown(phone="21000200", ordinary_phone="62560000").replace("\xa0", " ")
