/// What a piece of text means; the terminal decides which colour that is, if any.
package enum Role: UInt8, CaseIterable, Hashable, Sendable {
  case plain, title, label, value, heading, hint
  case error, warning, success
  case added, changed, removed, kept
  case key, border, accent
}

/// How a cell looks: a role and the attributes that also a terminal without colours has.
package struct Style: Hashable, Sendable {
  /// The role in the low five bits, one bit an attribute above them.
  package private(set) var bits: UInt32

  private static let roleMask: UInt32 = 0x1f
  private static let reversed: UInt32 = 0x20
  private static let bold: UInt32 = 0x40
  private static let underlined: UInt32 = 0x80
  private static let dim: UInt32 = 0x100

  /// How many values `bits` can have: `0..<Style.count`.
  package static let count = 0x200

  package init(
    _ role: Role = .plain, reversed: Bool = false, bold: Bool = false, underlined: Bool = false,
    dim: Bool = false
  ) {
    bits = UInt32(role.rawValue)
    isReversed = reversed
    isBold = bold
    isUnderlined = underlined
    isDim = dim
  }

  /// The style of given `bits`; a role that is none reads as plain.
  package init(bits: UInt32) { self.bits = bits & (UInt32(Style.count) - 1) }

  package static let plain = Style()

  package var role: Role {
    get { Role(rawValue: UInt8(bits & Style.roleMask)) ?? .plain }
    set { bits = bits & ~Style.roleMask | UInt32(newValue.rawValue) }
  }

  package var isReversed: Bool {
    get { bits & Style.reversed != 0 }
    set { set(Style.reversed, newValue) }
  }

  package var isBold: Bool {
    get { bits & Style.bold != 0 }
    set { set(Style.bold, newValue) }
  }

  package var isUnderlined: Bool {
    get { bits & Style.underlined != 0 }
    set { set(Style.underlined, newValue) }
  }

  package var isDim: Bool {
    get { bits & Style.dim != 0 }
    set { set(Style.dim, newValue) }
  }

  private mutating func set(_ mask: UInt32, _ on: Bool) {
    bits = on ? bits | mask : bits & ~mask
  }
}
