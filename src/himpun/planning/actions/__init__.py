"""What a person does to the plan: define indicators, set targets, note old figures."""

from .desk import planner, stream_of
from .dimensions import define_dimension, split_target
from .indicators import define_indicator, revise_indicator
from .scales import keep_grades, keep_scale
from .targets import record_prior_actual, set_target

__all__ = [
    "define_dimension",
    "define_indicator",
    "keep_grades",
    "keep_scale",
    "planner",
    "record_prior_actual",
    "revise_indicator",
    "set_target",
    "split_target",
    "stream_of",
]
