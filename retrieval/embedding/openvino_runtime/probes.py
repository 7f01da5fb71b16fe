"""Texts that a converted model is compared with its original on."""

PROBES = (
    "Xin chào",
    "Thủ đô của Việt Nam là thành phố nào?",
    "Which river flows through the old town, and when was the bridge over it built?",
    "Столица Вьетнама расположена на берегах Красной реки. " * 6,
    "Hội nghị đã thông qua nghị quyết về bảo vệ rừng ngập mặn ven biển. " * 40,
)
