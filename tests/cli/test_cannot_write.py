"""Why a file could not be written: in the reader's language, never in the system's."""

import errno
import os

import pytest

from dxplan.cli.changing import cannot_write

COMMON = (
    *("EACCES", "EPERM", "ENOSPC", "EROFS", "EDQUOT", "EIO", "EXDEV", "ENAMETOOLONG", "ELOOP", "EMFILE", "ENFILE"),
    *("EFBIG", "ENOENT", "ENOTDIR", "EISDIR", "EINVAL", "EBUSY"),
)


@pytest.mark.parametrize("name", COMMON)
def test_what_is_common_is_said_in_words(name: str) -> None:
    number = getattr(errno, name)
    message = cannot_write(OSError(number, os.strerror(number)), "actuals/R8.yaml").message
    assert message.ja.startswith("actuals/R8.yaml を")
    assert message.ja.removeprefix("actuals/R8.yaml").isascii() is False
    for text in (message.ja, message.en):
        assert name not in text
    assert os.strerror(number) not in message.ja


def test_anything_else_is_named_by_its_code() -> None:
    message = cannot_write(OSError(errno.ENOTTY, os.strerror(errno.ENOTTY)), "x").message
    assert (message.ja, message.en) == ("x を書けません（ENOTTY）", "x cannot be written (ENOTTY)")
    assert cannot_write(OSError("odd"), "x").message.ja == "x を書けません（OSError）"
