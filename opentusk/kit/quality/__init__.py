"""How good a description is: the rule book a person is judged by, and the European score a catalogue is ranked by.

`rulebook` speaks of records, in words a publisher can act on; some of its rules block publication. `mqa` counts the
405 points of data.europa.eu on the graph we emit, says what is missing and never blocks anything.
"""
