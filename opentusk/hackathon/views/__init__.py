"""Pages of the hackathon room."""
