"""What people do in a collection, one function for each act, one transaction each.

``proposals``: steps 1 and 2. ``requests``: the plan of step 3. ``values``: typing,
evidence, pasting, sending. ``verification``: verdicts and exemptions. ``targets``:
taking one back.
"""

from .components import save_components
from .proposals import choose_team, evaluate, form_team, save_proposal
from .requests import (
    add_unit,
    ask_again,
    close_request,
    close_requests,
    note_late,
    plan_request,
    remove_unit,
    send_requests,
    waive_request,
)
from .targets import withdraw_target
from .values import (
    Current,
    NotReady,
    Pasted,
    add_evidence,
    apply_paste,
    paste,
    remove_evidence,
    save_note,
    save_value,
    submit_values,
    withdraw_value,
)
from .verification import (
    accept_all_fit,
    accept_value,
    grant_exception,
    name_other_verifier,
    return_value,
)

__all__ = [
    "Current",
    "NotReady",
    "Pasted",
    "accept_all_fit",
    "accept_value",
    "add_evidence",
    "add_unit",
    "apply_paste",
    "ask_again",
    "choose_team",
    "close_request",
    "close_requests",
    "evaluate",
    "form_team",
    "grant_exception",
    "name_other_verifier",
    "note_late",
    "paste",
    "plan_request",
    "remove_evidence",
    "remove_unit",
    "return_value",
    "save_components",
    "save_note",
    "save_proposal",
    "save_value",
    "send_requests",
    "submit_values",
    "waive_request",
    "withdraw_target",
    "withdraw_value",
]
