"""What a proof found, by the names of its claims."""


def all_of(evidence):
    return {claim.name for claim in evidence.claims}


def held(evidence):
    return {claim.name for claim in evidence.claims if claim.holds}


def refuted(evidence):
    return all_of(evidence) - held(evidence)
