"""Wire copies collapse into one; texts that only resemble each other do not."""

from retrieval.text.near_copies import group, is_same_story, word_pairs

STORY = (
    "Kim ngạch thương mại song phương mười một tháng đạt bốn tỷ đô la, tăng mạnh so với cùng kỳ năm trước."
)


def test_every_text_leads_itself_when_none_repeats_another() -> None:
    assert group([STORY, "Giá vàng trong nước hôm nay tăng.", "Lũ lớn trên sông Hồng."]) == [0, 1, 2]


def test_a_copy_follows_the_first_whatever_its_case_marks_and_punctuation() -> None:
    copy = STORY.upper().replace(",", " -")
    assert group(["Giá vàng tăng.", STORY, copy, STORY]) == [0, 1, 1, 1]


def test_a_copy_with_a_few_words_more_is_a_copy() -> None:
    assert group([STORY, f"Theo TTXVN, {STORY}"]) == [0, 0]
    assert group([f"Theo TTXVN, {STORY}", STORY]) == [0, 0]


def test_a_short_text_inside_a_much_longer_one_is_not_its_copy() -> None:
    assert group([STORY, "Kim ngạch thương mại song phương"]) == [0, 1]


def test_texts_of_one_word_or_none_are_equal_only_to_themselves() -> None:
    assert group(["Có.", "Không.", "🙂", "🙃", "Có."]) == [0, 1, 2, 3, 0]


def test_the_same_words_with_another_number_are_another_story() -> None:
    """Last year's figures are not also in this year's article."""
    text = (
        f"{STORY} Năm 2023 xuất khẩu đạt 3,6 tỷ đô la, theo số liệu của Tổng cục Hải quan công bố tại Hà Nội."
    )
    assert group([text, text.replace("2023", "2024").replace("3,6", "4,1"), text]) == [0, 1, 0]
    assert group([text, f"Hà Nội (16/1): {text}", text.replace("3,6", "3.6")]) == [0, 0, 0]


def test_likeness_does_not_depend_on_the_order() -> None:
    a, b = word_pairs(STORY), word_pairs(STORY.replace("bốn", "năm"))
    assert is_same_story(a, b) is is_same_story(b, a) is True


def test_no_text_is_no_error() -> None:
    assert group([]) == []
    assert group(["", ""]) == [0, 0]
