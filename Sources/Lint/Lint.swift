// Documents to findings: what the API server refuses, what the generated HTTPRoute cannot hold, what
// the controllers ignore, and what experience advises against, each with a fix where there is one.
//
// Invariants of this module
// - It turns documents into findings; it knows no form state and no screen.
// - Findings are a pure function of the documents and the release: a linter that has seen other
//   documents before gives the same ones, only sooner.
// - One rule a file, in the folder of its source, listed in Rule+All.swift; each has a stable id
//   that never means another thing.
// - Messages are our own words, in lower case, without a full stop, and say what would be right.
