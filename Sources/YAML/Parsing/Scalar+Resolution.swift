/// What Kubernetes' reader makes of a scalar without quotes.
///
/// YAML 1.1 as sigs.k8s.io/yaml reads it, seen through the JSON it hands on: `yes` is a bool,
/// `0o17`, `1_000` and `1e3` are integers, `1:30` and `2024-05-21` stay strings
/// (go.yaml.in/yaml v2.4.4, resolve.go).
extension Scalar {
  /// A scalar without quotes, its kind as Kubernetes types it.
  package init(plain text: String) {
    self.init(text, text.withBytes(Scalar.kind(ofPlain:)))
  }

  /// The value of an integer in any of its spellings, nil for any other kind.
  package var integer: Int? {
    guard kind == .integer else { return nil }
    return text.withBytes { Scalar.number($0)?.integer }.flatMap { Int(exactly: $0) }
  }

  /// The value of a bool in any of its spellings, nil for any other kind.
  package var bool: Bool? {
    guard kind == .bool else { return nil }
    return text.withBytes { Scalar.spelled($0, ["y", "yes", "true", "on"]) }
  }

  /// Whether it is an infinity or not a number.
  var isInfinite: Bool {
    text.withBytes { text in
      if case .float(let value) = Scalar.number(text) { !value.isFinite } else { false }
    }
  }

  /// Whether it is a whole number already before it becomes JSON, which `8000.0` and `1e3` are not.
  var isWrittenWhole: Bool {
    guard kind == .integer || kind == .float else { return false }
    return text.withBytes { text in
      Scalar.withoutUnderscores(text) {
        Scalar.integer($0) != nil || Scalar.signedBinary($0) != nil
      }
    }
  }

  /// The key that a scalar becomes in JSON; nil for a whole number that none is made of.
  var nameAsKey: String? {
    if let bool { return bool ? "true" : "false" }
    if isWrittenWhole { return integer.map { String($0) } }
    switch text.withBytes(Scalar.number) {
    case .integer(0) where text.utf8.first == Byte.dash: return "-0"
    case .integer(let value): return Float(value).nameAsKey
    case .float(let value): return Float(value).nameAsKey
    case nil: return text
    }
  }

