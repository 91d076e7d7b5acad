internal import Schemas
internal import YAML

extension FormState {
  /// What a text that is no value of its field, or one that is refused, most likely means:
  /// `my-route` for `My_Route`, `5m` for `5 min`, `50M` for `50MB`; nil where nothing plain fits.
  package func repair(of text: String, at address: Address) -> String? {
    guard let property = address.object.resource.property(at: address.path) else { return nil }
    let candidates = [
      text.trimmed, Self.withUnits(text), Self.digits(text), Self.name(text),
    ]
    return candidates.first { candidate in
      guard candidate != text, !candidate.isEmpty,
        case .success(let node) = property.value(from: candidate)
      else { return false }
      return property.violations(in: node).isEmpty
    }
  }

  /// The units that people write for those of durations and sizes.
  private static let units: [(said: String, meant: String)] = [
    ("milliseconds", "ms"), ("millisecond", "ms"), ("msec", "ms"), ("seconds", "s"),
    ("second", "s"), ("secs", "s"), ("sec", "s"), ("minutes", "m"), ("minute", "m"), ("mins", "m"),
    ("min", "m"), ("hours", "h"), ("hour", "h"), ("hrs", "h"), ("hr", "h"), ("kib", "Ki"),
    ("mib", "Mi"), ("gib", "Gi"), ("kb", "k"), ("mb", "M"), ("gb", "G"), ("ki", "Ki"),
    ("mi", "Mi"), ("gi", "Gi"), ("bytes", ""), ("byte", ""),
  ]

  /// A number with its unit as Kubernetes writes it, without blanks.
  private static func withUnits(_ text: String) -> String {
    let compact = text.filter { !$0.isWhitespace }
    let unit = compact.drop { $0.isNumber || $0 == "." }
    guard unit.count < compact.count, !unit.isEmpty else { return compact }
    let meant = units.first { $0.said == unit.lowercased() }?.meant ?? unit.lowercased()
    return compact.dropLast(unit.count) + meant
  }

  /// A number in which a letter was taken for a digit.
  private static func digits(_ text: String) -> String {
    String(text.trimmed.map { $0 == "O" || $0 == "o" ? "0" : $0 == "l" || $0 == "I" ? "1" : $0 })
  }

  /// A name as Kubernetes takes it: small letters, digits and hyphens.
  private static func name(_ text: String) -> String {
    var name = ""
    for letter in text.trimmed.lowercased() {
      let isPlain = letter.isASCII && (letter.isLetter || letter.isNumber || letter == ".")
      if isPlain { name.append(letter) } else if name.last != "-" { name.append("-") }
    }
    while let last = name.last, last == "-" || last == "." { name.removeLast() }
    while let first = name.first, first == "-" || first == "." { name.removeFirst() }
    return name
  }
}
