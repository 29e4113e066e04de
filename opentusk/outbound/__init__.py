"""The only way out: every request that the portal makes to somebody else's server.

Addresses are checked when the connection is made, so neither a redirect nor a name that changes its mind leads
into our own network. Every answer is limited in size, before and after decompression, and in time. A host gets one
request at a time and as much rest as it asks for.

Words: answer, refused (we do not make this request), unreachable (we made it and got no usable answer), turn.
Events: none.
"""
