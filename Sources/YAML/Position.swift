/// A place in a text: line and column, both from 1, columns in characters (Unicode scalars).
package struct Position: Hashable, Comparable, Sendable, CustomStringConvertible {
  private var storedLine: UInt32
  private var storedColumn: UInt32

  package init(line: Int, column: Int) {
    storedLine = UInt32(clamping: line)
    storedColumn = UInt32(clamping: column)
  }

  package var line: Int { Int(storedLine) }
  package var column: Int { Int(storedColumn) }

  package static func < (left: Position, right: Position) -> Bool {
    (left.storedLine, left.storedColumn) < (right.storedLine, right.storedColumn)
  }

  /// `line:column`, as compilers write it.
  package var description: String { "\(storedLine):\(storedColumn)" }
}

/// A parser's message about a place in a text.
package struct Problem: Hashable, Sendable {
  /// How bad it is: an error makes the text mean something else than it says, or nothing at all.
  package enum Severity: Hashable, Sendable { case error, warning, note }

  package var position: Position
  package var message: String
  package var severity: Severity
  /// Which of the text's documents it is in, from 0, empty ones not counted.
  package var document = 0
  /// Whether the document could not be read at all.
  package var isFatal = false

  package init(_ position: Position, _ message: String, _ severity: Severity = .error) {
    self.position = position
    self.message = message
    self.severity = severity
  }

  /// The line, from 1.
  package var line: Int { position.line }
  /// The column in characters, from 1.
  package var column: Int { position.column }
}
