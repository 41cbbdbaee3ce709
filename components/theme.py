"""The colours of `assets/view/10-tokens.css`, for figures, which cannot read CSS; a test compares the two.

Colour belongs to actions: each kind has a fill, a variant of it for text, and a shape of its own, so that
nothing hangs on colour alone. Workers' voices are ink (overall) and one blue (everything else).
"""

from collections.abc import Mapping
from types import MappingProxyType

FONT = '"Inter Variable", Inter, system-ui, "Noto Sans Bengali", sans-serif'

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "surface": "#ffffff", "sunken": "#f1f1ed", "overlay": "#ffffff",
        "ink": "#15171c", "ink-2": "#454a54", "ink-3": "#636974", "ink-off": "#9a9fa8",
        "line": "#e6e6e0", "line-2": "#d0d1ca", "accent": "#3b3fa6",
        "good": "#0a6170", "attn": "#9c4300", "none": "#5d636e",
        "voice": "#0072b2", "voice-t": "#00609a", "overall": "#15171c",
        "peers": "#d9dad3", "peers-line": "#8d9199", "mark-line": "#15171c",
        "rush": "#e69f00", "rush-t": "#855a00", "cancel": "#d55e00", "cancel-t": "#a84800",
        "postpone": "#56b4e9", "postpone-t": "#1c6a99", "late": "#cc79a7", "late-t": "#98406f",
        "price": "#e8d519", "price-t": "#6d6200", "change": "#6b7280", "change-t": "#4b5260",
        "steady": "#009e73", "steady-t": "#00694c", "paid": "#0072b2", "paid-t": "#00609a",
    }
)  # fmt: skip

DARK: Mapping[str, str] = MappingProxyType(
    {
        "surface": "#16191f", "sunken": "#1d2128", "overlay": "#1c2027",
        "ink": "#eceef2", "ink-2": "#b9bfca", "ink-3": "#969daa", "ink-off": "#5d6470",
        "line": "#272c35", "line-2": "#3a404b", "accent": "#a8adff",
        "good": "#6fcbd8", "attn": "#ffae73", "none": "#a3aab6",
        "voice": "#4ba6df", "voice-t": "#73bdeb", "overall": "#eceef2",
        "peers": "#2e343e", "peers-line": "#7b8390", "mark-line": "#0f1115",
        "rush": "#e69f00", "rush-t": "#f3b93f", "cancel": "#e8722a", "cancel-t": "#ff9d61",
        "postpone": "#56b4e9", "postpone-t": "#7cc6f0", "late": "#d488b2", "late-t": "#e5a5c7",
        "price": "#f0e442", "price-t": "#f0e442", "change": "#9aa2af", "change-t": "#b9bfca",
        "steady": "#1db388", "steady-t": "#4fd0a8", "paid": "#4ba6df", "paid-t": "#73bdeb",
    }
)  # fmt: skip

SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        "rush": "triangle-right", "cancel": "x", "postpone": "hourglass", "late": "diamond",
        "price": "triangle-down", "change": "square", "steady": "circle", "paid": "cross",
    }
)  # fmt: skip
OTHER_SYMBOL = "star"
SIZES: Mapping[str, float] = MappingProxyType(
    {"x": 13, "diamond": 12.5, "hourglass": 14, "cross": 13.5, "circle": 14, "square": 13, "star": 15}
)


def palette(dark: bool) -> Mapping[str, str]:
    """The colours of one of the two themes, by token name without its prefix."""
    return DARK if dark else LIGHT


def drawn_token(token: str | None) -> str:
    """The token as it is drawn: itself when it is one of ours, "other" for a kind that has none."""
    return token if token is not None and token in SYMBOLS else "other"


def fill(colours: Mapping[str, str], token: str) -> str:
    """The fill of a kind of action; grey for a kind without a token."""
    return colours[token] if token in SYMBOLS else colours["change"]


def text(colours: Mapping[str, str], token: str) -> str:
    """The variant of a kind's colour that text and thin lines may use (at least 4.5:1)."""
    return colours[f"{token}-t"] if token in SYMBOLS else colours["change-t"]


def symbol(token: str) -> str:
    """The Plotly marker symbol of a kind of action; a star for a kind without a token."""
    return SYMBOLS.get(token, OTHER_SYMBOL)


def size(token: str) -> float:
    """The Plotly marker size at which a kind's shape looks as large as the others, about 15 px."""
    return SIZES.get(symbol(token), 15)


def faint(colour: str, alpha: float) -> str:
    """A hex colour with transparency, as Plotly reads it: `rgba(0, 114, 178, 0.15)`."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {alpha:g})"
