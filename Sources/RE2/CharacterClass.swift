/// A set of scalars that has a name in RE2.
enum CharacterClass: Equatable, Sendable {
  case any
  /// A class of ASCII, its first and last letters in turn.
  case ascii([UInt8])
  /// A general category of Unicode, or the first letter of several.
  case category(String)

  func contains(_ value: UInt32) -> Bool {
    switch self {
    case .any: return true
    case .ascii(let bounds):
      return stride(from: 0, to: bounds.count - 1, by: 2).contains {
        UInt32(bounds[$0]) <= value && value <= UInt32(bounds[$0 + 1])
      }
    case .category(let name):
      guard let scalar = Unicode.Scalar(value) else { return name == "C" || name == "Cs" }
      return scalar.properties.generalCategory.code.utf8.starts(with: name.utf8)
    }
  }

  /// About as many instructions as RE2 makes of the group.
  var cost: Int {
    switch self {
    case .any: 12
    case .ascii(let bounds): max(bounds.count - 1, 1)
    case .category(let name): Self.cost(ofCategory: name) ?? 1
    }
  }

  /// The group that \d, \s or \w names.
  static func perl(_ letter: UInt8) -> CharacterClass? {
    switch letter {
    case UInt8(ascii: "d"): .ascii([0x30, 0x39])
    case UInt8(ascii: "s"): .ascii([0x09, 0x0A, 0x0C, 0x0D, 0x20, 0x20])
    case UInt8(ascii: "w"): .ascii([0x30, 0x39, 0x41, 0x5A, 0x5F, 0x5F, 0x61, 0x7A])
    default: nil
    }
  }

  /// The group that `[:name:]` names.
  static func posix(_ name: String) -> CharacterClass? {
    switch name {
    case "alnum": .ascii([0x30, 0x39, 0x41, 0x5A, 0x61, 0x7A])
    case "alpha": .ascii([0x41, 0x5A, 0x61, 0x7A])
    case "ascii": .ascii([0x00, 0x7F])
    case "blank": .ascii([0x09, 0x09, 0x20, 0x20])
    case "cntrl": .ascii([0x00, 0x1F, 0x7F, 0x7F])
    case "digit": .ascii([0x30, 0x39])
    case "graph": .ascii([0x21, 0x7E])
    case "lower": .ascii([0x61, 0x7A])
    case "print": .ascii([0x20, 0x7E])
    case "punct": .ascii([0x21, 0x2F, 0x3A, 0x40, 0x5B, 0x60, 0x7B, 0x7E])
    case "space": .ascii([0x09, 0x0D, 0x20, 0x20])
    case "upper": .ascii([0x41, 0x5A])
    case "word": perl(UInt8(ascii: "w"))
    case "xdigit": .ascii([0x30, 0x39, 0x41, 0x46, 0x61, 0x66])
    default: nil
    }
  }

  /// The general category, or first letter of several, that \p{name} names.
  static func unicode(_ name: String) -> CharacterClass? {
    if name == "Any" { return .any }
    return cost(ofCategory: name) == nil ? nil : .category(name)
  }

  /// About as many instructions as RE2 makes of a general category that it knows; these numbers
  /// were measured.
  private static func cost(ofCategory name: String) -> Int? {
    switch name {
    case "Cc", "Co", "Cs", "Lt", "Me", "Pc", "Pf", "Pi", "Z", "Zl", "Zp", "Zs": 20
    case "Cf", "Nl", "Pd", "Sc", "Sk": 65
    case "C", "Nd", "Pe", "Ps", "Sm": 140
    case "Lm", "No": 210
    case "Mc", "N": 370
    case "P", "Po", "So": 490
    case "S": 630
    case "M", "Mn": 735
    case "Ll", "Lu": 905
    case "Lo": 1250
    case "L": 1565
    default: nil
    }
  }

  /// Whether the name of a captured group may have the scalar.
  static func fitsName(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return UInt8(truncatingIfNeeded: scalar.value).isWord }
    return "Lu Ll Lt Lm Lo Nl Mn Mc Nd Pc".lists(scalar.properties.generalCategory.code)
  }
}

extension String {
  /// Whether one of its words, which have a space between them, is this one.
  func lists(_ word: String) -> Bool {
    utf8.split(separator: UInt8(ascii: " ")).contains { $0.elementsEqual(word.utf8) }
  }
}

extension Unicode.GeneralCategory {
  /// Unicode's short name; none for what is not assigned, which RE2 does not know.
  fileprivate var code: String {
    switch self {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    case .unassigned: ""
    @unknown default: ""
    }
  }
}
