"""Production measures of the timeline: choosing them gives the address of the same picture with them below."""

from dataclasses import replace
from typing import Any

from dash import Input, Output, State, html
from dash.exceptions import PreventUpdate

from access.policy import current_viewer
from components import addresses, ids
from pages.registry import door, on
from pages.timeline import QUERY, restored
from scoring.query import MOST_MEASURES, measure_keys


@on(
    Output("url", "search", allow_duplicate=True),
    Output(ids.timeline("measures"), "value"),
    Output("notice", "children", allow_duplicate=True),
    Input(ids.timeline("show-measures"), "n_clicks"),
    State(ids.timeline("measures"), "value"),
    State(QUERY, "data"),
    permission="measures.view",
    prevent_initial_call=True,
)
def choose_measures(clicks: Any, keys: Any, saved: Any) -> tuple[Any, ...]:
    """The address of the same timeline with these measures, as far as there are any such; the page follows it."""
    if not clicks:
        raise PreventUpdate
    named = [key for key in keys if isinstance(key, str)] if isinstance(keys, list) else []
    query = replace(restored(saved), measures=measure_keys(",".join(named[: 4 * MOST_MEASURES])))
    kept = door().timeline(current_viewer(), query).query.measures
    note = html.P(f"{MOST_MEASURES} measures fit. The first {MOST_MEASURES} are drawn.", className="sl-note")
    said = note if len(set(named)) > MOST_MEASURES else []
    return addresses.search(replace(query, measures=kept).to_url()), list(kept), said
