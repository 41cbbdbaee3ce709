"""Whether a page is dark or light, narrow or wide: the two facts about the screen that a figure must know."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """How the reader sees the page. Narrow is under 640 px."""

    dark: bool = False
    narrow: bool = False

    @classmethod
    def from_text(cls, text: object) -> "Look":
        """The look that a cookie or store names ("dark-narrow"); light and wide when it names none."""
        known = {"light-wide", "light-narrow", "dark-wide", "dark-narrow"}
        if not isinstance(text, str) or text not in known:
            return cls()
        theme, width = text.split("-")
        return cls(dark=theme == "dark", narrow=width == "narrow")

    def to_text(self) -> str:
        """The same look as a cookie or store names it."""
        return f"{'dark' if self.dark else 'light'}-{'narrow' if self.narrow else 'wide'}"
