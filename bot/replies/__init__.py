"""What is shown of an answer, as pure functions: Telegram HTML, buttons, citations, links."""
