"""Whether a letter may go by e-mail, and to which address."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from complaintkit.output.mail import mailbox

if TYPE_CHECKING:
    from complaintkit.assessment import RouteFinding
    from complaintkit.facts import Case
    from complaintkit.lawfile import Authority

REASONS = {
    "no": "a PDF sent by ordinary e-mail does not count as filing there",
    "unclear": "it could not be confirmed that a PDF sent by e-mail counts as filing there",
}


class Recipient(NamedTuple):
    """An e-mail address, or the reason why there is none."""

    address: str
    reason: str = ""


def recipient(case: Case, found: RouteFinding) -> Recipient:
    """Return where a letter goes by e-mail: only where the recipient is known to take it."""
    if found.authority:
        return _authority(found.authority)
    if found.route.to != "controller":
        return Recipient("", "it goes to a court, which takes no letters by e-mail")
    if not case.controller.email:
        return Recipient("", "the case has no e-mail address of the company")
    address = mailbox(case.controller.email)
    return Recipient(address, "" if address else "'controller.email' is no e-mail address")


def _authority(authority: Authority) -> Recipient:
    if authority.own_form == "required":
        return Recipient("", "the authority accepts only its own form")
    if authority.email_filing != "yes":
        return Recipient("", REASONS[authority.email_filing])
    address = mailbox(authority.email)
    return Recipient(address, "" if address else "no e-mail address of the authority is known")
