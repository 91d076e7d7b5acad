// RE2's syntax and a matcher for it: Envoy matches headers and hosts with RE2.
//
// Invariants of this module
// - What RE2 refuses is refused, with the place in the text; what it accepts is accepted, but for
//   scripts such as \p{Greek}, whose tables are too large for this program (`isUnknownHere`).
// - What Go's regexp refuses of that is known as well (`refusalByGo`), as far as it is syntax.
// - Time is at most the length of the program times the length of the text, and nothing recurses:
//   neither a deep expression nor a long text can hang or crash the program.
// - A match is always of the whole text, so greediness says nothing and groups capture nothing.
