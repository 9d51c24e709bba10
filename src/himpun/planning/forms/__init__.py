"""Forms of the plan: what an indicator means, and what it should reach."""

from .definition import (
    MOST_COMPONENTS,
    QUALITATIVE,
    ComponentForm,
    DefinitionForm,
    initial_of,
)
from .nodes import (
    NodeForm,
)
from .targets import (
    PlanForm,
)
from .weights import (
    WeightsForm,
)

__all__ = [
    "MOST_COMPONENTS",
    "QUALITATIVE",
    "ComponentForm",
    "DefinitionForm",
    "NodeForm",
    "PlanForm",
    "WeightsForm",
    "initial_of",
]
