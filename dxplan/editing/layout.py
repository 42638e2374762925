"""Where everything stands in the text of a YAML file: offsets of keys and values, by route."""

from __future__ import annotations

from typing import NamedTuple

import yaml

from dxplan.diagnostics import Route


class Entry(NamedTuple):
    """One key of a mapping and its value."""

    key: str
    start: int
    """Offset of the key's first character."""
    end: int
    """Offset behind the key's last character, before the colon."""
    value: Part


class Part(NamedTuple):
    """A value in the text; offsets count characters, ``end`` stands behind the last."""

    start: int
    end: int
    is_flow: bool = False
    """Whether a mapping or list is written in brackets."""
    entries: tuple[Entry, ...] | None = None
    """The keys of a mapping; None for anything else."""
    items: tuple[Part, ...] | None = None
    """The items of a list; None for anything else."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written where the value belongs."""
        return self.start == self.end

    @property
    def is_block(self) -> bool:
        """Whether it is a mapping or list over several lines, without brackets."""
        return not self.is_flow and (self.entries is not None or self.items is not None)

    def entry(self, key: str) -> Entry | None:
        """Return the entry of ``key``; None where there is none, or no mapping."""
        return next((entry for entry in self.entries or () if entry.key == key), None)


def layout(text: str) -> Part:
    """Return where everything stands in ``text``, which `source` reads without a fault; raises ValueError if empty."""
    root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if root is None:
        raise ValueError("nothing is written")
    return _part(root)


def at(root: Part, route: Route) -> Part | None:
    """Return the value at ``route``; None where there is none."""
    part: Part | None = root
    for step in route:
        if part is None:
            return None
        if isinstance(step, int):
            part = part.items[step] if part.items is not None and step < len(part.items) else None
        else:
            entry = part.entry(step)
            part = entry.value if entry is not None else None
    return part


def _part(node: yaml.Node) -> Part:
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.MappingNode):
        entries = tuple(
            Entry(str(key.value), key.start_mark.index, key.end_mark.index, _part(value)) for key, value in node.value
        )
        if not node.flow_style and entries:
            end = _end(entries[-1])
        return Part(start, end, bool(node.flow_style), entries)
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_part(item) for item in node.value)
        return Part(start, items[-1].end if items and not node.flow_style else end, bool(node.flow_style), None, items)
    return Part(start, end)


def _end(entry: Entry) -> int:
    return entry.end if entry.value.is_blank else entry.value.end
