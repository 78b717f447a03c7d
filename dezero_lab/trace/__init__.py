"""Observation: records a pass of anybody's Variable and Function classes, and replays it."""

from dezero_lab.trace.guard import RecordingLimit
from dezero_lab.trace.narrate import narrate, narrate_all
from dezero_lab.trace.recorder import record
from dezero_lab.trace.snapshot import Snapshot
from dezero_lab.trace.tape import FunctionInfo, Source, State, Tape, VariableInfo
from dezero_lab.trace.walk import walk

__all__ = [
    "FunctionInfo",
    "RecordingLimit",
    "Snapshot",
    "Source",
    "State",
    "Tape",
    "VariableInfo",
    "narrate",
    "narrate_all",
    "record",
    "walk",
]
