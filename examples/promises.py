"""Says what each side promised in the example talks, and by when."""

import communique

record = communique.read("examples/talks.txt")
for promise in record.commitments:
    debtors = " and ".join(party.name for party in promise.debtors)
    by = "no date" if promise.deadline is None else f"by {promise.deadline}"
    print(f"{debtors}, {by}:", " ".join(promise.quote.split()))
