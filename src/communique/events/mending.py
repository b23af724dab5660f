"""A slip of the parser that news provokes: a finite verb taken for a participle, and no verb left in the sentence."""

from __future__ import annotations

from dataclasses import replace

from communique.text.syntax import Parse

_NOUNS = ("NN", "NNS", "NNP", "NNPS")


def mended(parse: Parse) -> Parse:
    """Return the parse with the first participle of a sentence without verb put at its head."""
    root = next((i for i in range(len(parse)) if parse.heads[i] == i), None)
    if root is not None and len(parse.of(root, "nsubj")) > 1:
        return _with_two_subjects(parse, root)
    if root is None or parse.tags[root] not in _NOUNS or parse.of(root, "cop", "nsubj"):
        return parse
    for child in parse.of(root, "amod"):
        if parse.tags[child] in ("VBN", "VBD") and 0 < child < root and parse.tags[child - 1] in _NOUNS:
            return _with_object(parse, child, root)
    return _with_participle(parse, root)


def _with_two_subjects(parse: Parse, root: int) -> Parse:
    """ "Youths resorted to throwing stones, officials said": the first subject has the participle for its verb."""
    first = parse.of(root, "nsubj")[0]
    verbs = [
        c
        for c in parse.of(first, "acl")
        if parse.tags[c] in ("VBN", "VBD") and not parse.of(c, "auxpass", "nsubj")
    ]
    if not verbs:
        return parse
    tags, deps, heads = list(parse.tags), list(parse.deps), list(parse.heads)
    verb = verbs[0]
    tags[verb], deps[verb], heads[verb], heads[first] = "VBD", "ccomp", root, verb
    return replace(parse, tags=tuple(tags), deps=tuple(deps), heads=tuple(heads))


def _with_object(parse: Parse, verb: int, root: int) -> Parse:
    """ "Eritrea massed troops": the adjective is the verb, the noun it stands before its object."""
    tags, deps, heads = list(parse.tags), list(parse.deps), list(parse.heads)
    tags[verb], deps[verb], heads[verb] = "VBD", "ROOT", verb
    deps[root], heads[root] = "dobj", verb
    subject = verb - 1
    for child in parse.children[root]:
        if child < verb:
            heads[child] = subject
        elif child > root and parse.deps[child] in ("prep", "advcl", "npadvmod", "punct"):
            heads[child] = verb
    deps[subject], heads[subject] = "nsubj", verb
    return replace(parse, tags=tuple(tags), deps=tuple(deps), heads=tuple(heads))


def _with_participle(parse: Parse, root: int) -> Parse:
    """ "A Syrian newspaper called on Arabs to unite": the participle is the verb, the noun its subject."""
    verb = next(
        (
            c
            for c in parse.children[root]
            if c > root and parse.deps[c] in ("acl", "relcl") and parse.tags[c] in ("VBN", "VBD")
        ),
        None,
    )
    if verb is None or parse.of(verb, "nsubj", "nsubjpass", "aux", "auxpass"):
        return parse
    tags, deps, heads = list(parse.tags), list(parse.deps), list(parse.heads)
    tags[verb], deps[verb], heads[verb] = "VBD", "ROOT", verb
    deps[root], heads[root] = "nsubj", verb
    for child in parse.children[root]:
        if child > verb:
            heads[child] = verb
    return replace(parse, tags=tuple(tags), deps=tuple(deps), heads=tuple(heads))
