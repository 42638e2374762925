"""What opening a year came to, for people: the file first, what was carried and left, the next step last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dxplan.editing.rollover import Due, NewYear, Why
from dxplan.language import Language, Text
from dxplan.views.terminal import Line, visible
from dxplan.views.wording import RESULTS

WHYS: Mapping[Why, Text] = {
    Why.SCHEDULED: Text("予定", "scheduled"),
    Why.CARRIED_OVER: Text("持ち越し", "carried over"),
    Why.DONE: Text("完了", "finished"),
    Why.CANCELLED: Text("中止", "cancelled"),
    Why.UNREPORTED: Text("前年度の報告がなく、予定も終わった", "schedule over, nothing reported"),
    Why.ENDED: Text("取組が終わった", "its initiative has ended"),
}


def lines(new: NewYear, file: str, *, written: bool, language: Language) -> Iterator[Line]:
    """Yield what the new file holds, what was left out of it and why."""
    done = (
        Text(f"{file} を作りました", f"created {file}")
        if written
        else Text(f"{file} を作ります", f"would create {file}")
    )
    yield ((visible(done.to(language)), "bold green"),)
    carried = [due for due in new.actions if due.why is Why.CARRIED_OVER]
    counts = Text(
        f"指標 {len(new.indicators)}、事業 {len(new.actions)}（うち持ち越し {len(carried)}）",
        f"indicators: {len(new.indicators)}, actions: {len(new.actions)} ({len(carried)} carried over)",
    )
    yield ((counts.to(language), ""),)
    if new.before is not None and not new.before.actuals.is_closed:
        year = new.before.year
        still = Text(
            f"{year} はまだ確定していません（未報告 {new.unreported}）",
            f"{year} is not closed yet ({new.unreported} not reported)",
        )
        yield ((still.to(language), "yellow"),)
    yield from _listed(Text("持ち越した事業", "Carried over"), carried, language)
    finished = [due for due in new.left_out if due.why is Why.DONE]
    yield from _listed(
        Text("載せなかった事業", "Left out"), [due for due in new.left_out if due not in finished], language
    )
    if finished:
        ids = ("、" if language == "ja" else ", ").join(due.entry.action.id for due in finished)
        yield ()
        yield ((Text(f"完了した事業（{len(finished)}）", f"Finished ({len(finished)})").to(language), "bold"),)
        yield ((f"  {ids}", ""),)
    if new.idle:
        yield ()
        title = Text(f"{new.year} に予定のない取組", f"Initiatives with nothing due in {new.year}")
        yield ((title.to(language), "bold"),)
        for initiative in new.idle:
            yield ((f"  {initiative.id}  {visible(initiative.title_in(new.year))}", ""),)
    yield ()
    step = Text(
        f"報告を書き入れる: dxplan record ID 値 --year {new.year}（残りは dxplan status --missing）",
        f"Enter reports: dxplan record ID VALUE --year {new.year} (what is left: dxplan status --missing)",
    )
    yield ((step.to(language), ""),)


def _listed(title: Text, dues: Sequence[Due], language: Language) -> Iterator[Line]:
    if not dues:
        return
    yield ()
    yield ((title.to(language), "bold"),)
    for due in dues:
        action = due.entry.action
        why = WHYS[due.why] if due.before is None or due.why is not Why.CARRIED_OVER else RESULTS[due.before]
        said = f"（{why.ja}）" if language == "ja" else f" ({why.en})"
        yield ((f"  {action.id}  {visible(action.title)}{said}", ""),)
