"""Figures for Prometheus."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.metrics import CONTENT_TYPE, Metrics, Standing


def metrics_route(metrics: Metrics, standing: Standing) -> Route:
    """/metrics."""

    async def figures(_: Request) -> Response:
        return Response(await metrics.text(standing), headers={"content-type": CONTENT_TYPE})

    return Route("/metrics", figures)
