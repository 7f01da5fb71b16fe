"""What the owner of a site wants of programs, as RFC 9309 has it: robots.txt, read once a run and site."""

import httpx
from protego import Protego

from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.web.client import Asking, Client, Response
from retrieval.sources.web.errors import Refused, Unreachable
from retrieval.sources.web.limits import WebLimits
from retrieval.sources.web.redirects import follow

_MOST_BYTES = 500 * 1024
_LONGEST_DELAY_S = 30.0
_AT_ONCE = Asking(delay_s=0.0, cut_at=_MOST_BYTES)


class Robots:
    """The rules of every site that a run comes to."""

    def __init__(self, client: Client, limits: WebLimits) -> None:
        self._client = client
        self._limits = limits
        self._rules: dict[httpx.URL, Protego | str] = {}

    def delay_s(self, url: httpx.URL) -> float:
        """Seconds to leave between two requests to the URL's host.

        Raises Refused when the site does not want the URL read, Unreachable when it is not to be learnt.
        """
        site = url.copy_with(raw_path=b"/robots.txt")
        if site not in self._rules:
            self._rules[site] = self._fetch(site)
        rules = self._rules[site]
        if isinstance(rules, str):
            raise Unreachable(Reason.of(Problem.WEB_NO_RULES, site=str(site), why=rules))
        if not rules.can_fetch(str(url), self._limits.user_agent):
            raise Refused(Reason.of(Problem.WEB_CLOSED, site=str(site)))
        asked = rules.crawl_delay(self._limits.user_agent) or 0.0
        return max(self._limits.delay_s, min(asked, _LONGEST_DELAY_S))

    def _fetch(self, site: httpx.URL) -> Protego | str:
        try:
            answer = follow(self._client, site, lambda _: _AT_ONCE)
        except Unreachable as error:
            return error.said
        except Refused:
            return Protego.parse("")
        return Protego.parse(_text(answer))


def _text(answer: Response) -> str:
    """No rules unless there is a file: what the server says instead of one is none."""
    return answer.body.decode("utf-8-sig", "replace")
