"""Forms of the plan: what an indicator means, and what it should reach."""

from .agreements import (
    AgreementForm,
)
from .annual import (
    AnnualPlanForm,
    IndicatorSetForm,
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
from .renstra import (
    PARTS,
    ChangeForm,
    EnactForm,
    PartForm,
    StartForm,
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
    "PARTS",
    "QUALITATIVE",
    "AgreementForm",
    "AnnualPlanForm",
    "ChangeForm",
    "ComponentForm",
    "DefinitionForm",
    "EnactForm",
    "IndicatorSetForm",
    "MoneyForm",
    "NodeForm",
    "PartForm",
    "PlanForm",
    "ProgrammesForm",
    "StartForm",
    "StepsForm",
    "WeightsForm",
    "WorkbookForm",
    "initial_of",
    "packed",
    "unpacked",
]
