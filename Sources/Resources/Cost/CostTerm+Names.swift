import Schemas

extension CostTerm {
  static func variable(_ name: String, among variables: [CostExpression.Variable])
    throws(CostError) -> CostTerm
  {
    if let variable = variables.first(where: { $0.name == name }) {
      return CostTerm(type: variable.type, value: variable.value)
    }
    if conversions.contains(name) || ["list", "map", "null_type", "type"].contains(name) {
      return .any
    }
    let names = variables.map(\.name)
    let advice = NearestWord.match(for: name, among: names).map { "use \($0)" }
    throw .invalid(
      "\(name.quoted) is not known; \(advice ?? "use \(names.alternatives)")")
  }

  func field(_ name: String) throws(CostError) -> CostTerm {
    guard type == .any || type == .map else {
      throw .invalid("type \(type.rawValue) has no field \(name.quoted)")
    }
    if let items { return items[name] ?? CostTerm.missing(name) }
    return CostTerm(type: .any, value: CostTerm.failure(of: self))
  }

  func element(_ index: CostTerm) throws(CostError) -> CostTerm {
    guard [.list, .map, .any].contains(type) else {
      throw .invalid("type \(type.rawValue) has no items")
    }
    if let items, case .string(let key) = index.value { return items[key] ?? CostTerm.missing(key) }
    return CostTerm(type: .any, value: CostTerm.failure(of: self, index))
  }

  /// What a map says to a key that it lacks.
  private static func missing(_ key: String) -> CostTerm {
    CostTerm(
      type: .any,
      value: .failure(
        "no item \(key.quoted) is in the map, with which the controller tries it; write "
          + "model in prices ? prices[model] : 1u"))
  }

  /// A function with its arguments in parentheses.
  static func call(_ name: String, _ terms: [CostTerm]) throws(CostError) -> CostTerm {
    switch name {
    case "size": return try terms.only(for: name).counted()
    case "matches":
      guard terms.count == 2 else { throw .invalid("\(name.quoted) takes two strings") }
      return try method(name, on: terms[0], [terms[1]])
    case "dyn", "type", "duration", "timestamp":
      return CostTerm(type: .any, value: failure(of: try terms.only(for: name)))
    case _ where conversions.contains(name):
      return try terms.only(for: name).converted(to: CostType(rawValue: name) ?? .any)
    case _:
      throw .invalid("\(name.quoted) is not a function here")
    }
  }

  /// A function behind a dot.
  static func method(_ name: String, on term: CostTerm, _ terms: [CostTerm]) throws(CostError)
    -> CostTerm
  {
    switch (name, term.type) {
    case ("size", .list) where terms.isEmpty, ("size", .map) where terms.isEmpty:
      return try term.counted()
    // The last two come with optional types.
    case (_, .any), ("first", .list), ("last", .list): throw .unsupported
    case ("size", .string) where terms.isEmpty, ("size", .bytes) where terms.isEmpty:
      return try term.counted()
    case ("contains", .string), ("startsWith", .string), ("endsWith", .string),
      ("matches", .string):
      let argument = try terms.only(for: name)
      guard argument.type == .string || argument.type == .any else {
        throw .invalid("\(name.quoted) takes a string, not a \(argument.type.rawValue)")
      }
      if name == "matches", case .string(let pattern) = argument.value,
        let problem = pattern.problemAsExpression
      {
        return CostTerm(type: .bool, value: .failure(problem))
      }
      guard case .string(let text) = term.value, case .string(let part) = argument.value else {
        return CostTerm(type: .bool, value: failure(of: term, argument))
      }
      switch name {
      case "startsWith": return CostTerm(type: .bool, value: .bool(text.hasPrefix(part)))
      case "endsWith": return CostTerm(type: .bool, value: .bool(text.hasSuffix(part)))
      case _: return CostTerm(type: .bool)
      }
    case _: throw .invalid("type \(term.type.rawValue) has no function \(name.quoted)")
    }
  }

  private static let conversions = ["int", "uint", "double", "string", "bool", "bytes"]

  private func counted() throws(CostError) -> CostTerm {
    guard [.string, .bytes, .list, .map, .any].contains(type) else {
      throw .invalid("type \(type.rawValue) has no size")
    }
    if case .string(let text) = value {
      return CostTerm(type: .int, value: .int(Int64(text.unicodeScalars.count)))
    }
    return CostTerm(type: .int, value: CostTerm.failure(of: self))
  }

  private func converted(to target: CostType) throws(CostError) -> CostTerm {
    let isPossible: Bool =
      switch (type, target) {
      case (.any, _): true
      case (.null, _), (.list, _), (.map, _): false
      case (.bool, .bool), (.bool, .string), (.bytes, .bytes), (.bytes, .string): true
      case (.bool, _), (.bytes, _): false
      case (.string, _): true
      case (_, .bool), (_, .bytes): false
      case _: true
      }
    guard isPossible else {
      throw .invalid("type \(type.rawValue) cannot be made \(target.rawValue)")
    }
    switch (value, target) {
    case (.failure, _): return CostTerm(type: target, value: value)
    case (.uint(let number), .uint): return CostTerm(type: .uint, value: .uint(number))
    case (.int(let number), .int): return CostTerm(type: .int, value: .int(number))
    case (.string(let text), .int) where Int64(text) == nil,
      (.string(let text), .uint) where UInt64(text) == nil:
      return CostTerm(
        type: target, value: .failure("\(text.quoted) is not a number for \(target.rawValue)"))
    case (.uint(let number), .int):
      guard let number = Int64(exactly: number) else { return CostTerm(type: .int) }
      return CostTerm(type: .int, value: .int(number))
    case (.int(let number), .uint):
      guard let number = UInt64(exactly: number) else {
        return CostTerm(type: .uint, value: .failure("uint(\(number)) is below zero"))
      }
      return CostTerm(type: .uint, value: .uint(number))
    case _: return CostTerm(type: target)
    }
  }
}

extension [CostTerm] {
  fileprivate func only(for name: String) throws(CostError) -> CostTerm {
    guard count == 1, let term = first else {
      throw .invalid("\(name.quoted) takes one value, not \(count)")
    }
    return term
  }
}
