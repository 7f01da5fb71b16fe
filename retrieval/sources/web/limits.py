"""What reading from the web may cost. Imports nothing heavy."""

from dataclasses import dataclass

from retrieval.sources.model import MAX_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class WebLimits:
    """Bounds of one run.

    `timeout_s` is for one request, from connecting to the last byte of the body; `max_bytes` for a body, as sent and
    as unpacked; `delay_s` lies between two requests to a host, which may ask for more in its robots.txt;
    `max_pages` is for one source: a feed or a sitemap with all that it lists. `user_agent` is also the name that
    robots.txt knows us by. Addresses of private networks are refused unless `allow_private`.
    """

    timeout_s: float = 30.0
    max_bytes: int = MAX_BYTES
    delay_s: float = 1.0
    max_pages: int = 10_000
    allow_private: bool = False
    user_agent: str = "Trichdan"
