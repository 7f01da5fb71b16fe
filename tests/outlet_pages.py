"""One story as four Vietnamese outlets would lay out their pages; story and outlets are invented."""

SAPO = "Tỉnh Đắk Nhân khởi công cầu Sông Hạ dài 1,2 km, nối hai bờ sau mười lăm năm người dân chờ đợi."
BODY = (
    "Sáng 2/4, lễ khởi công diễn ra tại xã An Hạ với sự có mặt của hơn ba trăm hộ dân sống hai bên bờ sông.",
    "Chủ tịch tỉnh Lê Văn Đạt cho biết cây cầu có tổng vốn 850 tỷ đồng, dự kiến hoàn thành vào cuối năm 2027.",
    '"Chúng tôi sẽ không để công trình chậm một ngày nào", ông Đạt nói trước các nhà thầu và người dân địa phương.',
    "Trước đây, học sinh ở An Hạ phải đi đò qua sông, mất gần một giờ mỗi buổi sáng và phải nghỉ khi nước lớn.",
    "Theo thiết kế, cầu rộng 16 m với bốn làn xe, chịu được lũ lớn như trận lũ năm 1999 từng cuốn trôi bến đò.",
)
TITLE = "Khởi công cầu Sông Hạ sau mười lăm năm chờ đợi"
CAPTION = "Phối cảnh cầu Sông Hạ nhìn từ bờ đông. Ảnh: Ban quản lý dự án"
TEASERS = ("Giá lúa ở An Hạ tăng tuần thứ ba liên tiếp", "Ba xã ven sông được cấp nước sạch từ tháng năm")
COMMENT = "Mong cầu xong sớm để các cháu đi học không phải qua đò nữa, cảm ơn chính quyền tỉnh rất nhiều."
FOOTER = "Giấy phép số 12/GP-BTTTT. Tổng biên tập: Nguyễn Văn Mẫu. Hotline: 0900 000 000"
FURNITURE = (CAPTION, *TEASERS, COMMENT, FOOTER, "Thời sự", "Trang chủ", "Chia sẻ", "cầu Sông Hạ")


def paragraphs(texts: tuple[str, ...] = BODY, attributes: str = "") -> str:
    return "\n".join(f"<p{attributes}>{text}</p>" for text in texts)


def teasers(kind: str) -> str:
    return "".join(f'<{kind}><a href="/x-{n}.html">{text}</a></{kind}>' for n, text in enumerate(TEASERS))


MENU = "".join(
    f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(("Trang chủ", "Thời sự", "Thế giới"))
)

EXPRESS = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{TITLE} - Báo Nhanh</title>
<meta property="og:site_name" content="baonhanh.example"><meta property="og:title" content="{TITLE} - Báo Nhanh">
<meta property="og:url" content="https://baonhanh.example/cau-song-ha-1.html">
<link rel="canonical" href="https://baonhanh.example/cau-song-ha-1.html">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}",
 "datePublished": "2025-04-02T16:31:00+07:00", "dateModified": "2025-04-05T09:00:00+07:00",
 "author": {{"@type": "Person", "name": "Vũ Minh An"}}, "publisher": {{"name": "Báo Nhanh"}}}}</script></head><body>
