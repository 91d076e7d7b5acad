/// What a frame shows for a character: itself, or a spelling of what must not reach a terminal.
enum Glyphs {
  /// One thing to draw.
  enum Glyph {
    /// A scalar of one or two columns.
    case scalar(Unicode.Scalar, columns: Int)
    /// A base with what combines with it, of one or two columns.
    case cluster(String, columns: Int)

    var columns: Int {
      switch self {
      case .scalar(_, let columns), .cluster(_, let columns): columns
      }
    }
  }

  /// More scalars than this on one base are spelt out.
  private static let clusterLimit = 16

  /// Calls `body` with each thing to draw for a character, from left to right.
  static func visit(_ character: Character, _ body: (Glyph) -> Void) {
    let scalars = character.unicodeScalars
    guard let base = scalars.first else { return }
    let columns = isShown(base) ? Width.columns(of: base) : 0
    if columns == 0 {
      for scalar in scalars { visit(alone: scalar, body) }
      return
    }
    var cluster = String.UnicodeScalarView([base])
    var rest = scalars.dropFirst()
    while let scalar = rest.first, cluster.count < clusterLimit, joins(scalar, base) {
      cluster.append(scalar)
      rest = rest.dropFirst()
    }
    if cluster.count == 1 {
      body(.scalar(base, columns: columns))
    } else {
      body(.cluster(String(cluster), columns: columns))
    }
    for scalar in rest { visit(alone: scalar, body) }
  }

  private static func visit(alone scalar: Unicode.Scalar, _ body: (Glyph) -> Void) {
    let columns = isShown(scalar) ? Width.columns(of: scalar) : 0
    if columns > 0 {
      body(.scalar(scalar, columns: columns))
    } else {
      for letter in spelling(of: scalar).unicodeScalars { body(.scalar(letter, columns: 1)) }
    }
  }

  /// Whether a scalar may reach the screen: it is assigned, and it is seen.
  fileprivate static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value < 0x7f }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      return false
    default: return !scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// Whether a scalar is drawn over or together with the base before it.
  private static func joins(_ scalar: Unicode.Scalar, _ base: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200c, 0x200d, 0xfe00...0xfe0f, 0xe0100...0xe01ef:
      // Invisible: only where it changes how the base looks, so that nothing hides beside a letter.
      return !base.isASCII
        && (base.properties.isEmoji || base.properties.generalCategory == .otherLetter)
    case 0x1f3fb...0x1f3ff, 0x1160...0x11ff, 0xd7b0...0xd7ff: return true
    default:
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .spacingMark:
        return !scalar.properties.isDefaultIgnorableCodePoint
      default:
        return base.properties.isEmoji && scalar.properties.isEmojiPresentation
          && !isRegionalIndicator(scalar)
      }
    }
  }

  private static func isRegionalIndicator(_ scalar: Unicode.Scalar) -> Bool {
    (0x1f1e6...0x1f1ff).contains(scalar.value)
  }

  /// The escape that a double-quoted YAML string has for a scalar.
  fileprivate static func spelling(of scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\t": return "\\t"
    case "\n": return "\\n"
    case "\r": return "\\r"
    default:
      let digits = String(scalar.value, radix: 16)
      let (mark, width) =
        scalar.value <= 0xff ? ("\\x", 2) : scalar.value <= 0xffff ? ("\\u", 4) : ("\\U", 8)
      return mark + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
  }
}

extension String {
  /// The text as a frame draws it: what a terminal would run or hide is spelt out.
  package var asDrawn: String {
    var text = ""
    for character in self {
      Glyphs.visit(character) { glyph in
        switch glyph {
        case .scalar(let scalar, _): text.unicodeScalars.append(scalar)
        case .cluster(let cluster, _): text += cluster
        }
      }
    }
    return text
  }

  /// The text with what a terminal would run or hide spelt out as a frame does; lines stay lines.
  package var spelledOut: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if scalar == "\n" || Glyphs.isShown(scalar) {
        text.append(scalar)
      } else {
        text.append(contentsOf: Glyphs.spelling(of: scalar).unicodeScalars)
      }
    }
    return String(text)
  }
}
