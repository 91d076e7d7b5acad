/// The tags that Kubernetes' reader knows for scalars.
enum Tag: String {
  case string = "tag:yaml.org,2002:str"
  case binary = "tag:yaml.org,2002:binary"
  case null = "tag:yaml.org,2002:null"
  case bool = "tag:yaml.org,2002:bool"
  case integer = "tag:yaml.org,2002:int"
  case float = "tag:yaml.org,2002:float"
  case timestamp = "tag:yaml.org,2002:timestamp"

  var name: Substring { rawValue.dropFirst("tag:yaml.org,2002:".count) }

  /// Whether what has it stays the text that is written.
  var isText: Bool { self == .string || self == .binary || self == .timestamp }

  /// Whether the reader takes a text as the tag asks for (go.yaml.in/yaml v2.4.4, resolve.go).
  func fits(_ text: String) -> Bool {
    let scalar = Scalar(plain: text)
    switch self {
    case .string, .binary: return true
    case .timestamp: return text.isTimestamp
    case .null: return scalar.kind == .null
    case .bool: return scalar.kind == .bool
    case .integer: return scalar.isWrittenWhole
    case .float: return scalar.kind == .integer || scalar.kind == .float
    }
  }
}

extension String {
  /// Whether it is a date, or a date with a time, as `!!timestamp` takes it.
  fileprivate var isTimestamp: Bool {
    var rest = Substring(self).utf8
    func number(_ digits: ClosedRange<Int>, _ values: ClosedRange<Int>) -> Int? {
      let found = rest.prefix(digits.upperBound).prefix(while: Byte.isDigit)
      rest = rest.dropFirst(found.count)
      guard digits.contains(found.count), let value = Int(String(found) ?? ""),
        values.contains(value)
      else { return nil }
      return value
    }
    func take(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest = rest.dropFirst()
      return true
    }
    guard let year = number(4...4, 0...9999), take("-"), let month = number(1...2, 1...12),
      take("-"), let day = number(1...2, 1...31), day <= String.days(in: month, of: year)
    else { return false }
    if rest.isEmpty { return true }
    let isZoned = take("T") || take("t")
    guard isZoned || take(" "), number(1...2, 0...23) != nil, take(":"),
      number(1...2, 0...59) != nil, take(":"), number(1...2, 0...59) != nil
    else { return false }
    if take(".") || take(",") {
      let fraction = rest.prefix(while: Byte.isDigit)
      guard !fraction.isEmpty else { return false }
      rest = rest.dropFirst(fraction.count)
    }
    if !isZoned { return rest.isEmpty }
    if take("Z") { return rest.isEmpty }
    return (take("+") || take("-")) && number(2...2, 0...24) != nil && take(":")
      && number(2...2, 0...60) != nil && rest.isEmpty
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    case _: 31
    }
  }
}