<header class="section top-header"><a href="/">Báo Nhanh</a><ul class="menu">{MENU}</ul></header>
<section class="section page-detail"><div class="sidebar-1">
<div class="header-content"><ul class="breadcrumb">{MENU}</ul>
<span class="date">Thứ tư, 2/4/2025, 16:31 (GMT+7)</span></div>
<h1 class="title-detail">{TITLE}</h1><p class="description">{SAPO}</p>
<article class="fck_detail">{paragraphs(BODY[:2], ' class="Normal"')}
<figure class="tplCaption"><img alt="{CAPTION}"><figcaption><p class="Image">{CAPTION}</p></figcaption></figure>
{paragraphs(BODY[2:4], ' class="Normal"')}
<ul class="list-news related"><li><strong>Tin liên quan</strong></li>{teasers("li")}</ul>
{paragraphs(BODY[4:], ' class="Normal"')}
<p class="author_mail"><strong>Vũ Minh An</strong></p></article>
<div class="social_share"><a href="#">Chia sẻ</a></div>
<div class="tags"><h4 class="item-tag"><a href="/tag">cầu Sông Hạ</a></h4></div>
<div id="box_comment"><h3>Ý kiến</h3><p class="full_content">{COMMENT}</p></div></div></section>
<footer class="footer">{FOOTER}</footer></body></html>"""

YOUTH = f"""<html lang="vi-VN"><head><meta charset="utf-8"><title>{TITLE} | Báo Trẻ Mới</title>
<meta property="article:published_time" content="2025-04-02T16:31:00"><meta name="author" content="Vũ Minh An">
<meta property="og:site_name" content="Báo Trẻ Mới"></head><body>
<div class="header"><div class="menu-nav"><ul>{MENU}</ul></div></div>
<div class="detail__main"><div class="detail-top"><a class="category-page" href="/thoi-su">Thời sự</a>
<div class="detail-time">02/04/2025 16:31 GMT+7</div></div>
<h1 class="detail-title article-title">{TITLE}</h1><h2 class="detail-sapo" data-role="sapo">{SAPO}</h2>
<div class="detail-content afcbc-body" itemprop="articleBody">
<div class="VCSortableInPreviewMode" type="Photo"><img><div class="PhotoCMS_Caption"><p>{CAPTION}</p></div></div>
{paragraphs(BODY[:3])}
<div class="VCSortableInPreviewMode" type="RelatedOneNews"><a href="/x" class="title">{TEASERS[0]}</a></div>
{paragraphs(BODY[3:])}</div>
<div class="detail-tab"><a href="#">Trở lại chủ đề</a></div>
<div class="author-info"><a href="/tac-gia">Vũ Minh An</a></div>
<div class="detail__related"><h3>Tin liên quan</h3>{teasers("h4")}</div>
<div class="detail-tags tags"><a href="/t">cầu Sông Hạ</a></div>
<div class="comment-wrapper"><h3>Bình luận (1)</h3><p>{COMMENT}</p></div>
<div class="social"><span>Chia sẻ</span></div></div>
<div class="footer"><p>{FOOTER}</p></div></body></html>"""

PEOPLE = f"""<html lang="vi"><head><meta charset="utf-8"><title>{TITLE} | Dân Báo</title></head><body>
<header class="nt-menu"><nav><ol>{MENU}</ol></nav></header>
<main class="body container"><ul class="dt-breadcrumb">{MENU}</ul>
<article class="singular-container"><h1 class="title-page detail">{TITLE}</h1>
<div class="author-wrap"><div class="author-name"><b>Vũ Minh An</b></div>
<time class="author-time" datetime="2025-04-02 16:31">Thứ tư, 02/04/2025 - 16:31</time></div>
<h2 class="singular-sapo">(Dân Báo) - {SAPO}</h2>
<div class="singular-content">{paragraphs(BODY[:3])}
<figure class="image"><img><figcaption><p>{CAPTION}</p></figcaption></figure>
<p><a href="/x-1.html">&gt;&gt; Xem thêm: {TEASERS[0]}</a></p>
{paragraphs(BODY[3:])}</div>
<ul class="tags-wrap"><li><a href="/t">cầu Sông Hạ</a></li></ul></article>
<div class="article-related"><h3>Tin liên quan</h3>{teasers("h3")}</div>
<div class="comment-list"><div class="comment-item">{COMMENT}</div></div>
<a class="social-pc" href="#">Chia sẻ</a></main><footer>{FOOTER}</footer></body></html>"""

GOVERNMENT = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{TITLE}</title>
<meta name="author" content="Vũ Minh An"></head><body><form action="/" method="post">
<table width="100%"><tr><td><div id="topmenu"><ul>{MENU}</ul></div></td></tr><tr><td>
<div class="article-header"><h1 class="article__title">{TITLE}</h1>
<div class="article__meta"><span class="time">Thứ tư, 2/4/2025, 16:31 (GMT+7)</span></div></div>
<div class="article__sapo">{SAPO}</div><div class="article__body cms-body">
<table class="picture"><tr><td><img></td></tr><tr><td class="pCaption caption"><p>{CAPTION}</p></td></tr></table>
{paragraphs(BODY)}</div>
<div class="article__tag"><a href="/t">cầu Sông Hạ</a></div><div class="article-relate">{teasers("p")}</div>
<div id="comment"><div class="comment-content">{COMMENT}</div></div><div class="share"><a href="#">Chia sẻ</a></div>
</td></tr></table><div id="footer">{FOOTER}</div></form></body></html>"""

OUTLETS = {"express": EXPRESS, "youth": YOUTH, "people": PEOPLE, "government": GOVERNMENT}
