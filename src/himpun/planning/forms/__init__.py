"""Forms of the plan: what an indicator means, and what it should reach."""

from .agreements import (
    AgreementForm,
)
from .definition import (
    MOST_COMPONENTS,
    QUALITATIVE,
    ComponentForm,
    DefinitionForm,
    initial_of,
)
from .money import (
    MoneyForm,
    ProgrammesForm,
)
from .nodes import (
    NodeForm,
)
from .steps import (
    StepsForm,
)
from .targets import (
    PlanForm,
)
from .weights import (
    WeightsForm,
)
from .workbook import (
    MOST_NAME,
    WorkbookForm,
    packed,
    unpacked,
)

__all__ = [
    "MOST_COMPONENTS",
    "MOST_NAME",
    "QUALITATIVE",
    "AgreementForm",
    "ComponentForm",
    "DefinitionForm",
    "MoneyForm",
    "NodeForm",
    "PlanForm",
    "ProgrammesForm",
    "StepsForm",
    "WeightsForm",
    "WorkbookForm",
    "initial_of",
    "packed",
    "unpacked",
]
