/// One key, or a run of printable keys, as the person at the keyboard means it.
package enum Key: Hashable, Sendable {
  /// Printable characters typed together, at least one.
  case text(String)
  /// A lower-case letter, `_` (also Ctrl-/), `space`, `\`, `]` or `^` held with Ctrl.
  case control(Character)
  /// Esc on its own.
  case escape
  /// A printable character of ASCII held with Alt, which sends Esc and the character at once.
  case alt(Character)
  case tab
  /// Shift-Tab.
  case backtab
  /// Return, Ctrl-J or the keypad's Enter.
  case enter
  /// Backspace, whether it sends ^? or ^H.
  case backspace
  case delete
  case insert
  case up
  case down
  case left
  case right
  case home
  case end
  case pageUp
  case pageDown
  /// Left with Ctrl or Alt.
  case wordLeft
  /// Right with Ctrl or Alt.
  case wordRight
  /// F1 is 1.
  case function(Int)
}
