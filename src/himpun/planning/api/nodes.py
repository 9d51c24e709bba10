"""The pohon kinerja of an office."""

from ninja import Query, Router

from himpun.organization.api import office_asked, unit_out
from himpun.shared.api import Asked, Shape, UnitOut, answers
from himpun.shared.http import MemberRequest, told
from himpun.shared.refusals import say

from .. import queries
from ..queries import Line

router = Router(tags=["Rencana"])


class NodeOut(Shape):
    """A condition of the tree; ``induk`` is the number of what it causes."""

    id: int
    induk: int | None
    kedalaman: int
    jenjang: str
    kondisi: str
    indikator: list[str]
    jabatan: str | None
    crosscutting: bool
    mitra: str | None
    asal: str
    catatan: list[str]


class NodeTreeOut(Shape):
    """A pohon kinerja, each condition after what it causes."""

    kantor: UnitOut
    kondisi: list[NodeOut]
    catatan: list[str]


@router.get(
    "/pohon-kinerja",
    response=answers(NodeTreeOut),
    url_name="nodes",
    summary=say("Pohon kinerja satu kantor"),
    description=say("`catatan` menyebut apa yang masih kurang, seperti pada layar."),
)
def nodes(request: MemberRequest, asked: Query[Asked]) -> NodeTreeOut:
    """Return the tree with what is amiss, as its page does."""
    office, day = office_asked(request, asked)
    tree = queries.node_tree(office, day)
    return NodeTreeOut(
        kantor=unit_out(office),
        kondisi=[_node(line) for line in tree.lines],
        catatan=[told(remark.sentence) for remark in tree.whole],
    )


def _node(line: Line) -> NodeOut:
    node = line.node
    return NodeOut(
        id=node.number,
        induk=node.parent,
        kedalaman=line.depth,
        jenjang=node.level,
        kondisi=node.condition,
        indikator=list(node.indicators),
        jabatan=node.position or None,
        crosscutting=node.crosscutting,
        mitra=node.partner or None,
        asal=line.row.origin,
        catatan=[told(remark.sentence) for remark in line.remarks],
    )
