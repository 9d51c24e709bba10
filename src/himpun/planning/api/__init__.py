"""The HTTP API of this app: indicators and targets, and the documents of the plan."""

from ninja import Router

from . import agreements, documents, indicators, money, nodes

router = Router()
for part in (indicators, documents, agreements, nodes, money):
    router.add_router("", part.router)

__all__ = ["router"]
