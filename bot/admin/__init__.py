"""What the people who run the bot see of it, as pure functions: messages in HTML, charts, files to export."""
