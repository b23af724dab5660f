"""The same reading, on Spark: many documents in, tables out, whole however often it is interrupted.

    inputs ─▶ plan ─▶ parts ─ spark ─▶ workers, each with a reader beside it ─▶ parts committed ─▶ tables

A part is a slice of the input. It is read by one worker and committed at once: before, nothing of it is seen, and
afterwards it is never read again. What was committed when a job ends, however it ends, is kept for the next run.
"""
