"""The people behind the numbers: how many answered in a quarter, and what share of the workforce that is."""

from dash import html

from components import states
from scoring.views import Participation
from scoring.words import about, count, percent, quarter, short_day


def participation_card(participation: Participation | None) -> html.Div:
    """How many people answered; under ten nobody says how many, and nothing tells few from none."""
    if participation is None:
        text = "How many people answer is shown quarter by quarter, from the first release on."
        return states.nothing_yet("Not known yet", text, icon="people")
    facts = [html.Dt("Quarter"), html.Dd(quarter(participation.quarter))]
    if participation.sittings is not None:
        facts += [html.Dt("Times answered"), html.Dd(about(participation.sittings))]
    facts += [html.Dt("Newest answers"), html.Dd(short_day(participation.newest))]
    return html.Div([*said(participation), html.Dl(facts, className="sl-kv")], className="sl-people")


def said(participation: Participation) -> list[html.P | html.Div]:
    """The sentence, and a bar for the share where both numbers are known and agree."""
    people, headcount = participation.people, participation.headcount
    answered = f"answered in {'that' if participation.over else 'this'} quarter"
    if people is None:
        of = f" of {count(headcount)}" if headcount else ""
        return [html.P([html.B(f"Under 10 people{of}"), f" {answered}."])]
    if not headcount or people > headcount:
        return [html.P([html.B(f"About {count(people)} people"), f" {answered}."])]
    share = percent(people, headcount)
    sentence = [
        html.B(f"About {count(people)} of {count(headcount)}"),
        f" people {answered}, {share}.",
    ]
    filled = html.I(style={"width": f"{100 * people / headcount:.1f}%"})
    spoken = {"aria-label": f"{share} of the workforce"}
    bar = html.Div(filled, className="sl-share", role="img", **spoken)
    return [html.P(sentence), bar]
