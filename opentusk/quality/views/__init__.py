"""The pages of the quality room: suspicions of personal data, and links that do not answer."""