  static func kind(ofPlain text: UnsafeBufferPointer<UInt8>) -> Kind {
    guard let first = text.first else { return .null }
    switch Byte.lowercased(first) {
    case UInt8(ascii: "y"), UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "f"),
      UInt8(ascii: "o"):
      guard text.count <= 5 else { return .string }
      if spelled(text, ["y", "n", "yes", "no", "on", "off", "true", "false"]) { return .bool }
      return spelled(text, ["null"]) ? .null : .string
    case UInt8(ascii: "~"): return text.count == 1 ? .null : .string
    case Byte.zero...Byte.nine, UInt8(ascii: "+"), Byte.dash, Byte.dot:
      return number(text).map { $0.integer == nil ? .float : .integer } ?? .string
    default: return .string
    }
  }

  /// Whether a text is one of some words, in lower case, upper case or capitalized.
  private static func spelled(
    _ text: UnsafeBufferPointer<UInt8>, _ words: [StaticString]
  ) -> Bool {
    words.contains { word in
      word.withUTF8Buffer { word in
        guard word.count == text.count, text.lazy.map(Byte.lowercased).elementsEqual(word) else {
          return false
        }
        let upper = text.lazy.map { $0 & 0x20 == 0 }
        return !upper.dropFirst().contains(true) || !upper.contains(false)
      }
    }
  }

  // MARK: Numbers

  /// A number as the JSON has it that Kubernetes makes of the YAML.
  enum Number: Equatable {
    case integer(Int64)
    /// A fraction, or a whole number beyond 64 bits.
    case float(Double)

    var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
  }

  /// The number that a text without quotes spells, nil where it spells none.
  static func number(_ text: UnsafeBufferPointer<UInt8>) -> Number? {
    if let special = special(text) { return .float(special) }
    if text.first == Byte.dot {
      // The one spelling in which underscores have to stand between digits.
      guard groupsDigits(text) else { return nil }
      return withoutUnderscores(text, decimal)
    }
    return withoutUnderscores(text) { integer($0) ?? decimal($0) ?? signedBinary($0) }
  }

  /// Hands over a text without its underscores; the text itself where it has none, as nearly all do.
  private static func withoutUnderscores<Result>(
    _ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    guard text.contains(Byte.underscore) else { return body(text) }
    return text.filter { $0 != Byte.underscore }.withUnsafeBufferPointer(body)
  }

  private static func special(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    let sign = text.first == Byte.dash || text.first == UInt8(ascii: "+")
    let word = UnsafeBufferPointer(rebasing: sign ? text.dropFirst() : text[...])
    guard word.count == 4, word.first == Byte.dot else { return nil }
    let name = UnsafeBufferPointer(rebasing: word.dropFirst())
    if spelled(name, ["inf"]) { return text.first == Byte.dash ? -.infinity : .infinity }
    let isNaN =
      !sign
      && (name.elementsEqual("nan".utf8) || name.elementsEqual("NaN".utf8)
        || name.elementsEqual("NAN".utf8))
    return isNaN ? .nan : nil
  }

  /// A whole number with its base before it (0x, 0o, 0b, 0).
  private static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Number? {
    let isNegative = text.first == Byte.dash
    let isSigned = isNegative || text.first == UInt8(ascii: "+")
    var digits = isSigned ? text.dropFirst() : text[...]
    var base: UInt64 = 10
    if digits.first == Byte.zero, digits.count > 1 {
      let named: UInt64? =
        switch Byte.lowercased(digits[digits.startIndex + 1]) {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: nil
        }
      if let other = named, digits.count > 2 {
        base = other
        digits = digits.dropFirst(2)
      } else {
        base = 8
        digits = digits.dropFirst()
      }
    }
    guard let magnitude = magnitude(digits, base: base) else { return nil }
    if let value = Int64(exactly: magnitude) { return .integer(isNegative ? -value : value) }
    if isNegative { return magnitude == 1 << 63 ? .integer(.min) : nil }
    return isSigned ? nil : .float(Double(magnitude))
  }

  private static func magnitude(_ digits: Slice<UnsafeBufferPointer<UInt8>>, base: UInt64)
    -> UInt64?
  {
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    for byte in digits {
      guard let digit = Byte.digit(byte, base: base) else { return nil }
      let (shifted, overflow) = value.multipliedReportingOverflow(by: base)
      let (sum, carry) = shifted.addingReportingOverflow(digit)
      if overflow || carry { return nil }
      value = sum
    }
    return value
  }

  /// `0b` with a sign behind it: nobody writes it, but it is read.
  private static func signedBinary(_ text: UnsafeBufferPointer<UInt8>) -> Number? {
    guard text.count > 3, text[0] == Byte.zero, text[1] == UInt8(ascii: "b") else { return nil }
    let isNegative = text[2] == Byte.dash
    guard isNegative || text[2] == UInt8(ascii: "+"),
      let value = magnitude(text[3...], base: 2).flatMap({ Int64(exactly: $0) })
    else { return nil }
    return .integer(isNegative ? -value : value)
  }

  /// A decimal number with an optional fraction and exponent.
  private static func decimal(_ text: UnsafeBufferPointer<UInt8>) -> Number? {
    var rest = text[...]
    if rest.first == Byte.dash || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    let whole = rest.prefix(while: Byte.isDigit)
    rest = rest.dropFirst(whole.count)
    if rest.first == Byte.dot {
      let fraction = rest.dropFirst().prefix(while: Byte.isDigit)
      guard !(whole.isEmpty && fraction.isEmpty) else { return nil }
      rest = rest.dropFirst(1 + fraction.count)
    } else if whole.isEmpty {
      return nil
    }
    if let letter = rest.first, Byte.lowercased(letter) == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if rest.first == Byte.dash || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
      let exponent = rest.prefix(while: Byte.isDigit)
      guard !exponent.isEmpty else { return nil }
      rest = rest.dropFirst(exponent.count)
    }
    guard rest.isEmpty, let value = Double(String(decoding: text, as: UTF8.self)),
      value.isFinite
    else { return nil }
    // JSON has the shortest digits of a double, and those of the lowest one do not fit 64 bits.
    guard value.magnitude < 0x1p63 else { return .float(value) }
    let nearest = Int64(value)
    return Double(nearest) == value ? .integer(nearest) : .float(value)
  }

  private static func groupsDigits(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.indices.allSatisfy { index in
      text[index] != Byte.underscore
        || (index > 0 && Byte.isDigit(text[index - 1])
          && index + 1 < text.count && Byte.isDigit(text[index + 1]))
    }
  }
}

extension Float {
  /// The number as Go writes it with the verb `g` and as few digits as possible.
  fileprivate var nameAsKey: String {
    if isNaN { return ".nan" }
    guard isFinite else { return self < 0 ? "-.inf" : ".inf" }
    let parts = magnitude.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    let fraction = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : ""
    let all = Array((mantissa[0] + fraction).utf8)
    let zeros = all.prefix { $0 == Byte.zero }.count
    var digits = all.dropFirst(zeros)
    while digits.count > 1, digits.last == Byte.zero { digits.removeLast() }
    let sign = self < 0 || self == 0 && self.sign == .minus ? "-" : ""
    guard let first = digits.first else { return sign + "0" }
    let exponent =
      (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + mantissa[0].utf8.count - 1 - zeros
    if (-4..<6).contains(exponent) { return sign + Float.plain(digits, exponent) }
    let rest = digits.count > 1 ? "." + String(decoding: digits.dropFirst(), as: UTF8.self) : ""
    let power = String(exponent.magnitude)
    return sign + String(decoding: [first], as: UTF8.self) + rest + (exponent < 0 ? "e-" : "e+")
      + (power.utf8.count < 2 ? "0" : "") + power
  }

  /// Digits with a point behind as many as an exponent says.
  private static func plain(_ digits: ArraySlice<UInt8>, _ exponent: Int) -> String {
    let text = String(decoding: digits, as: UTF8.self)
    if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + text }
    let missing = exponent + 1 - digits.count
    if missing >= 0 { return text + String(repeating: "0", count: missing) }
    return text.prefix(exponent + 1) + "." + text.dropFirst(exponent + 1)
  }
}
