"""The JSON door for programs that write: datasets, files, versions, publication, with a key.

It adds no rule of its own: every call is an action of the catalogue, with the rights of the key's owner.
"""

from ninja import Router

from opentusk.feeding.api.auth import TokenAuth
from opentusk.feeding.api.datasets import router as datasets_router
from opentusk.feeding.api.files import router as files_router

router = Router(tags=["pubblicare"], auth=TokenAuth())
router.add_router("", datasets_router)
router.add_router("", files_router)

__all__ = ["router"]
