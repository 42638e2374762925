"""docs/cli.md, made from the help of every command: mend that, then ``pytest tests/docs --update-golden``."""

import io
import os
from collections.abc import Iterator
from contextlib import redirect_stdout
from unittest.mock import patch

from dxplan.cli.main import COMMANDS, main
from dxplan.language import Language

_WIDTH = 100

_HEAD = """\
# コマンド

*In English: what `dxplan --help` and `dxplan COMMAND --help` print, exit codes, and environment variables. The English
text is under each command.*

このページは、各コマンドの `--help` からつくっています。

"""

_TAIL = """\
## 終了コード

| コード | 意味 | Meaning |
| --- | --- | --- |
| 0 | 正常 | fine |
| 1 | 計画か実績に誤りがある、取り込めないものがある、確定した年度などで断った | problems found, or a refusal |
| 2 | 使い方の誤り、フォルダーがない、書き込めない | wrong usage, no such folder, nothing can be written |
| 130 | 中断された（Ctrl-C、SIGTERM） | interrupted |

## 環境変数

| 変数 | 意味 | Meaning |
| --- | --- | --- |
| `DXPLAN_DATA` | 計画のフォルダー。`--data` が優先する | the plan's folder, unless `--data` names one |
| `DXPLAN_LANG` | 表示の言語（`ja` か `en`）。`--lang` が優先する | the language, unless `--lang` names one |
| `LC_ALL` `LC_MESSAGES` `LANG` | `en` で始まれば英語、ほかは日本語 | English where it begins with `en` |
| `TYPST_FONT_PATHS` | PDFに使うフォントのフォルダー | folders of fonts for the PDF |
| `NO_COLOR` `FORCE_COLOR` | 色を付けない、端末でなくても付ける | no colour; colour even where there is no terminal |
| `TERM` | `dumb` なら、色も進み具合も示さない | neither colour nor progress where it is `dumb` |
| `COLUMNS` | 端末の幅 | how wide the terminal is |
| `SOURCE_DATE_EPOCH` | 報告書などの作成日（1970年からの秒数）。`--today` が優先する | the day that a report names |
| `GITHUB_ACTIONS` | `true` なら、`validate` の出力を `github` の形にする | `true`: `validate` writes annotations |
"""


def render() -> str:
    """Return the whole document."""
    names = ["", *COMMANDS]
    contents = "".join(f"- [{_title(name)}](#{_title(name).replace(' ', '-')})\n" for name in names)
    rest = "- [終了コード](#終了コード)\n- [環境変数](#環境変数)\n\n"
    return _HEAD + contents + rest + "".join("\n".join(_command(name)) + "\n" for name in names) + _TAIL


def _title(name: str) -> str:
    return f"dxplan {name}".strip()


def _command(name: str) -> Iterator[str]:
    yield f"## {_title(name)}\n"
    yield f"```text\n{help_of(name, 'ja')}```\n"
    yield f"<details><summary>English</summary>\n\n```text\n{help_of(name, 'en')}```\n\n</details>\n"


def help_of(name: str, language: Language) -> str:
    """Return what ``--help`` prints, 100 columns wide."""
    out = io.StringIO()
    with redirect_stdout(out), patch.dict(os.environ, {"COLUMNS": str(_WIDTH)}):
        assert main([*([name] if name else []), "--help", "--lang", language]) == 0
    return out.getvalue()
