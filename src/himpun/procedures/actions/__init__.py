"""What people do with an SOP and its cases. Each act is one transaction with its event.

The machine's rules (one winner, transitions only from the pinned plan, one deadline a
row, a return opens a new round) are those of docs/decisions/0006.
"""

from .adopting import adopt, confirm_finding
from .assigning import assign_task, delegate, end_delegation
from .calendars import put_calendar
from .cases import cancel_case, start_case, start_due_cases
from .checklist import attach, fulfil, recognised, remove_attachment, waive
from .desk import Incomplete, lock, touch, worker, write_event
from .drafts import (
    adopt_draft,
    blank_draft,
    change_draft,
    discard_draft,
    draft_from_file,
    draft_from_template,
    draft_from_version,
    drafter,
    save_part,
    save_source,
)
from .evaluating import evaluate
from .exceptions import decider_of_exception, except_own_work
from .migrating import migrate
from .pausing import pause, resume
from .results import hand_in, produce, receive_copy, send_copies
from .returning import raise_cap, raise_round_cap, return_step
from .withdrawing import note_seen, withdraw_task
from .working import complete_task

__all__ = [
    "Incomplete",
    "adopt",
    "adopt_draft",
    "assign_task",
    "attach",
    "blank_draft",
    "cancel_case",
    "change_draft",
    "complete_task",
    "confirm_finding",
    "decider_of_exception",
    "delegate",
    "discard_draft",
    "draft_from_file",
    "draft_from_template",
    "draft_from_version",
    "drafter",
    "end_delegation",
    "evaluate",
    "except_own_work",
    "fulfil",
    "hand_in",
    "lock",
    "migrate",
    "note_seen",
    "pause",
    "produce",
    "put_calendar",
    "raise_cap",
    "raise_round_cap",
    "receive_copy",
    "recognised",
    "remove_attachment",
    "resume",
    "return_step",
    "save_part",
    "save_source",
    "send_copies",
    "start_case",
    "start_due_cases",
    "touch",
    "waive",
    "withdraw_task",
    "worker",
    "write_event",
]
