"""What people print, proposed as it is written in the files: only where nothing else can be meant."""

import pytest

from dxplan.model.printed import as_counts, as_number, as_quantity, as_target
from dxplan.model.target import Target
from dxplan.source import Document
from dxplan.source import read as read_source


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("90%以上", "{min: 90, words: 90%以上}"),
        ("90%超", "{over: 90, words: 90%超}"),
        ("90%を超える", "{over: 90, words: 90%を超える}"),
        ("20件未満", "{under: 20, words: 20件未満}"),
        ("60分以内", "{max: 60, words: 60分以内}"),
        ("60分以下", "{max: 60, words: 60分以下}"),
        ("90分程度", "{value: 90, words: 90分程度}"),
        ("約50人", "{value: 50, words: 約50人}"),
        ("９０．５％以上", "{min: 90.5, words: ９０．５％以上}"),
        ("▲3%以上", "{min: -3, words: ▲3%以上}"),
        ("累計1,000人以上", '{min: 1000, words: "累計1,000人以上"}'),
        (">=90", '{min: 90, words: ">=90"}'),
        (">90", '{over: 90, words: ">90"}'),
        ("≦60分", "{max: 60, words: ≦60分}"),
        ("40%以上60%未満", "{min: 40, under: 60, words: 40%以上60%未満}"),
        ("40～60%", "{min: 40, max: 60, words: 40～60%}"),
        ('90"以上', '{min: 90, words: 90"以上}'),
        ('"90"以上', '{min: 90, words: "\\"90\\"以上"}'),
        ("60-40", None),
        ("2026-10", None),
        ("90%", None),
        ("前年度以上", None),
        ("検討", None),
        ("12.5.1以上", None),
    ],
)
def test_targets(text: str, written: str | None) -> None:
    assert as_target(text) == written
    if written:
        document = read_source("plan.yaml", f"a: {written}\n".encode())
        assert isinstance(document, Document)
        target = Target.model_validate(document.value["a"])
        assert target.words == text


@pytest.mark.parametrize(("text", "digits"), [("５４％", "54"), ("1,000", "1000"), ("−3", "-3"), ("多数", None)])
def test_numbers(text: str, digits: str | None) -> None:
    assert as_number(text) == digits


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("54/100", "[54, 100]"),
        ("54人／100人", "[54, 100]"),
        ("100人中54人", "[54, 100]"),
        ("54", None),
        ("1/2/3", None),
    ],
)
def test_counts(text: str, written: str | None) -> None:
    assert as_counts(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [("12,000千円", "{value: 12000, unit: 千円}"), ("95 データ", "{value: 95, unit: データ}"), ("5", None)],
)
def test_quantities(text: str, written: str | None) -> None:
    assert as_quantity(text) == written
