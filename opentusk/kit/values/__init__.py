"""One value mended at a time: dates, addresses, e-mails, texts, codes."""
