import Schemas

extension CostTerm {
  private static func known(_ value: Value) -> CostTerm {
    switch value {
    case .bool: CostTerm(type: .bool, value: value)
    case .int: CostTerm(type: .int, value: value)
    case .uint: CostTerm(type: .uint, value: value)
    case .string: CostTerm(type: .string, value: value)
    case .unknown, .failure: CostTerm(type: .any, value: value)
    }
  }

  /// The failure of one of some parts, which is that of the whole.
  static func failure(of terms: CostTerm...) -> Value {
    for term in terms { if case .failure = term.value { return term.value } }
    return .unknown
  }

  static func arithmetic(_ sign: String, _ left: CostTerm, _ right: CostTerm) throws(CostError)
    -> CostTerm
  {
    let failure = failure(of: left, right)
    guard left.type != .any, right.type != .any else { return CostTerm(type: .any, value: failure) }
    let types: [CostType] =
      switch sign {
      case "+": [.int, .uint, .double, .string, .bytes, .list]
      case "%": [.int, .uint]
      case _: [.int, .uint, .double]
      }
    guard left.type == right.type, types.contains(left.type) else {
      throw .invalid(mismatch(sign, left, right))
    }
    if failure != .unknown { return CostTerm(type: left.type, value: failure) }
    return CostTerm(type: left.type, value: result(of: sign, left.value, right.value))
  }

  private static func mismatch(_ sign: String, _ left: CostTerm, _ right: CostTerm) -> String {
    let types = "\(sign.quoted) does not take \(left.type.rawValue) and \(right.type.rawValue)"
    let both = [left.type, right.type]
    guard both.contains(.uint) else { return types }
    if both.contains(.double) {
      return types + "; tokens are whole numbers: multiply by 15u and divide by 10u for 1.5"
    }
    return both.contains(.int) ? types + "; write the number with u, such as 2u" : types
  }

  /// What two numbers come to; an overflow ends the calculation.
  private static func result(of sign: String, _ left: Value, _ right: Value) -> Value {
    switch (left, right) {
    case (.int(let left), .int(let right)):
      return number(sign, left, right).map(Value.int)
        ?? .failure("\(left) \(sign) \(right) cannot be computed when no tokens are counted")
    case (.uint(let left), .uint(let right)):
      return number(sign, left, right).map(Value.uint)
        ?? .failure("\(left)u \(sign) \(right)u cannot be computed when no tokens are counted")
    case (_, .int(0)) where sign == "/" || sign == "%",
      (_, .uint(0)) where sign == "/" || sign == "%":
      return .failure("\(sign.quoted) is by zero when no tokens are counted")
    case _: return .unknown
    }
  }

  private static func number<Number: FixedWidthInteger>(
    _ sign: String, _ left: Number, _ right: Number
  ) -> Number? {
    let (result, overflow) =
      switch sign {
      case "+": left.addingReportingOverflow(right)
      case "-": left.subtractingReportingOverflow(right)
      case "*": left.multipliedReportingOverflow(by: right)
      case "/": left.dividedReportingOverflow(by: right)
      case _: left.remainderReportingOverflow(dividingBy: right)
      }
    return overflow ? nil : result
  }

  static func comparison(_ sign: String, _ left: CostTerm, _ right: CostTerm) throws(CostError)
    -> CostTerm
  {
    let failure = failure(of: left, right)
    guard left.type != .any, right.type != .any else {
      return CostTerm(type: .bool, value: failure)
    }
    let isEquality = sign == "==" || sign == "!="
    let types: [CostType] = [.bool, .int, .uint, .double, .string, .bytes]
    if isEquality, [left.type, right.type].contains(where: { !types.contains($0) }) {
      return CostTerm(type: .bool, value: failure)
    }
    guard left.type == right.type, types.contains(left.type) else {
      throw .invalid(mismatch(sign, left, right))
    }
    if failure != .unknown { return CostTerm(type: .bool, value: failure) }
    let outcome: Bool? =
      switch (left.value, right.value) {
      case (.int(let left), .int(let right)): order(sign, left, right)
      case (.uint(let left), .uint(let right)): order(sign, left, right)
      case (.bool(let left), .bool(let right)) where isEquality: (left == right) == (sign == "==")
      case (.string(let left), .string(let right)) where isEquality:
        (left == right) == (sign == "==")
      case _: nil
      }
    return CostTerm(type: .bool, value: outcome.map(Value.bool) ?? .unknown)
  }

