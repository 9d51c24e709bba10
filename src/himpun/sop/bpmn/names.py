"""The names in a BPMN 2.0 file: namespaces, and the ids that Himpun gives."""

from .graph import Use

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
SOP = "urn:sop-ap:1"

PREFIXES = {"bpmn": BPMN, "bpmndi": DI, "dc": DC, "di": DD, "xsi": XSI, "sop": SOP}

POOL, PROCESS, COLLABORATION = "kolam", "proses", "kolaborasi"


def bpmn(name: str) -> str:
    """Return the full name of an element of the BPMN model."""
    return f"{{{BPMN}}}{name}"


def sop(name: str) -> str:
    """Return the full name of an element of Himpun's own."""
    return f"{{{SOP}}}{name}"


def lane_id(actor: str) -> str:
    """Return the id of an actor's lane."""
    return f"pelaksana.{actor}"


def edge_id(number: int) -> str:
    """Return the id of the n-th flow, from 1."""
    return f"alur.{number}"


def data_id(artefact: str) -> str:
    """Return the id of an artefact."""
    return f"artefak.{artefact}"


def use_id(use: Use) -> str:
    """Return the id of the place where an artefact stands beside a task."""
    return f"{data_id(use.artefact)}.{use.direction}.{use.task}"
