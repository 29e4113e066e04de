"""What the national and the European catalogue take from us, and what they show of it.

For the operator and for each body: the address to register, the report, the message ready to send, who came to read
and when, the score that is predicted, and the differences with what is shown elsewhere.

Who reads is noted beside the answer, as a line in a file (`noting.py`): no row is written by a request, and no address
of a machine is ever kept. Once a minute the lines become *visits* (`visits.py`). Where the operator says which address
the national catalogue has, it is asked once a week what it shows of each body, and compared (`comparing.py`).

Words: federation, reader (who harvests us), visit, registration, reading (of the national catalogue), finding.
Events: `federation.*` (see `events.py`).
"""
