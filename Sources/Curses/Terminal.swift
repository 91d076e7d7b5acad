package import Screen

/// The terminal the program was started on: frames out, inputs in.
package final class Terminal {
  /// Whether only ASCII can be shown: asked for, or the locale is not UTF-8.
  package let isASCII: Bool
  package private(set) var size: Size

  package init(_ options: TerminalOptions) throws(TerminalError) {
    isASCII = options.ascii
    size = Size(rows: 24, columns: 80)
    throw .noTerminal
  }

  /// Waits for input, as long as it takes, and gives all that is there; never empty.
  package func next() -> [Input] { [.ended(.endOfFile)] }

  /// Shows a frame, writing only what differs from the last one.
  package func draw(_ frame: Frame) {}

  /// Writes the last frame again, all of it.
  package func redraw() {}

  package func setMouse(_ on: Bool) {}

  /// Stops the process as Ctrl-Z does and returns when it goes on; false where no shell could
  /// wake it.
  package func suspend() -> Bool { false }

  /// Gives the terminal back for a while, to run another program on it.
  package func leave() {}

  /// Takes the terminal again after `leave`; draw afterwards.
  package func reenter() {}

  /// Gives the terminal back as it was found; may be called again.
  package func close() {}
}
