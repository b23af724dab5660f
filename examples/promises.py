"""Says what each side promised in the example talks, and by when."""

import communique

record = communique.read("examples/talks.txt")
for promise in record.commitments:
    debtors = " and ".join(party.name for party in promise.debtors)
    print(f"{debtors}, by {promise.deadline}:", " ".join(promise.quote.split()))
