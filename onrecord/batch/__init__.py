"""The work of `annotate` on a whole archive: shards of reports to parts, on the cores of one machine or on many.

What a shard becomes is a pure function of its reports and the engine, made in workers (`worker`, `crew`, `cluster`);
one driver (`running`) cuts the shards, hands them out and writes the parts. So all that a crash can cost is the
shards under way, and every kind of worker gives the same bytes.
"""
