/// Why the terminal cannot be used for a screen.
package enum TerminalError: Error, Hashable, Sendable {
  case noTerminal
  case noType
  case unknownType(String)
  /// The terminal cannot move its cursor, as TERM=dumb cannot.
  case noCursorAddressing(String)
  case failed(String)
}

extension TerminalError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noTerminal: "There is no terminal to draw on."
    case .noType: "The environment variable TERM is not set."
    case .unknownType(let name): "The terminal type \"\(name)\" is unknown here; check TERM."
    case .noCursorAddressing(let name):
      "The terminal type \"\(name)\" cannot move the cursor; set another TERM."
    case .failed(let what): "The terminal cannot be set up: \(what)."
    }
  }
}
