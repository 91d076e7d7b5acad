internal import CNcurses
internal import Screen

/// Which attributes ncurses draws each style with.
struct Palette {
  /// By `Style.bits`.
  let attributes: [attr_t]

  /// Without colours, what must stand out does so as in the theme without them.
  init(_ theme: Theme, colors: Bool) {
    let theme = colors ? theme : .mono
    // A pair for each colour that is used, on the terminal's own background.
    var pairs: [UInt8: Int32] = [:]
    let roles = Role.allCases.map { role in
      let look = theme[role]
      var attributes: attr_t = 0
      if look.isBold { attributes |= screen_bold }
      if look.isDim { attributes |= screen_dim }
      if look.isUnderlined { attributes |= screen_underline }
      if look.isReversed { attributes |= screen_reverse }
      guard let color = look.color.flatMap(Palette.known) else { return attributes }
      let pair = pairs[color] ?? Int32(pairs.count + 1)
      if pairs[color] == nil { init_pair(Int16(pair), Int16(color), -1) }
      pairs[color] = pair
      return attributes | screen_pair(pair)
    }
    attributes = (0..<UInt32(Style.count)).map { bits in
      let style = Style(bits: bits)
      var attributes = roles[Int(style.role.rawValue)]
      if style.isReversed { attributes |= screen_reverse }
      if style.isBold { attributes |= screen_bold }
      if style.isUnderlined { attributes |= screen_underline }
      if style.isDim { attributes |= screen_dim }
      return attributes
    }
  }

  /// The colour where the terminal has it; of a bright one that it lacks the plain one.
  private static func known(_ color: UInt8) -> UInt8? {
    if Int32(color) < screen_colors() { return color }
    return (8..<16).contains(color) ? color - 8 : nil
  }
}
