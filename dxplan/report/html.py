"""A page as one HTML file: no script, no request, text escaped; readable at 320 px, in the dark, aloud and on A4."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from dxplan.report.charts import drawing
from dxplan.report.document import Download, Page
from dxplan.report.templating import environment
from dxplan.report.theme import Theme, broken_template

_STYLE = Path(__file__).parent / "templates" / "report.css"


def document(page: Page, theme: Theme) -> str:
    """Return the whole file; raises DxplanError where the municipality's own template cannot be used."""
    jinja = environment()
    jinja.filters.update(data_url=_data_url, csp_hash=_csp_hash)
    style = Markup(_style() + (theme.style or ""))  # noqa: S704 - `Theme` has no closing tag in it
    own = theme.page
    if own is None:
        return jinja.get_template("dxplan/report.html").render(page=page, style=style, drawing=drawing)
    try:
        return jinja.from_string(own.text).render(page=page, style=style, drawing=drawing)
    except Exception as error:  # whatever a municipality's template does wrong is its own fault
        raise broken_template(own, error) from error


@cache
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")


def _csp_hash(style: str) -> str:
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"


def _data_url(download: Download) -> str:
    return f"data:{download.media_type};base64,{b64encode(download.content.encode()).decode()}"
