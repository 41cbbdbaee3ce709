"""Every component id of the portal, built in one place: page first, part second."""


def shell(part: str) -> str:
    """The id of a part of the frame around every page."""
    return f"shell-{part}"


def timeline(part: str) -> str:
    """The id of a part of the timeline page."""
    return f"timeline-{part}"


def indicators(part: str) -> str:
    """The id of a part of the indicators page."""
    return f"indicators-{part}"
