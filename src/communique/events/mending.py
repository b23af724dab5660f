"""One slip of the parser that news provokes: a finite verb taken for a participle of its own subject.

"A Syrian newspaper called on Arabs to unite" is to it a newspaper that is called; no verb is left to head the sentence.
"""

from __future__ import annotations

from dataclasses import replace

from communique.text.syntax import Parse

_NOUNS = ("NN", "NNS", "NNP", "NNPS")


def mended(parse: Parse) -> Parse:
    """Return the parse with the first participle of a sentence without verb put at its head."""
    root = next((i for i in range(len(parse)) if parse.heads[i] == i), None)
    if root is None or parse.tags[root] not in _NOUNS or parse.of(root, "cop", "nsubj"):
        return parse
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
