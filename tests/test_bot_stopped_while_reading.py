"""The end of the bot while an admin's document is read."""

from __future__ import annotations

from pathlib import Path

from bot_process import ADMIN, fast_bot
from crowd import rare_data
from fake_bot_api import FakeBotApi
from web_server import Reply, WebServer

PAGE = (
    b"<article><p>Wombat Barnaby lived at the zoo of Ballarat until 2017, for thirty-one years.</p></article>"
)
WEB = {"WEB_PRIVATE": "true", "WEB_DELAY": "0"}


def test_a_stop_does_not_wait_for_a_slow_site_and_the_next_process_takes_the_link_up(
    tmp_path: Path, server: WebServer
) -> None:
    """The site would take a minute; a process that does not end in twenty seconds fails the test."""
    url = server.serve("/slow", Reply(parts=[b"<p>slowly</p>"] * 60, pause_s=1.0))
    data, _ = rare_data(tmp_path, 3)
    with FakeBotApi() as api:
        admin = api.private_chat(ADMIN, language_code="en")
        with fast_bot(api, data, **WEB) as process:
            process.wait_for_line("Ready")
            admin.send(url)
            api.wait_until(lambda: server.asked, timeout=30, what="request to the slow site")
            process.stop()
        assert not admin.messages
        server.serve("/slow", Reply(PAGE))
        with fast_bot(api, data, **WEB):
            preview = admin.wait_for_message(timeout=30)
            assert "Wombat Barnaby" in preview.text and preview.buttons
        assert api.violations == []
