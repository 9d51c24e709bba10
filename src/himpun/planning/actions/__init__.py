"""What a person does to the plan: define indicators, set targets, note old figures."""

from .agreements import (
    keep_annual_plan,
    make_agreement,
)
from .desk import (
    keeper,
    planner,
    stream_of,
)
from .dimensions import (
    define_dimension,
    split_target,
)
from .drafting import (
    change_renstra,
    discard_renstra,
    start_change,
    start_renstra,
)
from .following import (
    keep_action_plan,
    keep_indicator_set,
)
from .importing import (
    import_plan,
)
from .indicators import (
    define_indicator,
    place_indicator,
    revise_indicator,
)
from .money import (
    Amount,
    keep_money,
    keep_programmes,
)
from .nodes import (
    Condition,
    add_node,
    change_node,
    remove_node,
)
from .programmes import (
    keep_programme,
    record_spending,
    set_budget,
)
from .renstra import (
    enact_renstra,
    keep_renstra,
)
from .scales import (
    define_grades,
    define_scale,
    keep_grades,
    keep_scale,
)
from .sheets import (
    Plan,
    set_plan,
)
from .targets import (
    record_prior_actual,
    set_target,
    withdraw_target,
)
from .weights import refuse_unweighted, weigh_units

__all__ = [
    "Amount",
    "Condition",
    "Plan",
    "add_node",
    "change_node",
    "change_renstra",
    "define_dimension",
    "define_grades",
    "define_indicator",
    "define_scale",
    "discard_renstra",
    "enact_renstra",
    "import_plan",
    "keep_action_plan",
    "keep_annual_plan",
    "keep_grades",
    "keep_indicator_set",
    "keep_money",
    "keep_programme",
    "keep_programmes",
    "keep_renstra",
    "keep_scale",
    "keeper",
    "make_agreement",
    "place_indicator",
    "planner",
    "record_prior_actual",
    "record_spending",
    "refuse_unweighted",
    "remove_node",
    "revise_indicator",
    "set_budget",
    "set_plan",
    "set_target",
    "split_target",
    "start_change",
    "start_renstra",
    "stream_of",
    "weigh_units",
    "withdraw_target",
]
