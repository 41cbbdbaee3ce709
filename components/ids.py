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


def benchmarks(part: str) -> str:
    """The id of a part of the benchmark page."""
    return f"benchmarks-{part}"


def suppliers(part: str) -> str:
    """The id of a part of the suppliers page."""
    return f"suppliers-{part}"


def compare(part: str) -> str:
    """The id of a part of the page that compares suppliers."""
    return f"compare-{part}"


def sharing(part: str) -> str:
    """The id of a part of the pages about consent."""
    return f"sharing-{part}"


def consent(deed: object) -> dict[str, object]:
    """The id of a button about consent: a deed ("share", "stop-B1", "decline-7"), or dash.ALL."""
    return {"type": "sharing-deed", "deed": deed}


def accounts(part: str) -> str:
    """The id of a part of the page of accounts."""
    return f"accounts-{part}"


def account_deed(deed: object) -> dict[str, object]:
    """The id of a button about an account or an invitation: a deed ("disable-7", "revoke-3"), or dash.ALL."""
    return {"type": "accounts-deed", "deed": deed}


def replies(part: str) -> str:
    """The id of a part of what an owner replies."""
    return f"replies-{part}"


def reply(deed: object) -> dict[str, object]:
    """The id of a button about a reply: a deed ("send", "withdraw-7"), or dash.ALL."""
    return {"type": "replies-deed", "deed": deed}


def imports(part: str) -> str:
    """The id of a part of the import pages."""
    return f"imports-{part}"


def import_deed(deed: object) -> dict[str, object]:
    """The id of a button about an import: a deed ("check", "load", "use-june"), or dash.ALL."""
    return {"type": "imports-deed", "deed": deed}


def import_field(deed: object) -> dict[str, object]:
    """The id of a control that says how a file is read: its name ("kind", "column-3"), or dash.ALL."""
    return {"type": "imports-field", "deed": deed}


def factory_lists(part: str) -> str:
    """The id of a part of the page about factory lists."""
    return f"factory-lists-{part}"


def list_deed(deed: object) -> dict[str, object]:
    """The id of a button about a row of a factory list: a deed ("same-7-F1", "new-7", "again-3"), or dash.ALL."""
    return {"type": "factory-lists-deed", "deed": deed}
