"""Every kind of reply on one page, as a phone shows it: `python tests/preview.py OUT.html`.

The script asks the bundled model about the seeds; a test makes the page from invented answers.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answers import make_excerpt
from preview_first_contact import first_contact
from preview_page import TODAY, Shown, page
from reply_values import ANSWER_ID, a_view, changed

from bot.conversation.answering import Findings, first_shown
from bot.conversation.replies.reply import Kind
from bot.conversation.replies.view import Result, View, result_of, several_dates
from bot.telegram_html.pages import paged
from bot.texts import LANGUAGES, load_texts
from retrieval.article import Answer, Article, Excerpt, Span
from retrieval.excerpts.context import widened
from retrieval.follow_ups.context import Context
from retrieval.follow_ups.in_context import answer_in_context
from retrieval.follow_ups.long_text import answer_about
from retrieval.index.embedded.generations import Generations
from retrieval.questions.query import analyse

if TYPE_CHECKING:
    from retrieval.retriever import Retriever

REPOSITORY = Path(__file__).resolve().parent.parent
QUESTIONS = {
    "vi": (
        "Nga da vien tro cho Viet Nam bao nhieu lieu vac xin?",
        "Kim ngạch thương mại Việt - Nga đạt bao nhiêu?",
        "Giá vàng SJC hôm nay bao nhiêu?",
    ),
    "en": (
        "How many doses of vaccine did Russia give to Vietnam?",
        "How much is trade between Vietnam and Russia worth?",
        "What is the trade turnover between Vietnam and Japan?",
    ),
    "ru": (
        "Сколько доз вакцины Россия передала Вьетнаму?",
        "Какой товарооборот между Вьетнамом и Россией?",
        "Каким был товарооборот Вьетнама и Китая?",
    ),
}
SEVERAL = {
    "vi": {
        "list": "Tổng Bí thư Tô Lâm thăm những nước nào?",
        "compared": "Năm nào kim ngạch thương mại Việt - Nga cao nhất?",
        "two questions": "Ông Bezdetko là ai? Kim ngạch thương mại 11 tháng năm 2024 là bao nhiêu?",
    },
    "en": {
        "list": "Which countries will To Lam visit?",
        "compared": "In which year was trade between Vietnam and Russia highest?",
        "two questions": "Who is Bezdetko? How much was trade in the first 11 months of 2024 worth?",
    },
    "ru": {
        "list": "Какие страны посетит То Лам?",
        "compared": "В каком году товарооборот Вьетнама и России был самым высоким?",
        "two questions": "Кто такой Бездетко? Какой товарооборот за 11 месяцев 2024 года?",
    },
}
FOLLOW_UPS = {
    "vi": ("Còn năm 2021?", "Kim ngạch thương mại Việt - Nga năm 2021 đạt bao nhiêu?"),
    "en": ("And in 2021?", "How much was trade between Vietnam and Russia worth in 2021?"),
    "ru": ("А в 2021 году?", "Какой был товарооборот между Вьетнамом и Россией в 2021 году?"),
}
GREETINGS = {"vi": "Xin chào bạn", "en": "Hi there", "ru": "Привет!"}
LINES = (
    "queue-notice",
    "rate-limited",
    "vote-thanks",
    "vote-thanks-down",
    "button-stale",
    "context-start",
    "context-end",
    "context-full",
    "new-done",
)


def invented() -> list[Shown]:
    """Each kind of reply, and what is hard to show, in each language."""
    return [
        shown
        for language in LANGUAGES
        for shown in (*first_contact(language), *_invented(language), *_lines(language))
    ]


def asked(retriever: Retriever) -> list[Shown]:
    """Each kind of reply that a question leads to, as the retriever answers, in each language."""
    return [shown for language in LANGUAGES for shown in _asked(retriever, language)]


def _invented(language: str) -> Iterator[Shown]:
    question = QUESTIONS[language][1]
    old = make_excerpt("Kim ngạch đạt 3,6 tỷ USD, tăng gần 5%.", (0, 38), date=date(2022, 11, 30))
    new = make_excerpt("Hôm qua. Kim ngạch đạt 4,1 tỷ USD.", (9, 34), also_in=("b",))
    long = make_excerpt(
        "Câu trả lời đứng ngay ở đầu. " + "Rồi bài báo kể thêm nhiều điều khác nữa. " * 12, (0, 28)
    )
    bare: dict[str, Any] = {"title": None, "source": None, "date": None, "url": None}
    titled = make_excerpt(title="Một tiêu đề rất dài " * 15, url=None)
    heavy = make_excerpt("Một từ, hai từ. " * 18, *[(i, i + 6) for i in range(0, 280, 16)])
    answer = _view(old, new, long)
    part = Result((new,), before=True, after=True, opened=True, cut_before=True, cut_after=True)
    waiting = changed(_of((part,)), waiting=2, sortable=True)
    yield Shown("answer", language, question, waiting)
    yield Shown("answer: further buttons", language, question, changed(waiting, menu=True))
    yield Shown("answer in a group", language, question, waiting, alone=False)
    yield Shown("answer: voted", language, question, changed(_view(new), vote="up"))
    joined = make_excerpt(
        "Đoạn một.\nĐoạn hai đạt 4,1 tỷ USD.\nĐoạn ba.", (10, 35), paragraphs=(10, 12), paragraph=11
    )
    copies = tuple(make_excerpt(title=title).citation for title in ("Nga – Việt: thương mại tăng", None))
    told = replace(joined, also_in=("b", "c", "d"), copies=copies)
    yield Shown("several paragraphs, told elsewhere", language, question, _view(told))
    yield Shown("hint: figures differ", language, question, answer)
    yield Shown("hint: old", language, question, _view(old))
    yield Shown("hint: figures, one undated", language, question, _view(old, new, make_excerpt(**bare)))
    yield Shown("page 2", language, question, _pages(*[new] * 3, old, long, new, heavy)[1])
    yield Shown("newest first", language, question, changed(_view(new, old), order="newest", vote="down"))
    yield Shown("unsure", language, question, changed(_view(new), unsure=True))
    pieces = (make_excerpt("Đoạn trước, chỗ bị bỏ đi ở giữa."), replace(new, start=400, end=434))
    yield Shown("widened", language, question, _of((Result(pieces, after=True, opened=True),)))
    searched = changed(_view(new), searched=FOLLOW_UPS[language][1])
    yield Shown("follow-up", language, FOLLOW_UPS[language][0], searched)
    yield Shown("about a text", language, "Kim ngạch tăng mạnh. " * 6, changed(_view(new), about_text=True))
    yield Shown("nearest", language, question, _of((_result(new),), kind="nearest"))
    topics = (new.citation, titled.citation, make_excerpt(**bare).citation)
    yield Shown("refusal", language, question, a_view("refusal", topics=topics, reason="refused"))
    said_nothing = a_view("refusal", topics=topics[:1], about_text=True)
    yield Shown("refusal of a text", language, "Trộn bột với trứng. " * 6, said_nothing)
    yield Shown(
        "chit-chat", language, GREETINGS[language], a_view("talk", reason="greeting", example=question)
    )
    yield Shown(
        "long title, many highlights, undated", language, question, _view(titled, heavy, make_excerpt(**bare))
    )
    yield Shown("longer than a message", language, question, _view(make_excerpt("Dài lắm. " * 700, (0, 8))))


def _lines(language: str) -> Iterator[Shown]:
    texts = load_texts(language)
    for message_id in LINES:
        variables = {"seconds": 24} if message_id == "rate-limited" else {}
        yield Shown(message_id, language, "", line=texts(message_id, **variables))


def _asked(retriever: Retriever, language: str) -> Iterator[Shown]:
    simple, figures, foreign = QUESTIONS[language]
    answer = retriever.answer(analyse(simple))
    yield Shown("real: answer", language, simple, answered(retriever, answer))
    yield Shown("real: answer with More", language, simple, answered(retriever, answer, whole=True))
    for kind, question in SEVERAL[language].items():
        yield Shown(
            f"real: {kind}", language, question, answered(retriever, retriever.answer(analyse(question), 9))
        )
    yield Shown("real: widened", language, simple, _widened(retriever, answer.excerpts[0]))
    yield Shown(
        "real: answer about figures",
        language,
        figures,
        answered(retriever, retriever.answer(analyse(figures))),
    )
    second = answered(retriever, retriever.answer(analyse(figures), 9), 1, whole=True)
    yield Shown("real: page 2", language, figures, second)
    follow_up, previous = FOLLOW_UPS[language][0], figures
    turn = answer_in_context(retriever, analyse(follow_up), Context.of(previous), 3)
    shown = changed(answered(retriever, turn.answer), searched=turn.searched)
    yield Shown("real: follow-up", language, follow_up, shown)
    post = _article(retriever, answer.excerpts[0]).text[:900]
    about = changed(answered(retriever, answer_about(retriever, analyse(post))), about_text=True)
    yield Shown("real: about a text", language, post, about)
    refused = retriever.answer(analyse(foreign))
    topics = tuple(excerpt.citation for excerpt in refused.nearest)
    refusal = a_view("refusal", topics=topics, reason=refused.reason)
    yield Shown("real: refusal", language, foreign, refusal)
    nearest = _of(_results(retriever, refused.nearest), kind="nearest")
    yield Shown("real: nearest", language, foreign, nearest)


def answered(retriever: Retriever, answer: Answer, page_number: int = 0, *, whole: bool = False) -> View:
    """The view of what a reply opens with, or of a page of the whole one."""
    _, view = first_shown(Findings(answer), ANSWER_ID, retriever, whole=whole)
    pages = paged(view, load_texts("vi"), TODAY) or (view,)
    return pages[min(page_number, len(pages) - 1)]


def _results(retriever: Retriever, excerpts: Iterable[Excerpt]) -> tuple[Result, ...]:
    return tuple(result_of(excerpt, _article(retriever, excerpt)) for excerpt in excerpts)


def _widened(retriever: Retriever, excerpt: Excerpt) -> View:
    """With a paragraph more before it."""
    article = _article(retriever, excerpt)
    spans = widened(article, (Span(excerpt.start, excerpt.end),), -1)
    return _of((result_of(excerpt, article, spans or ()),))


def _article(retriever: Retriever, excerpt: Excerpt) -> Article:
    article = retriever.article(excerpt.citation.article_id)
    assert article is not None
    return article


def _result(excerpt: Excerpt) -> Result:
    return Result((excerpt,), before=True, after=True)


def _view(*excerpts: Excerpt) -> View:
    return _of(tuple(map(_result, excerpts)))


def _of(results: tuple[Result, ...], kind: Kind = "answer") -> View:
    return a_view(kind, results, sortable=several_dates([result.cited for result in results]))


def _pages(*excerpts: Excerpt) -> tuple[View, ...]:
    return paged(_view(*excerpts), load_texts("vi"), TODAY)


def main(out: Path) -> None:
    """Indexes the seeds in a folder of its own and writes the page."""
    from retrieval.embedding.loading import LazyEmbedder
    from retrieval.indexing.run import reindex
    from retrieval.ranking.reading import SecondLook
    from retrieval.serving import Serving

    embedder = LazyEmbedder.of("bundled", REPOSITORY / "data" / "models")
    with tempfile.TemporaryDirectory() as folder:
        reindex([REPOSITORY / "seeds"], Path(folder), embedder)
        second_look = SecondLook(reader=embedder.reader)
        retriever = Serving(Generations(Path(folder)), embedder, second_look).retriever()
        out.write_text(page([*asked(retriever), *invented()]), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
