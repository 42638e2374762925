"""Comparison with a file that is reviewed like code; ``pytest --update-golden`` rewrites it."""

from pathlib import Path


def assert_golden(text: str, golden: Path, *, update: bool) -> None:
    if update:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(text.encode("utf-8"))
    assert text == golden.read_bytes().decode("utf-8"), f"differs from {golden}; if meant: pytest --update-golden"
