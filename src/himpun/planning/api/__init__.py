"""The HTTP API of this app: indicators and targets, and the documents of the plan."""

from ninja import Router

from . import documents, indicators

router = Router()
router.add_router("", indicators.router)
router.add_router("", documents.router)

__all__ = ["router"]
