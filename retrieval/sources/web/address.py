"""Which URLs are read, and which addresses they may lead to."""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx

from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.web.errors import Refused
from retrieval.text.addresses import without_user

_NAT64 = IPv6Network("64:ff9b::/96")


def page_url(written: str, base: httpx.URL | None = None) -> httpx.URL:
    """An http or https URL without fragment, relative to `base` if that is given; raises Refused."""
    try:
        url = base.join(written.strip()) if base else httpx.URL(written.strip())
    except (httpx.InvalidURL, ValueError) as error:
        raise Refused(Reason.of(Problem.WEB_NO_ADDRESS, why=str(error))) from error
    if url.scheme not in ("http", "https"):
        raise Refused(Reason.of(Problem.WEB_SCHEME, scheme=repr(url.scheme[:20])))
    if not url.host or "%" in url.host or not 0 < (80 if url.port is None else url.port) < 2**16:
        raise Refused(Reason.of(Problem.WEB_BAD_HOST))
    if url.userinfo:
        raise Refused(Reason.of(Problem.WEB_USERINFO))
    return url.copy_with(fragment=None)


def public_form(written: str) -> str:
    """A URL as it may stand in a message: without user name and password, and not endlessly long."""
    return without_user(written)[:500]


def addresses_of(host: str) -> list[str]:
    """The IP addresses of a host, best first; raises OSError or UnicodeError when it has none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def require_public(host: str, addresses: Sequence[str]) -> None:
    """Raises Refused when one of the addresses is not on the public internet: whoever names several hides one."""
    for address in addresses:
        if not _is_public(_meant(ip_address(address))):
            raise Refused(Reason.of(Problem.WEB_PRIVATE, address=address, host=host))


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The address, or the IPv4 address within it that packets to it end up at."""
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
        return address.ipv4_mapped or address.sixtofour or address
    return address


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    special = address.is_multicast or address.is_reserved or getattr(address, "is_site_local", False)
    return address.is_global and not special