  private static func order<Number: Comparable>(_ sign: String, _ left: Number, _ right: Number)
    -> Bool
  {
    switch sign {
    case "==": left == right
    case "!=": left != right
    case "<": left < right
    case "<=": left <= right
    case ">": left > right
    case _: left >= right
    }
  }

  static func membership(_ item: CostTerm, _ whole: CostTerm) throws(CostError) -> CostTerm {
    guard [.list, .map, .any].contains(whole.type) else {
      throw .invalid("\"in\" looks into a list, not a \(whole.type.rawValue)")
    }
    if let items = whole.items, case .string(let key) = item.value {
      return known(.bool(items[key] != nil))
    }
    return CostTerm(type: .bool, value: failure(of: item, whole))
  }

  static func both(_ left: CostTerm, _ right: CostTerm) throws(CostError) -> CostTerm {
    try logic("&&", left, right, decisive: false)
  }

  static func either(_ left: CostTerm, _ right: CostTerm) throws(CostError) -> CostTerm {
    try logic("||", left, right, decisive: true)
  }

  /// One side may decide alone, whatever becomes of the other.
  private static func logic(
    _ sign: String, _ left: CostTerm, _ right: CostTerm, decisive: Bool
  ) throws(CostError) -> CostTerm {
    for term in [left, right] where term.type != .bool && term.type != .any {
      throw .invalid("\(sign.quoted) takes conditions, not a \(term.type.rawValue)")
    }
    let values = [left.value, right.value]
    if values.contains(.bool(decisive)) { return known(.bool(decisive)) }
    if values == [.bool(!decisive), .bool(!decisive)] { return known(.bool(!decisive)) }
    // An unknown side may still decide.
    let isOpen = values.contains(.unknown)
    return CostTerm(type: .bool, value: isOpen ? .unknown : failure(of: left, right))
  }

  static func choice(_ condition: CostTerm, _ yes: CostTerm, _ no: CostTerm) throws(CostError)
    -> CostTerm
  {
    guard condition.type == .bool || condition.type == .any else {
      throw .invalid("\"?\" takes a condition, not a \(condition.type.rawValue)")
    }
    let type: CostType = yes.type == no.type ? yes.type : .any
    if type == .any, yes.type != .any, no.type != .any {
      throw .invalid(
        "both results of \"?\" must be of one type, not \(yes.type.rawValue) and "
          + no.type.rawValue)
    }
    switch condition.value {
    case .bool(let isTrue): return CostTerm(type: type, value: (isTrue ? yes : no).value)
    case .failure: return CostTerm(type: type, value: condition.value)
    case .unknown, .int, .uint, .string: return CostTerm(type: type)
    }
  }

  /// Signs in pairs cancel out before anything is looked at.
  func inverted(times: Int) throws(CostError) -> CostTerm {
    guard times % 2 == 1 else { return self }
    guard type == .bool || type == .any else {
      throw .invalid("\"!\" takes a condition, not a \(type.rawValue)")
    }
    guard case .bool(let isTrue) = value else { return CostTerm(type: .bool, value: value) }
    return .known(.bool(!isTrue))
  }

  func negated(times: Int) throws(CostError) -> CostTerm {
    guard times % 2 == 1 else { return self }
    guard [.int, .double, .any].contains(type) else {
      throw .invalid("\"-\" does not take a \(type.rawValue)")
    }
    guard case .int(let number) = value else { return self }
    let (result, overflow) = Int64(0).subtractingReportingOverflow(number)
    return overflow ? CostTerm(type: .int) : .known(.int(result))
  }
}
