// What a terminal shows and sends, as values: frames of cells, keys, pasted text, a line editor.
//
// Invariants of this module
// - It knows what a terminal shows and sends, as values. It does not know that ncurses exists, nor
//   forms, YAML or Kubernetes; it reads no clock, no environment and no file.
// - Nothing that comes in traps: bytes, sizes, columns and offsets may be anything.
// - A Frame holds no control character and no invisible one: what a terminal would run or hide is
//   spelt out when it is drawn.
// - A terminal's sequence never becomes typed text, however it is torn.
