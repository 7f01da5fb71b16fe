"""Redirects, followed by hand: each URL on the way is looked at like the first."""

from collections.abc import Callable

import httpx

from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.web.address import page_url, public_form
from retrieval.sources.web.client import Asking, Client, Response
from retrieval.sources.web.errors import Refused, Unreachable

_MOST = 5


def follow(client: Client, url: httpx.URL, asking: Callable[[httpx.URL], Asking]) -> Response:
    """The answer behind all redirects; `asking` tells of each URL on the way how to ask for it, or raises.

    Raises Refused or Unreachable.
    """
    answer = client.get(url, asking(url))
    for _ in range(_MOST):
        if not _redirects(answer):
            return answer
        location = answer.headers["location"]
        try:
            target = page_url(location, answer.url)
            answer = client.get(target, asking(target))
        except (Refused, Unreachable) as error:
            raise type(error)(f"redirects to {public_form(location)}, which {error}") from error
    if _redirects(answer):
        raise Refused(Reason.of(Problem.WEB_REDIRECTS, most=_MOST))
    return answer


def _redirects(answer: Response) -> bool:
    return answer.status in (301, 302, 303, 307, 308) and "location" in answer.headers
