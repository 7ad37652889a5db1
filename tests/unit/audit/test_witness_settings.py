"""How an operator names the witnesses that are asked, and what is said of a wrong setting."""

from __future__ import annotations

import pytest

from app.config import BadSetting, from_environment
from crypto import checkpoint

GOOD = checkpoint.vkey("wanda.example", bytes(range(32)), checkpoint.COSIGNATURE)
LOGS = checkpoint.vkey("alongside", bytes(range(32)))


def test_witnesses_are_set_by_key_and_address() -> None:
    other = checkpoint.vkey("wilma.example", bytes(range(32)), checkpoint.COSIGNATURE)
    for between in ("\n", ",", ", ", "\n\n"):
        text = f"{GOOD} https://wanda.example/w{between}{other}  http://127.0.0.1:7380 "
        found = from_environment({"ALONGSIDE_WITNESSES": text}).witnesses
        assert [(one.name, one.url) for one in found] == [
            ("wanda.example", "https://wanda.example/w"), ("wilma.example", "http://127.0.0.1:7380")
        ]  # fmt: skip
    assert from_environment({}).witnesses == ()


@pytest.mark.parametrize("text", [
    GOOD, "https://wanda.example", f"{GOOD} wanda.example", f"{GOOD} ftp://wanda.example", f"{GOOD} https://", f"{GOOD} https://a b",
    f"{GOOD} https://u:p@wanda.example", f"{GOOD} https://wanda.example?x", f"{GOOD} https://wanda.example:99999",
    f"{LOGS} https://wanda.example", f"{GOOD[:-4]} https://wanda.example",
])  # fmt: skip
def test_a_wrong_setting_says_what_to_set(text: str) -> None:
    with pytest.raises(BadSetting, match="a witness's key, a space and its address"):
        from_environment({"ALONGSIDE_WITNESSES": text})


def test_a_witness_named_twice_is_refused() -> None:
    with pytest.raises(BadSetting, match="twice"):
        from_environment({"ALONGSIDE_WITNESSES": f"{GOOD} https://a.example,{GOOD} https://b.example"})
