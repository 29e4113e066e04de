"""The programme: editions, and events of every kind with their registrations.

Webinars, datalabs, network events, hackathon days and meetings are one kind of row; what differs is who is let in and
how.

Words: edition, event, registration, waiting list, ticket, check-in, material, certificate.
Events: `programme.*` (see `events.py`).
"""
