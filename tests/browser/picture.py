"""The timeline's picture as the browser has it: where a mark is, what is drawn, in which colours."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

# The middle of a mark on the screen, from the axes that plotly.js itself drew with.
MARK = """action => {
  const chart = document.querySelector("#timeline-graph .js-plotly-plot");
  const { xaxis, yaxis } = chart._fullLayout;
  const box = chart.getBoundingClientRect();
  for (const trace of chart.data) {
    const at = (trace.customdata || []).findIndex(entry => Array.isArray(entry) && entry[0] === action);
    if (at >= 0) {
      const across = xaxis._offset + xaxis.d2p(trace.x[at]), down = yaxis._offset + yaxis.d2p(trace.y[at]);
      return { x: box.left + across, y: box.top + down };
    }
  }
  return null;
}"""
LAYOUT = """() => {
  const chart = document.querySelector("#timeline-graph .js-plotly-plot");
  if (!chart || !chart.layout) { return null; }
  const { layout } = chart;
  return { font: layout.font, shapes: layout.shapes, texts: layout.annotations.map(one => one.text),
           axes: Object.keys(layout).filter(name => /^yaxis[2-9]$/.test(name)), range: layout.yaxis2.range,
           days: layout.xaxis.range, height: layout.height };
}"""
SIZE = "() => document.querySelector('#timeline-graph .main-svg').getBoundingClientRect().width"


def click_mark(page: Page, action: str) -> None:
    """Clicks the mark of an action with the mouse, where it stands on the screen."""
    page.locator("#timeline-graph").scroll_into_view_if_needed()
    place = page.evaluate(MARK, action)
    assert place, f"no mark of {action} is drawn"
    page.mouse.move(place["x"] - 3, place["y"])
    page.mouse.click(place["x"], place["y"])


def layout(page: Page, until: Callable[[dict[str, Any]], bool] = bool) -> dict[str, Any]:
    """What of the drawn picture the tests look at (font, shapes, texts, rows, ranges, height), once it is so."""
    drawn: dict[str, Any] | None = None
    for _ in range(100):
        drawn = page.evaluate(LAYOUT)
        if drawn and until(drawn):
            return drawn
        page.wait_for_timeout(50)
    raise AssertionError(f"the picture did not become what was waited for: {drawn}")


def shadings(drawn: dict[str, Any]) -> int:
    """How many stretches are shaded in the colour of an action."""
    return sum(1 for shape in drawn["shapes"] if str(shape.get("fillcolor", "")).startswith("rgba"))


def shaded(page: Page) -> dict[str, Any]:
    """The picture once the stretch before the selected action and the one after it are shaded."""
    return layout(page, lambda drawn: shadings(drawn) == 2)


def width(page: Page) -> float:
    """How wide the picture is drawn, in pixels."""
    return float(page.evaluate(SIZE))
