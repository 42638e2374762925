"""A feature of YAML that plans do not use."""

from __future__ import annotations

from dxplan.faults import YAML_FEATURE as RULE
from dxplan.language import Text
from dxplan.page import Page

__all__ = ["PAGE", "RULE"]

PAGE = Page(
    what=Text(
        "YAMLの高度な書き方（アンカー &、別名 *、マージ <<、タグ !、「%」の指示行、2つ目の文書）が使われています。",
        "Anchors (&), aliases (*), merge keys (<<), tags (!), directives (%) or a second document are used.",
    ),
    why=Text(
        "書かれた場所と読まれる場所が離れ、値がどこから来たのか示せなくなります。"
        "小さなファイルで読み手を止める攻撃にも使われます。",
        "They part the place where a value is written from where "
        "it is read, and small files use them to stall readers.",
    ),
    bad="""\
# plan.yaml
indicators:
  - id: online
    name: オンライン申請の割合
    direction: increase
    targets: &targets {R7: 48}
""",
    good="""\
# plan.yaml
indicators:
  - id: online
    name: オンライン申請の割合
    direction: increase
    targets: {R7: 48}
""",
    fix=Text(
        "同じ内容をその場所に書き、記号を消します。記号で始まる文字は引用符で囲みます。",
        "Write the content where it belongs and remove the sign; quote text that begins with one of these signs.",
    ),
)
