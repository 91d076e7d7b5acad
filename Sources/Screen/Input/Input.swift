/// An input event from the terminal.
package enum Input: Hashable, Sendable {
  case key(Key)
  /// Text that came too fast to be typed, or in paste brackets; lines end in `\n`, and there is no
  /// other control character than `\t` in it. It never runs a command.
  case paste(String)
  case mouse(MouseEvent)
  case resized(Size)
  case ended(EndCause)
  /// Letters came that the locale's character set lacks, so that nobody knows which.
  case refused
  /// The Esc given last was the beginning of a sequence that came in pieces, and no key.
  case torn
  /// The program runs again after it was stopped; the screen was repainted.
  case resumed
}

/// A press of a mouse button or a step of its wheel; rows and columns count from 0.
package struct MouseEvent: Hashable, Sendable {
  package enum Action: Hashable, Sendable {
    case press(Button)
    case wheelUp
    case wheelDown
  }

  package enum Button: Hashable, Sendable { case left, middle, right }

  package var action: Action
  package var row: Int
  package var column: Int

  package init(_ action: Action, row: Int, column: Int) {
    self.action = action
    self.row = row
    self.column = column
  }
}

/// Why no more input will come.
package enum EndCause: Hashable, Sendable {
  /// The terminal hung up or was closed.
  case endOfFile
  /// A signal from outside (its number), to be raised again once the terminal is given back.
  case signal(Int32)
}
