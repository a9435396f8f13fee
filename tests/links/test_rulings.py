from __future__ import annotations

from affidavit.links.rulings import STATUS_RULES, TROUBLE_RULES, Outcome, ruling_of_status
from affidavit.links.seen import Trouble
from affidavit.model.codes import Code


def test_every_row_of_the_status_table_can_be_reached() -> None:
    reached = {ruling_of_status(status) for status in range(1000)}
    assert reached == {rule.ruling for rule in STATUS_RULES}


def test_no_kind_of_trouble_is_left_out_or_holds() -> None:
    assert set(TROUBLE_RULES) == set(Trouble)
    assert Outcome.HOLDS not in {each.outcome for each in TROUBLE_RULES.values()}


def test_every_reason_is_a_clause() -> None:
    reasons = [each.reason for each in TROUBLE_RULES.values()] + [rule.ruling.reason for rule in STATUS_RULES]
    assert all(each[0].islower() and not each.endswith(".") for each in reasons)
    assert len(set(reasons)) == len(reasons)


def test_refused_addresses_and_limited_rates_have_codes_of_their_own() -> None:
    codes = {kind: rule.unable for kind, rule in TROUBLE_RULES.items() if rule.unable is not Code.LINK_UNABLE}
    assert codes == {Trouble.ADDRESS_REFUSED: Code.ADDRESS_REFUSED, Trouble.RATE_LIMITED: Code.RATE_LIMITED}
    limited = {rule.first for rule in STATUS_RULES if rule.ruling.unable is not Code.LINK_UNABLE}
    assert limited == {429}
    assert ruling_of_status(429).unable is Code.RATE_LIMITED
