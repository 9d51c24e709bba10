"""The forms in which a Renstra is written: how it starts, each part, how it is set."""

from .documents import ChangeForm, EnactForm, StartForm
from .parts import GoalForm, HeadForm, OutcomeForm, PartForm
from .programmes import ProgrammeForm

PARTS: dict[str, type[PartForm]] = {
    form.kind: form for form in (HeadForm, GoalForm, OutcomeForm, ProgrammeForm)
}
"""The forms of the parts of a draft by their word in the address."""

__all__ = ["PARTS", "ChangeForm", "EnactForm", "PartForm", "StartForm"]
