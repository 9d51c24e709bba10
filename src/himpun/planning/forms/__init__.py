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
    PlaceForm,
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
from .scales import (
    GRADES,
    RANKS,
    DimensionForm,
    ScaleForm,
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
    "GRADES",
    "MOST_COMPONENTS",
    "MOST_NAME",
    "PARTS",
    "QUALITATIVE",
    "RANKS",
    "AgreementForm",
    "AnnualPlanForm",
    "ChangeForm",
    "ComponentForm",
    "DefinitionForm",
    "DimensionForm",
    "EnactForm",
    "IndicatorSetForm",
    "MoneyForm",
    "NodeForm",
    "PartForm",
    "PlaceForm",
    "PlanForm",
    "ProgrammesForm",
    "ScaleForm",
    "StartForm",
    "StepsForm",
    "WeightsForm",
    "WorkbookForm",
    "initial_of",
    "packed",
    "unpacked",
]
