// YAML text and ordered values: reading text into values with positions, printing values, editing a
// text so that only the lines of a change differ, and comparing texts.
//
// Invariants of this module
// - It knows YAML text and ordered values, no Kubernetes kind, no form, no screen.
// - Values are values: a Node never changes under a reader, and `==` of two nodes that share
//   storage costs one comparison. Every cache of this project rests on that.
// - Two strings are the same when their bytes are: Unicode's canonical equivalence (é in one or in
//   two code points) is not YAML's.
// - libyaml is imported in one file, Foundation in none.
// - What is printed here reads back as the same value in every YAML 1.1 and 1.2 reader.
