"""Every message that admins get on one page, as a phone shows it: `python tests/preview_admin.py OUT.html`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from preview_page import Shown, page

from bot.conversation.replies.buttons import Verb
from bot.problems import refusal
from bot.state.admin_log import Action, Done
from bot.state.guests import Guest, Invite
from bot.state.questions import UnansweredQuestion
from bot.telegram_html.admin.article_lists import choices, list_page, removed_page
from bot.telegram_html.admin.digest import Digest, digest_buttons, digest_text
from bot.telegram_html.admin.documents import (
    article_text,
    preview_buttons,
    preview_text,
    remove_question,
)
from bot.telegram_html.admin.gaps import GapGroup, gaps_page
from bot.telegram_html.admin.log import log_page
from bot.telegram_html.admin.notices import notice_text
from bot.telegram_html.admin.people import guests_page, invite_text
from bot.texts import LANGUAGES, Texts, load_texts
from retrieval.article import Article
from retrieval.errors import SourceError
from retrieval.index.catalogue import Listed
from retrieval.problems import Problem
from retrieval.reasons import Reason
from retrieval.sources.model import Failure
from retrieval.uploads.staged import Preview, Staged, TakenOut

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
TEXT = (
    "Kim ngạch thương mại song phương 11 tháng năm 2024 đạt 4,1 tỷ USD, tăng 27,4% so với cùng kỳ năm trước."
)
TITLE = "Tổng Bí thư Tô Lâm tiếp Đại sứ Liên bang Nga tại Việt Nam"
ARTICLE = Article(
    "000_96dae0b043e9e0c0.txt",
    f"{TEXT}\n" * 40,
    TITLE,
    date(2025, 4, 2),
    "vnanet.vn",
    "An",
    None,
    "seeds/000.txt",
)
LINES = (
    "access-denied", "admin-only", "admin-private", "invite-open", "invite-withdrawn", "invite-used",
    "invite-invalid", "document-discarded", "document-gone", "article-usage", "remove-kept", "remove-gone",
    "reindex-cancelled", "reindex-next", "reindex-nothing", "shared-gone", "shared-changed", "inline-none",
    "digest-on", "digest-off",
)  # fmt: skip


def shown() -> list[Shown]:
    return [each for language in LANGUAGES for each in _of(language, load_texts(language))]


def _of(language: str, texts: Texts) -> Iterator[Shown]:
    yield Shown("help", language, "/help", html=texts("help-admin"))
    one = Staged(
        token="0" * 16,
        name="bài báo.pdf",
        count=1,
        articles=(_preview("bài báo.pdf"),),
        failed=(),
        replaces=True,
    )
    yield Shown(
        "a document", language, "", html=preview_text(one, texts), buttons=preview_buttons(one, texts)
    )
    failed = (Failure("b.jsonl#7", Reason.of(Problem.TEXT_BLANK)),)
    many = Staged(
        token="0" * 16,
        name="b.jsonl",
        count=120,
        articles=tuple(_preview(f"b.jsonl#{n}") for n in range(1, 11)),
        failed=failed,
        replaces=False,
    )
    yield Shown(
        "many articles", language, "", html=preview_text(many, texts), buttons=preview_buttons(many, texts)
    )
    damaged = SourceError(Reason.of(Problem.PDF_DAMAGED, name="broken.pdf"))
    yield _line("refused", language, refusal("broken.pdf", damaged, texts))
    yield _line("too large", language, texts("document-large", name="film.zip", limit=20))
    listed = [
        Listed(
            id=f"{n:03}_96dae0b043e9e0c0.txt",
            title=TITLE if n else None,
            date=date(2025, 4, 2) if n else None,
            source="vnanet.vn" if n else None,
            opening=TEXT,
        )
        for n in range(5)
    ]
    html, buttons = list_page(listed, {"vnanet.vn": 31, "nhandan.vn": 4, None: 1}, 0, 36, texts)
    yield Shown("the list", language, "/sources", html=html, buttons=buttons)
    yield Shown("an article", language, f"/show {ARTICLE.id}", html=article_text(ARTICLE, 12, texts))
    html, buttons = remove_question(ARTICLE, texts)
    yield Shown("taking out", language, f"/remove {ARTICLE.id}", html=html, buttons=buttons)
    html, buttons = choices(listed, True, Verb.SHOW, texts)
    yield Shown("several articles", language, "/show bài", html=html, buttons=buttons)
    taken_out = [TakenOut(id=str(n), title=TITLE, at=NOW.timestamp() - n * 86_400) for n in range(3)]
    html, buttons = removed_page(taken_out, 0, texts)
    yield Shown("what was taken out", language, "/remove", html=html, buttons=buttons)
    done = [
        Done(
            action=action,
            subject=TITLE if n < 3 else "",
            name="Lan" if n else "",
            at=NOW - timedelta(hours=n),
        )
        for n, action in enumerate(Action)
    ]
    html, buttons = log_page(done, 0, 40, texts)
    yield Shown("the log", language, "/log", html=html, buttons=buttons)
    html, buttons = invite_text(
        Invite("hV3mXo0TqkS9p2wzL1yBcg", "0" * 12), "Lan, ban quốc tế", "trichdan_bot", texts
    )
    yield Shown("an invite", language, "/invite Lan, ban quốc tế", html=html, buttons=buttons)
    guests = [
        Guest("abcdefgh23456789", "Lan, ban quốc tế", NOW),
        Guest("qrstuvwx23456789", "", NOW - timedelta(9)),
    ]
    html, buttons = guests_page(guests, 0, texts)
    yield Shown("guests", language, "/guests", html=html, buttons=buttons)
    digest = Digest(questions=41, answered=33, gaps=6, up=9, down=2, articles=36, indexed=NOW)
    yield Shown(
        "a digest",
        language,
        "/digest",
        html=digest_text(digest, texts),
        buttons=digest_buttons(texts, wanted=False),
    )

    def gap(question: str, times: int, unaccented: bool = False) -> UnansweredQuestion:
        askers = frozenset(map(str, range(times)))
        return UnansweredQuestion(
            question=question,
            language="vi",
            unaccented=unaccented,
            times=times,
            askers=askers,
            last=NOW,
            generation="old",
        )

    groups = [
        GapGroup(
            (
                gap("Giá vàng SJC hôm nay bao nhiêu?", 7),
                gap("gia vang sjc hom nay", 3, True),
                gap("How much is SJC gold today?", 2),
                gap("Сколько стоит золото SJC?", 1),
            )
        ),
        *[GapGroup((gap(f"Công thức nấu phở bò ngon nhất là gì ({n})?", 1),)) for n in range(8)],
    ]
    html, buttons = gaps_page(groups, [True, *[False] * 7], 0, 90, texts)
    yield Shown("gaps", language, "/gaps", html=html, buttons=buttons)
    kinds = {"An update could not be answered: …": 12, "A question could not be noted: … (StateError)": 1}
    yield Shown("a notice", language, "", html=notice_text(kinds, texts))
    for message_id in LINES:
        yield _line(message_id, language, texts(message_id))


def _line(kind: str, language: str, text: str) -> Shown:
    return Shown(kind, language, "", html=text)


def _preview(article_id: str) -> Preview:
    return Preview(
        id=article_id,
        title=TITLE,
        date=date(2025, 4, 2),
        source="vnanet.vn",
        url=None,
        passages=7,
        opening=TEXT,
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(shown()), "utf-8")
