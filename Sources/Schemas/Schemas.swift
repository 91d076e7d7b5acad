// The facts of each kind of object, release by release: fields, types, bounds, patterns, defaults,
// conditions, and a sentence of help for each. They check one object at a time.
//
// Invariants of this module
// - It knows the facts of each resource (fields, types, bounds, patterns, defaults, since when,
//   a sentence of help) and checks one value at a time; nothing here compares two objects.
// - It knows nothing of forms, findings or screens. Facts are values that never change.
// - Properties stand in the order in which they are printed.
// - No regular expression engine: each pattern is a walk over UTF-8 bytes.
