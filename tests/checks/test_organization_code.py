import pytest

from dxplan.checks.organization_code import check_digit


@pytest.mark.parametrize("code", ["131083", "131041", "011002", "131016", "472018"])
def test_check_digits_of_real_municipalities(code: str) -> None:
    """江東区, 新宿区 (where the remainder is 0 or 1), 札幌市, 千代田区, 那覇市."""
    assert check_digit(code[:5]) == code[5]
