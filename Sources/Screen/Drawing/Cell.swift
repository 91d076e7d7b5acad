/// One column of one row: what stands there and how it looks, in eight bytes without padding.
package struct Cell: Hashable, Sendable {
  /// A Unicode scalar, `continuation`, or a place in the frame's graphemes above `graphemeBase`.
  package var glyph: UInt32
  package var style: Style

  package init(_ glyph: UInt32, _ style: Style = .plain) {
    self.glyph = glyph
    self.style = style
  }

  /// The glyph of the second column of a wide character.
  package static let continuation: UInt32 = 0
  /// Glyphs from here on are places in `Frame.graphemes`.
  package static let graphemeBase: UInt32 = 0x8000_0000

  package static let blank = Cell(0x20)
}

/// The line-drawing glyphs; a terminal without them shows `-`, `|` and `+`.
package enum Box: UInt32, CaseIterable, Hashable, Sendable {
  case horizontal = 0x2500
  case vertical = 0x2502
  case topLeft = 0x250c
  case topRight = 0x2510
  case bottomLeft = 0x2514
  case bottomRight = 0x2518
  /// `├`
  case teeRight = 0x251c
  /// `┤`
  case teeLeft = 0x2524
  /// `┬`
  case teeDown = 0x252c
  /// `┴`
  case teeUp = 0x2534
  case cross = 0x253c
}
