"""The doors for programs: feeds, documents of one thing, addresses of things, lists."""
