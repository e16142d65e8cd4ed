"""A result as one HTML file that asks nothing of any host."""

import json
from functools import lru_cache
from html import escape

import pandas as pd

from ite.report.block import EXPLORATORY, ResultBlock
from ite.report.image import chart_spec, chart_svg
from ite.report.text import clean

_ROWS = 2_000
_SNIPPET = "window.vegaEmbed = vegaEmbed;"
# The policy forbids every request: nothing is fetched, no image or font comes from outside. Vega compiles its
# expressions, hence unsafe-eval; all of the code is inside the file.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
_STYLE = """
:root{color-scheme:light;font:16px/1.5 "Source Sans","Source Sans Pro","Segoe UI",Helvetica,Arial,sans-serif}
body{color:#0B0F14;background:#FFFFFF;max-width:64rem;margin:2rem auto;padding:0 1rem}
figure{margin:1rem 0;overflow-x:auto}svg,canvas{max-width:100%;height:auto}
.note,footer{color:#4A525C}.exploratory{border-left:.4rem solid #A23B00;padding:.4rem .8rem;background:#FFF4EC}
.wide{overflow-x:auto}table{border-collapse:collapse}th,td{border:1px solid #C9CFD6;padding:.25rem .6rem}
td.number{text-align:right;font-variant-numeric:tabular-nums}th{text-align:left;background:#F1F3F6}
pre{background:#F1F3F6;padding:.8rem;overflow-x:auto;white-space:pre}summary{font-weight:600;margin:.6rem 0}
footer{border-top:1px solid #C9CFD6;margin-top:2rem;padding-top:.6rem;overflow-wrap:anywhere}
"""


def to_html(block: ResultBlock) -> bytes:
    """Return a self-contained page: title, sentence, figure, method, reading, data, code and provenance (UTF-8).

    The figure stands there as SVG; where scripts run, Vega (inside the file) puts the living one in its place.
    """
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(block.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{_reading(block)}{_figure(block)}"
        f'<p class="note">{_text(block.method)}</p>\n'
        f"<h2>How to read this</h2>\n{''.join(f'<p>{_text(part)}</p>' for part in block.paragraphs)}\n"
        f"<h2>Data behind this result</h2>\n{_table(block.data)}\n"
        f'<h2>Code</h2>\n<pre tabindex="0"><code>{_text(block.code)}</code></pre>\n</main>\n'
        f"<footer>\n<p>{_text(block.provenance.footer)}</p>\n<details><summary>Settings and origin</summary>"
        f'<pre tabindex="0">{_text(block.provenance.to_json())}</pre></details>\n</footer>\n'
        f"{_script(block)}</body>\n</html>\n"
    ).encode()


def _reading(block: ResultBlock) -> str:
    banner = f'<p class="exploratory">{_text(EXPLORATORY)}</p>\n' if block.exploratory else ""
    return f"<h1>{_text(block.title)}</h1>\n{banner}<p>{_text(block.sentence)}</p>\n"


def _figure(block: ResultBlock) -> str:
    if block.chart is None:
        return ""
    label = escape(clean(block.alt), quote=True)
    return f'<figure role="img" aria-label="{label}"><div id="figure">{chart_svg(chart_spec(block))}</div></figure>\n'


def _script(block: ResultBlock) -> str:
    if block.chart is None:
        return ""
    spec = _inside_script(json.dumps(chart_spec(block)))
    call = f'vegaEmbed("#figure", {spec}, {{actions: false, mode: "vega-lite"}});'
    return f"<script>{_bundle()}</script>\n<script>{call}</script>\n"


def _table(frame: pd.DataFrame) -> str:
    """Return the table as HTML; a long one is cut, and says so."""
    head = "".join(f'<th scope="col">{_text(str(name))}</th>' for name in frame.columns)
    rows = "\n".join(
        f"<tr>{''.join(map(_cell, row))}</tr>" for row in frame.head(_ROWS).itertuples(index=False, name=None)
    )
    cut = f"<p>The first {_ROWS:,} of {len(frame):,} rows; the CSV file holds all.</p>" if len(frame) > _ROWS else ""
    table = f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>"
    return f'<div class="wide" tabindex="0" role="region" aria-label="Data">{table}</div>{cut}'


def _cell(value: object) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):  # type: ignore[call-overload]  # any scalar will do
        return '<td aria-label="unknown">–</td>'
    if isinstance(value, bool | str):
        return f"<td>{_text(str(value))}</td>"
    shown = f"{value:.6g}" if isinstance(value, float) else _text(str(value))
    return f'<td class="number">{shown}</td>'


@lru_cache(maxsize=1)
def _bundle() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script; takes two seconds the first time, so it is kept."""
    import vl_convert  # noqa: PLC0415 - loaded when the first page is asked for

    return _inside_script(vl_convert.javascript_bundle(_SNIPPET), code=True)


def _inside_script(text: str, *, code: bool = False) -> str:
    """Return JSON or JavaScript that cannot end its script element.

    In JSON a "<" stands in strings only, so it is written as an escape; in code only what HTML looks for is.
    """
    if code:
        return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _text(text: str) -> str:
    return escape(clean(text), quote=True)
