"""What became of everything that came back, for a terminal: file by file, what stands in the way first."""

from __future__ import annotations

from collections.abc import Iterator

from dxplan.editing.answers import Aspect, Said
from dxplan.editing.merging import Accepted, Conflict, FileOutcome, Kept, Outcome, Refused, Unchanged, Wrong
from dxplan.language import Language, Text, same
from dxplan.model.values import Result
from dxplan.progress.achievement import STATE_REASONS, Verdict
from dxplan.views.terminal import Line, on_one_line, visible
from dxplan.views.wording import REASONS, RESULTS, VERDICTS

_NOTHING = Text("なし", "nothing")
_UNREPORTED = Text("未報告", "unreported")
_ASPECTS = {
    Aspect.FIGURE: Text("実績値", "value"),
    Aspect.JUDGEMENT: Text("判定・評価", "judgement"),
    Aspect.NOTE: Text("注記", "note"),
    Aspect.RESULT: Text("結果", "result"),
    Aspect.QUANTITY: Text("数量", "quantity"),
    Aspect.SETTLED: Text("決算額", "settled amount"),
}


def lines(outcome: Outcome, language: Language) -> Iterator[Line]:
    """Yield what became of each file."""
    for n, file in enumerate(outcome.files):
        if n:
            yield ()
        yield from _file(file, language)


def refused(file: str, why: Refused, language: Language) -> Iterator[Line]:
    """Yield why a file is not read at all."""
    yield (
        (f"{visible(file)}: ", "bold"),
        (Text("取り込めません: ", "refused: ").to(language), "bold red"),
        (visible(why.message.to(language)), ""),
    )
    yield _hint(why.hint, language)


def _file(file: FileOutcome, language: Language) -> Iterator[Line]:
    if file.refused is not None:
        yield from refused(file.file, file.refused, language)
        return
    yield ((f"{visible(file.file)}: ", "bold"), (_counts(file, language), ""))
    for decision in file.decisions:
        if isinstance(decision, Wrong):
            yield from _wrong(decision, language)
    for decision in file.decisions:
        if isinstance(decision, Conflict):
            yield from _conflict(decision, language)
    for decision in file.decisions:
        if isinstance(decision, Accepted | Kept):
            yield from _accepted(decision, language)
    if file.left_out:
        names = "、".join(map(visible, file.left_out))
        said = Text(f"行がありません（前のまま）: {names}", f"rows that are gone (nothing changes): {names}")
        yield ((f"  {said.to(language)}", "yellow"),)


def _counts(file: FileOutcome, language: Language) -> str:
    kinds = (
        (Wrong, Text("誤り", "wrong")),
        (Conflict, Text("食い違い", "in conflict")),
        (Accepted, Text("受け入れ", "accepted")),
        (Kept, Text("YAMLのまま", "kept as in the YAML")),
        (Unchanged, Text("変更なし", "unchanged")),
    )
    counts = ((sum(isinstance(each, kind) for each in file.decisions), words.to(language)) for kind, words in kinds)
    said = [f"{words} {count}" if language == "ja" else f"{count} {words}" for count, words in counts if count]
    return ("、" if language == "ja" else ", ").join(said) or Text("何もありません", "nothing").to(language)


def _wrong(wrong: Wrong, language: Language) -> Iterator[Line]:
    label = Text("誤り", "wrong").to(language)
    yield (
        (f"  {visible(wrong.at.shown)} ", ""),
        (label, "bold red"),
        (f" {_named(wrong.name)}{visible(wrong.message.to(language))}", ""),
    )
    if wrong.hint is not None:
        yield _hint(wrong.hint, language)


def _conflict(conflict: Conflict, language: Language) -> Iterator[Line]:
    reply = conflict.reply
    yield (
        (f"  {visible(reply.at.shown)} ", ""),
        (Text("食い違い", "conflict").to(language), "bold yellow"),
        (f" {_named(reply.name)}{_ASPECTS[reply.aspect].to(language)}", ""),
    )
    sides = [(Text("つくったとき", "when it went out"), reply.sent), (Text("返ってきた値", "came back"), reply.said)]
    if conflict.other is not None:
        sides.append((same(visible(conflict.other.at.shown)), conflict.other.said))
    else:
        sides.append((Text("いまのYAML", "in the YAML by now"), conflict.now))
    for words, said in sides:
        yield ((f"      {words.to(language)}: {said_text(reply.aspect, said, language)}", ""),)
    if conflict.other is not None:
        yield _hint(Text("正しいほうのファイルだけを取り込む", "import only the right one"), language)
    else:
        yield _hint(
            Text(
                "返ってきた値にするなら --prefer file、YAMLのままにするなら --prefer yaml を付ける",
                "add --prefer file for what came back, --prefer yaml for what is there",
            ),
            language,
        )


def _accepted(decision: Accepted | Kept, language: Language) -> Iterator[Line]:
    reply = decision.reply
    before, after = (said_text(reply.aspect, said, language) for said in (decision.now, reply.said))
    label = (
        Text("受け入れ", "accepted") if isinstance(decision, Accepted) else Text("YAMLのまま", "kept as in the YAML")
    )
    change = f"{before} → {after}" if isinstance(decision, Accepted) else f"{before} ({after})"
    yield (
        (f"  {visible(reply.at.shown)} ", ""),
        (label.to(language), "green"),
        (f" {_named(reply.name)}{_ASPECTS[reply.aspect].to(language)} {change}", ""),
    )
    if reply.remark is not None:
        yield ((f"      {Text('注意', 'note').to(language)}: {reply.remark.to(language)}", "yellow"),)


def _hint(hint: Text, language: Language) -> Line:
    return ((f"      {Text('直し方', 'help').to(language)}: {visible(hint.to(language))}", "dim"),)


def _named(name: str) -> str:
    return f"{on_one_line(name)}: " if name else ""


def said_text(aspect: Aspect, said: Said, language: Language) -> str:
    """Return one piece of an answer in words: ``92（速報、2026-03-31）``, ``集計中``, ``継続中``."""
    if not said:
        return (_UNREPORTED if aspect in (Aspect.FIGURE, Aspect.RESULT) else _NOTHING).to(language)
    match aspect:
        case Aspect.FIGURE:
            return _figure(said, language)
        case Aspect.RESULT:
            return RESULTS[Result(said["result"])].to(language)
        case Aspect.QUANTITY | Aspect.SETTLED:
            return visible(f"{said['value']}{said['unit']}")
        case Aspect.JUDGEMENT:
            return _judgement(said, language)
        case Aspect.NOTE:
            return "「" + visible(" / ".join(said["note"].split("\n"))) + "」"


def _figure(said: Said, language: Language) -> str:
    main = visible(said.get("value") or said.get("of") or said.get("text") or "")
    if "state" in said:
        main = REASONS[STATE_REASONS[said["state"]]].to(language)
    marks = [Text("速報", "preliminary").to(language)] if "preliminary" in said else []
    marks += [visible(said["as_of"])] if "as_of" in said else []
    if not marks:
        return main
    return f"{main}（{'、'.join(marks)}）" if language == "ja" else f"{main} ({', '.join(marks)})"


def _judgement(said: Said, language: Language) -> str:
    words = []
    if "met" in said:
        words.append(VERDICTS[Verdict.MET if said["met"] == "true" else Verdict.NOT_MET].to(language))
    words += [visible(said[key]) for key in ("grade", "reason") if key in said]
    return "・".join(words)
