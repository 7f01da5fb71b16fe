"""A language is its data: a French question over a French collection."""

from datetime import date
from pathlib import Path

import pytest
from small_index import index, open_index

from retrieval.embedding.loading import LazyEmbedder
from retrieval.follow_ups.answering import answer_in_context
from retrieval.questions.answer_type import asked_for
from retrieval.questions.places import places_in
from retrieval.questions.query import analyse
from retrieval.questions.times import years_told
from retrieval.questions.translation import load_lexicon
from retrieval.retriever import Retriever
from retrieval.sources.cleaning.dates import find_dates
from retrieval.text.forms import tokens
from retrieval.text.values import values

ARTICLES = {
    "a": "Le port de Brest a accueilli 1,2 million de passagers en 2023. La ville prévoit un nouveau quai.",
    "b": "Le port de Brest a accueilli 900 000 passagers en 2021. La pandémie avait réduit le nombre de traversées.",
    "c": "L'ambassadrice de Russie au Vietnam, Olga Petrova, a visité une école de Hanoï le 2 avril 2025.",
    "d": "La récolte de riz a baissé de 20 pour cent dans le delta après les inondations.",
}


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory, bundled_embedder: LazyEmbedder) -> Retriever:
    data_dir: Path = tmp_path_factory.mktemp("french") / "data"
    records = [{"id": name, "text": text, "lang": "fr"} for name, text in ARTICLES.items()]
    index(data_dir, *records, embedder=bundled_embedder)  # type: ignore[arg-type]
    return Retriever(open_index(data_dir, bundled_embedder.fingerprint), bundled_embedder)


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Combien de passagers le port de Brest a-t-il accueillis en 2021 ?", "b"),
        ("Qui est l'ambassadrice de Russie au Vietnam ?", "c"),
        ("De combien la récolte de riz a-t-elle baissé ?", "d"),
    ],
)
def test_a_french_question_finds_its_french_article(
    retriever: Retriever, question: str, article: str
) -> None:
    found = retriever.answer(analyse(question))
    assert found.language == "fr" and found.answered
    assert found.excerpts[0].citation.article_id == article


def test_a_french_follow_up_is_searched_with_the_question_before(retriever: Retriever) -> None:
    before = "Combien de passagers le port de Brest a-t-il accueillis en 2021 ?"
    answer, searched = answer_in_context(retriever, analyse("Et en 2023 ?"), analyse(before))
    assert searched == before.replace("2021", "2023")
    assert answer.excerpts[0].citation.article_id == "a"


def test_french_words_are_known_by_their_data() -> None:
    query = analyse("Quand la Russie a-t-elle signé cet accord ?")
    assert asked_for(query) == {"time"} and [place.code for place in places_in(query)] == ["RU"]
    assert analyse("Bonjour !").reason == "greeting"
    assert values(tokens("le 2 avril 2025, 4,1 milliards")) == [
        "--04-02",
        "2025-04-02",
        "2025-04",
        "=4.1e+09",
    ]
    assert years_told("Les ventes ont doublé l'an dernier.", date(2025, 5, 1)).about == {2024}
    assert [found.date for found in find_dates("Publié le 2 avril 2025")] == [date(2025, 4, 2)]
    lexicon = load_lexicon("fr")
    assert lexicon is not None
    assert lexicon.translate("Ambassade", tokens("Ambassade"))["dai su"] > 0.1
