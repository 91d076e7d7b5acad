/// How each role looks: a colour of the terminal's palette, on its own background, and attributes.
package struct Theme: Hashable, Sendable {
  /// How one role looks.
  package struct Look: Hashable, Sendable {
    /// A colour of the palette, 0 to 255; nil for the terminal's own.
    package var color: UInt8?
    package var isBold = false
    package var isDim = false
    package var isUnderlined = false
    package var isReversed = false

    package init(
      _ color: UInt8? = nil, bold: Bool = false, dim: Bool = false, underlined: Bool = false,
      reversed: Bool = false
    ) {
      self.color = color
      isBold = bold
      isDim = dim
      isUnderlined = underlined
      isReversed = reversed
    }
  }

  private var looks: [Role: Look]

  package subscript(role: Role) -> Look {
    get { looks[role] ?? Look() }
    set { looks[role] = newValue }
  }

  /// The themes that need no file, by the names that the configuration knows them by.
  package static let named: [(name: String, theme: Theme)] = [
    ("default", .standard), ("high-contrast", .highContrast), ("mono", .mono),
  ]

  /// Eight colours, what stands out in bold.
  package static let standard = Theme(looks: [
    .title: Look(bold: true), .heading: Look(cyan, bold: true), .hint: Look(dim: true),
    .kept: Look(dim: true), .error: Look(red, bold: true), .warning: Look(yellow),
    .success: Look(green), .added: Look(green), .changed: Look(yellow), .removed: Look(red),
    .key: Look(cyan), .accent: Look(cyan),
  ])

  /// Nothing dim, and what is coloured is bold.
  package static let highContrast = Theme(looks: [
    .title: Look(bold: true), .label: Look(bold: true),
    .heading: Look(bold: true, underlined: true),
    .error: Look(red, bold: true, underlined: true), .warning: Look(yellow, bold: true),
    .success: Look(green, bold: true), .added: Look(green, bold: true),
    .changed: Look(yellow, bold: true), .removed: Look(red, bold: true, underlined: true),
    .key: Look(cyan, bold: true), .accent: Look(cyan, bold: true),
  ])

  /// Bold, dim and underlined text, for terminals and people without colours.
  package static let mono = Theme(looks: [
    .title: Look(bold: true), .heading: Look(bold: true), .hint: Look(dim: true),
    .kept: Look(dim: true), .error: Look(bold: true), .warning: Look(underlined: true),
    .key: Look(bold: true), .accent: Look(bold: true),
  ])

  /// The names of the palette's first colours, in order.
  package static let colors = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
  ]
  private static let (red, green, yellow, cyan): (UInt8, UInt8, UInt8, UInt8) = (1, 2, 3, 6)
}

extension Theme.Look {
  /// The words for what is not a colour.
  package static let attributes = ["bold", "dim", "underlined", "reversed"]

  /// Reads words such as `bold red` or `underlined 208`; nil where one is neither a colour nor an
  /// attribute.
  package init?(_ text: String) {
    self.init()
    for word in text.split(separator: " ") {
      switch word {
      case "bold": isBold = true
      case "dim": isDim = true
      case "underlined": isUnderlined = true
      case "reversed": isReversed = true
      default:
        guard
          let color = Theme.colors.firstIndex(of: String(word)).map({ UInt8($0) }) ?? UInt8(word)
        else { return nil }
        self.color = color
      }
    }
  }
}
