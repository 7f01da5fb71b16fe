"""Whether the process runs, and whether it can answer questions: for supervisors and load balancers."""

from collections.abc import Callable, Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

Trouble = Callable[[], str | None]
"""What stands in the way of answers, in a sentence; None for nothing."""


def health_routes(troubles: Sequence[Trouble]) -> list[Route]:
    """/healthz: the process runs. /readyz: none of `troubles` stands in the way of answers; 503 tells the first."""

    async def alive(_: Request) -> JSONResponse:
        return JSONResponse({"alive": True})

    async def ready(_: Request) -> JSONResponse:
        trouble = next(filter(None, (each() for each in troubles)), None)
        if trouble:
            return JSONResponse({"ready": False, "why": trouble}, status_code=503)
        return JSONResponse({"ready": True})

    return [Route("/healthz", alive), Route("/readyz", ready)]
