"""Tables of the plan: the Renstra and its instruments, indicators, targets, budgets."""

from .agreements import (
    ActionPlan,
    ActionPlanStep,
    AgreementIndicator,
    AgreementProgramme,
    AnnualPlan,
    AnnualPlanIndicator,
    AnnualPlanProgramme,
    IndicatorSet,
    KeyIndicator,
    PerjanjianKinerja,
)
from .indicators import (
    Indicator,
    IndicatorComponent,
    IndicatorVersion,
)
from .nodes import (
    PerformanceNode,
)
from .programmes import (
    Budget,
    Programme,
    Spending,
)
from .scales import (
    GradingScale,
    KeptScale,
    RatingScale,
)
from .targets import (
    AimField,
    Category,
    Dimension,
    PriorActual,
    Target,
    TargetPart,
)
from .tree import (
    Goal,
    Outcome,
    PlannedFunding,
    PlannedIndicator,
    PlannedProgramme,
    PlannedTarget,
    Renstra,
    RenstraVersion,
)
from .weights import UnitWeight

__all__ = [
    "ActionPlan",
    "ActionPlanStep",
    "AgreementIndicator",
    "AgreementProgramme",
    "AimField",
    "AnnualPlan",
    "AnnualPlanIndicator",
    "AnnualPlanProgramme",
    "Budget",
    "Category",
    "Dimension",
    "Goal",
    "GradingScale",
    "Indicator",
    "IndicatorComponent",
    "IndicatorSet",
    "IndicatorVersion",
    "KeptScale",
    "KeyIndicator",
    "Outcome",
    "PerformanceNode",
    "PerjanjianKinerja",
    "PlannedFunding",
    "PlannedIndicator",
    "PlannedProgramme",
    "PlannedTarget",
    "PriorActual",
    "Programme",
    "RatingScale",
    "Renstra",
    "RenstraVersion",
    "Spending",
    "Target",
    "TargetPart",
    "UnitWeight",
]
