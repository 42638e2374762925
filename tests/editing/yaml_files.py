"""YAML files as officials write them, drawn at random: comments everywhere, blank values, every style of text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple, TypeVar

T = TypeVar("T")
BYTE_ORDER_MARK = "\ufeff"
_COMMENT = re.compile("# メモ[0-9]+:")

PLAIN = ["54", "-3", "0.50", "50.0", "pending", "done", "2026-04", "2026-03-31", "集計中", "区民 5 人", "true", "R7-R9"]
QUOTED = ['"54"', "'いわゆる\"DX\"'", '"注: 速報"', '"# 見出し"', "'a, b}'", '"a\\n b"', '"yes"', "''"]
KEYS = [
    "state",
    "note",
    "1-1",
    "18",
    "a",
    "value",
    "指標",
    '"010"',
    "'注: 1'",
    '"no"',
    "窓口の 数",
    "reason",
    "of",
    "z-9",
]


class Written(NamedTuple):
    """A file and the comments it holds, in their order."""

    text: str
    comments: tuple[str, ...]

    @property
    def content(self) -> bytes:
        return self.text.encode("utf-8")


class _Pen:
    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.step = self.any_of([2, 2, 4])
        self.numbers = itertools.count(1)

    def one_in(self, number: int) -> bool:
        return self.chance.randrange(number) == 0

    def any_of(self, choices: Sequence[T]) -> T:
        return self.chance.choice(choices)

    def comment(self) -> str:
        """Return a comment that no other is like."""
        return f"# メモ{next(self.numbers)}: {self.any_of(['済', 'key: 1', '- x', '{', '「#', 'ー'])}"

    def tail(self) -> str:
        """Return what may follow on a line."""
        return self.any_of(["", "", " ", f" {self.comment()}", f"   {self.comment()}"])

    def between(self, indent: int) -> Iterator[str]:
        while self.one_in(4):
            blank, deep = self.any_of(["", "  "]), " " * self.any_of([0, indent, indent + self.step])
            yield self.any_of([blank, deep + self.comment()])

    def keys(self, most: int) -> list[str]:
        return self.chance.sample(KEYS, self.chance.randint(1, most))

    def scalar(self) -> str:
        return self.any_of([*PLAIN, *QUOTED])

    def flow(self, depth: int = 0) -> str:
        kind = self.chance.randint(0, 5) if depth < 2 else 0
        if kind == 4:
            items = [self.flow(depth + 1) for _ in range(self.chance.randint(0, 3))]
            return f"[{', '.join(items)}]"
        if kind == 5:
            pairs = [self.pair(key, depth) for key in self.keys(3)] if not self.one_in(6) else []
            inside = self.any_of([", ", ","]).join(pairs)
            return self.any_of([f"{{{inside}}}", f"{{ {inside} }}"])
        return self.scalar()

    def pair(self, key: str, depth: int) -> str:
        return self.any_of([f"{key}: {self.flow(depth + 1)}", f"{key}: {self.flow(depth + 1)}", f"{key}: ", key])

    def flow_over_lines(self, indent: int) -> Iterator[str]:
        """Yield a mapping in brackets over several lines, with comments inside; the first line follows a key."""
        pad = " " * (indent + self.step)
        yield "{" + self.any_of(["", f" {self.comment()}"])
        keys = self.keys(3)
        for n, key in enumerate(keys):
            comma = "," if n + 1 < len(keys) or self.one_in(2) else ""
            yield f"{pad}{key}: {self.scalar()}{comma}{self.any_of(['', f' {self.comment()}'])}"
        yield self.any_of([pad, " " * (indent + 1)]) + "}" + self.tail()

    def mapping(self, indent: int, depth: int) -> Iterator[str]:
        pad = " " * indent
        for key in self.keys(4):
            yield from self.between(indent)
            head = f"{pad}{key}{self.any_of([':', ':', ':', ' :'])}"
            yield from self.entry(head, indent, depth)

    def entry(self, head: str, indent: int, depth: int) -> Iterator[str]:
        deeper = " " * (indent + self.step)
        kind = self.chance.randint(0, 9 if depth < 2 else 5)
        if kind == 0:
            yield f"{head}{self.tail()}"
        elif kind in (1, 2):
            yield f"{head} {self.scalar()}{self.tail()}"
        elif kind == 3:
            yield f"{head} {self.flow()}{self.tail()}"
        elif kind == 4:
            yield f"{head} {self.any_of(['|', '>', '|-', '>-', '|+'])}{self.any_of(['', f' {self.comment()}'])}"
            yield f"{deeper}本文 # 1行目"
            if self.one_in(2):
                yield ""
                yield f"{deeper}- 2行目: x"
        elif kind == 5:
            first, *rest = self.flow_over_lines(indent)
            yield f"{head} {first}"
            yield from rest
        elif kind == 6:
            yield f"{head}{self.tail()}"
            yield from self.between(indent + self.step)
            yield f"{deeper}{self.scalar()}{self.tail()}"
        elif kind == 7:
            yield f"{head}{self.tail()}"
            yield from self.items(indent + self.any_of([0, self.step]), depth)
        else:
            yield f"{head}{self.tail()}"
            yield from self.mapping(indent + self.step, depth + 1)

    def items(self, indent: int, depth: int) -> Iterator[str]:
        for _ in range(self.chance.randint(1, 3)):
            yield from self.between(indent)
            if self.one_in(3):
                lines = list(self.mapping(indent + 2, depth + 1))
                while not lines[0].strip() or lines[0].lstrip().startswith("#"):
                    del lines[0]
                yield f"{' ' * indent}- {lines[0].lstrip()}"
                yield from lines[1:]
            else:
                yield f"{' ' * indent}- {self.flow()}{self.tail()}"


def yaml_file(chance: Random) -> Written:
    """Draw a file; some are no sound YAML."""
    pen = _Pen(chance)
    lines = [*pen.between(0), *pen.mapping(0, 0), *pen.between(0)]
    if pen.one_in(8):
        lines.insert(0, "---")
    newline = pen.any_of(["\n", "\n", "\r\n"])
    text = newline.join(lines) + pen.any_of([newline, ""])
    return Written(f"{pen.any_of(['', '', BYTE_ORDER_MARK])}{text}", tuple(_COMMENT.findall(text)))
