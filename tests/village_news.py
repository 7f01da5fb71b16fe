"""Short invented news of one outlet, each with the same line of furniture in its middle."""

from pathlib import Path

from small_index import write_text

FURNITURE = (
    "Bản tin này do đài truyền thanh huyện thực hiện, phát lúc bảy giờ sáng và năm giờ chiều hằng ngày."
)


def story(number: int) -> str:
    told = f"Xã số {number} vừa khánh thành cây cầu dài {number * 7} mét bắc qua con kênh thứ {number}."
    more = f"Người dân ấp {number} đã góp {number * 3} triệu đồng và nhiều ngày công để làm cầu."
    return f"{told}\n{FURNITURE}\n{more}\n"


def folder_of(folder: Path, count: int) -> Path:
    for number in range(1, count + 1):
        write_text(folder / f"{number}.txt", story(number))
    return folder
