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


def remark(deed: object) -> dict[str, object]:
    """The id of a button beside the remarks on an action: a deed ("note", "dispute", "withdraw-7"), or dash.ALL."""
    return {"type": "timeline-remark", "deed": deed}


def footprint(part: str) -> str:
    """The id of a part of the footprint pages."""
    return f"footprint-{part}"
