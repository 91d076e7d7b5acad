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
    case .noTerminal: "there is no terminal to draw on"
    case .noType: "the environment variable TERM is not set"
    case .unknownType(let name): "the terminal type \"\(name)\" is unknown here; check TERM"
    case .noCursorAddressing(let name):
      "the terminal type \"\(name)\" cannot move the cursor; set another TERM"
    case .failed(let what): "the terminal cannot be set up: \(what)"
    }
  }
}
