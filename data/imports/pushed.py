"""What is different for an import that a program sent: nobody watches it, so it goes on by itself where it may."""

from typing import Any

from data.state.imports import Import, Stage

PUSHED_KINDS = {
    "operator": ("answers", "orders", "buyer_actions"),
    "owner": ("answers", "orders", "buyer_actions"),
    "buyer": ("orders", "buyer_actions"),
}
"""What the programs of an organisation may send, by what the organisation is. NGOs send nothing."""
NOTICED = "The check noticed what may turn into a wrong number. Look at its findings, then load it or cancel it."
MOSTLY_LEFT_OUT = "More rows would be left out than taken. Look at the reasons, then load it or cancel it."


def stage_after_check(job: Import, report: dict[str, Any]) -> tuple[Stage, str]:
    """Where a checked import goes next, and a sentence for people where it waits for them.

    What a person brought always waits. What a program sent goes on, unless the check found something serious, or would
    leave out more rows than it takes. An owner's answers go to the operator, as from the page.
    """
    if job.token_id is None:
        return Stage.CHECKED, ""
    if any(finding.get("serious") for finding in report.get("findings", ())):
        return Stage.CHECKED, NOTICED
    files = report.get("files", ())
    taken = sum(file["accepted"] + file["already_present"] for file in files)
    if sum(file["rejected"] for file in files) > taken:
        return Stage.CHECKED, MOSTLY_LEFT_OUT
    return stage_after_yes(job), ""


def stage_after_yes(job: Import) -> Stage:
    """Where a checked push goes once its organisation wants it loaded: an owner's answers wait for the operator."""
    return Stage.WAITING if (job.organisation_kind, job.kind) == ("owner", "answers") else Stage.LOADING
