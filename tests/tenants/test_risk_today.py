"""«I dag»: a risk assessment to be made anew is somebody's to do, also when whoever signed it is here no more."""

from tenants.risk.today import anew
from tests.cast import seen_as
from tests.tenants import way
from tests.tenants.test_risk_way import certify, signed


def texts(name: str) -> int:
    with seen_as(name) as reader:
        return len(list(anew(reader, way.in_hours(24 * 60), 9)))


def test_it_is_the_coordinators_when_the_signer_has_left(gjovik):
    case = way.case(by="tom")
    certify("tom")
    signed(case, by="tom")
    assert (texts("tom"), texts("kari")) == (1, 0)
    tom = way.person("tom")
    tom.is_active = False
    tom.save(update_fields=["is_active"])
    assert texts("kari") == 1
    assert texts("tove") == 0
