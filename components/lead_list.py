"""Zero-tolerance questions: never averaged, shown as a band of counts to those who may follow them up."""

from collections import Counter
from datetime import date

from dash import html

from components.marks import icon
from scoring.views import IndicatorsView, LeadBand
from scoring.words import counted, quarter

SAID = {
    "many": ("attn", "exclamation-triangle-fill", "many signs"),
    "some": ("attn", "exclamation-triangle", "some signs"),
    "none_seen": ("none", "dash", "none seen"),
}
APART = "These questions stay out of every score. Each is followed up by itself."
BANDS = "Some: up to one answer in five. Many: more."
OWNERS_ONLY = "What was answered is told to the factory alone."


def lead_list(view: IndicatorsView) -> html.Div | None:
    """Each question with its newest band; without leave to read them only what they are. None without any."""
    if not view.leads_named:
        return None
    if view.leads is None:
        number = counted(len(view.leads_named), "zero-tolerance question is", "zero-tolerance questions are")
        return html.Div(html.P(f"{number} asked. {APART} {OWNERS_ONLY}", className="sl-small"))
    usual = usual_quarter(view.leads)
    when = f" {BANDS} {quarter(usual)}." if usual else ""
    rows = [lead_row(one, one.quarter == usual) for one in view.leads]
    return html.Div([html.P(f"{APART}{when}", className="sl-small"), html.Dl(rows, className="sl-leads")])


def usual_quarter(leads: tuple[LeadBand, ...]) -> date | None:
    """The quarter of most bands, which is said once for all."""
    quarters = Counter(one.quarter for one in leads if one.quarter is not None)
    return quarters.most_common(1)[0][0] if quarters else None


def lead_row(one: LeadBand, usual: bool) -> html.Div:
    """One question and what may be said of it."""
    if one.band not in SAID:
        return html.Div([html.Dt(one.text), html.Dd(html.Span("nothing to show", className="sl-chip"))])
    kind, mark, text = SAID[one.band]
    when = "" if usual or one.quarter is None else f", {quarter(one.quarter)}"
    chip = html.Span([icon(mark), f"{text}{when}"], className=f"sl-chip {kind}")
    return html.Div([html.Dt(one.text), html.Dd(chip)])
