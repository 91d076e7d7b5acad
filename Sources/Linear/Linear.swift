// The wizard as questions and answers, a line each, for people who read a terminal by ear or finger, or
// has none.
//
// Invariants of this module
// - It asks about the same form as the screen, from the same steps and rows; every change is a
//   request to the wizard, so that drafts, undo and files are the same too.
// - It is pure: an answer comes in as a text, lines and requests go out. It knows no stream and no
//   file.
// - Any stream of empty answers comes to an end.
// - What it says is words: no sign is needed to understand a line.
