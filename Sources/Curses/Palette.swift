internal import CNcurses
internal import Screen

/// Which attributes ncurses draws each style with.
struct Palette {
  /// By `Style.bits`.
  let attributes: [attr_t]

  /// Without colours, the roles that must stand out do so by bold or underlined text.
  init(colors: Bool) {
    let known: [Int16] = [1, 2, 3, 6]
    if colors {
      // The pairs have the colours' own numbers; the background stays the terminal's.
      for color in known { init_pair(color, color, -1) }
    }
    attributes = (0..<UInt32(Style.count)).map { bits in
      let style = Style(bits: bits)
      var attributes = Palette.attributes(of: style.role, colors)
      if style.isReversed { attributes |= screen_reverse }
      if style.isBold { attributes |= screen_bold }
      if style.isUnderlined { attributes |= screen_underline }
      if style.isDim { attributes |= screen_dim }
      return attributes
    }
  }

  private static func attributes(of role: Role, _ colors: Bool) -> attr_t {
    let (red, green, yellow, cyan): (Int32, Int32, Int32, Int32) = (1, 2, 3, 6)
    func hue(_ color: Int32) -> attr_t { colors ? screen_pair(color) : 0 }
    return switch role {
    case .plain, .label, .value, .border: 0
    case .title: screen_bold
    case .heading: screen_bold | hue(cyan)
    case .hint, .kept: screen_dim
    case .error: screen_bold | hue(red)
    case .warning: colors ? hue(yellow) : screen_underline
    case .success, .added: hue(green)
    case .changed: hue(yellow)
    case .removed: hue(red)
    case .key, .accent: colors ? hue(cyan) : screen_bold
    }
  }
}
