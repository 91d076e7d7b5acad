package import Screen

/// What the person asked for, before the terminal's own abilities are known.
package struct TerminalOptions: Sendable {
  /// When to use colours; `auto` means unless NO_COLOR is set and not empty.
  package enum Color: String, CaseIterable, Sendable { case auto, always, never }

  package var color: Color
  /// Draw with ASCII only, as in a locale without UTF-8.
  package var ascii: Bool
  package var mouse: Bool
  /// How it looks with colours.
  package var theme: Theme

  package init(
    color: Color = .auto, ascii: Bool = false, mouse: Bool = true, theme: Theme = .standard
  ) {
    self.theme = theme
    self.color = color
    self.ascii = ascii
    self.mouse = mouse
  }
}
