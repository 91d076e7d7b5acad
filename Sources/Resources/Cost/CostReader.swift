import Schemas

/// Reads an expression by CEL's grammar and says what it is worth.
struct CostReader {
  private let tokens: [CostToken]
  /// What an expression may name, nil where the names of variables and functions do not matter.
  private let variables: [CostExpression.Variable]?
  private var place = 0
  private var depth = 0
  /// Deeper ones are left alone.
  private let deepest = 64

  init(_ text: String, variables: [CostExpression.Variable]?) throws(CostError) {
    self.variables = variables
    var source = CostTokens(text)
    tokens = try source.all()
  }

  mutating func whole() throws(CostError) -> CostTerm {
    let term = try expression()
    guard token == .end else { throw unexpected }
    return term
  }

  private var token: CostToken { place < tokens.count ? tokens[place] : .end }

  private var unexpected: CostError {
    .ungrammatical(
      token == .end ? "the expression ends too early" : "\(token.shown) is not allowed here")
  }

  /// Steps over one of some signs.
  private mutating func took(_ signs: String...) -> String? {
    guard case .sign(let sign) = token, signs.contains(sign) else { return nil }
    place += 1
    return sign
  }

  private mutating func demand(_ sign: String) throws(CostError) {
    guard took(sign) != nil else { throw unexpected }
  }

  private mutating func expression() throws(CostError) -> CostTerm {
    depth += 1
    defer { depth -= 1 }
    guard depth <= deepest else { throw .unsupported }
    let condition = try disjunction()
    guard took("?") != nil else { return condition }
    let yes = try disjunction()
    try demand(":")
    let no = try expression()
    return try .choice(condition, yes, no)
  }

  private mutating func disjunction() throws(CostError) -> CostTerm {
    var left = try conjunction()
    while took("||") != nil { left = try .either(left, try conjunction()) }
    return left
  }

  private mutating func conjunction() throws(CostError) -> CostTerm {
    var left = try relation()
    while took("&&") != nil { left = try .both(left, try relation()) }
    return left
  }

  private mutating func relation() throws(CostError) -> CostTerm {
    var left = try sum()
    while true {
      if let sign = took("==", "!=", "<", "<=", ">", ">=") {
        left = try .comparison(sign, left, try sum())
      } else if token == .word("in") {
        place += 1
        left = try .membership(left, try sum())
      } else {
        return left
      }
    }
  }

  private mutating func sum() throws(CostError) -> CostTerm {
    var left = try product()
    while let sign = took("+", "-") { left = try .arithmetic(sign, left, try product()) }
    return left
  }

  private mutating func product() throws(CostError) -> CostTerm {
    var left = try signed()
    while let sign = took("*", "/", "%") { left = try .arithmetic(sign, left, try signed()) }
    return left
  }

  private mutating func signed() throws(CostError) -> CostTerm {
    var count = 0
    guard let sign = took("!", "-") else { return try member() }
    repeat { count += 1 } while took(sign) != nil
    let term = try member()
    return try sign == "!" ? term.inverted(times: count) : term.negated(times: count)
  }

  private mutating func member() throws(CostError) -> CostTerm {
    var term = try primary()
    while true {
      if took(".") != nil {
        // What need not be there is left alone.
        if token == .sign("?") { throw .unsupported }
        guard case .word(let name) = token else { throw unexpected }
        place += 1
        // These bring variables of their own.
        if CostReader.macros.contains(name), token == .sign("(") { throw .unsupported }
        if took("(") == nil {
          term = try term.field(name)
        } else {
          let arguments = try arguments(until: ")")
          term = variables == nil ? .any : try .method(name, on: term, arguments)
        }
      } else if took("[") != nil {
        if token == .sign("?") { throw .unsupported }
        let index = try expression()
        try demand("]")
        term = try term.element(index)
      } else {
        return term
      }
    }
  }

  private static let macros = ["all", "exists", "exists_one", "existsOne", "map", "filter"]

  private mutating func arguments(until sign: String) throws(CostError) -> [CostTerm] {
    var terms: [CostTerm] = []
    while took(sign) == nil {
      if !terms.isEmpty {
        try demand(",")
        if took(sign) != nil { return terms }
      }
      // An optional item.
      if token == .sign("?") { throw .unsupported }
      terms.append(try expression())
    }
    return terms
  }

  private mutating func primary() throws(CostError) -> CostTerm {
    let first = token
    place += 1
    switch first {
    case .int(let value): return CostTerm(type: .int, value: .int(value))
    case .uint(let value): return CostTerm(type: .uint, value: .uint(value))
    case .double: return CostTerm(type: .double)
    case .string(let text):
      return CostTerm(type: .string, value: text.map(CostTerm.Value.string) ?? .unknown)
    case .bytes: return CostTerm(type: .bytes)
    case .word(let word): return try named(word)
    case .sign("("):
      let term = try expression()
      try demand(")")
      return term
    case .sign("["):
      _ = try arguments(until: "]")
      return CostTerm(type: .list)
    case .sign("{"): return try map()
    case .sign("."):
      // It only says that the name is a whole one.
      guard case .word(let word) = token else { throw unexpected }
      place += 1
      return try named(word)
    case .sign, .end:
      place -= 1
      throw unexpected
    }
  }

  /// A map behind its first brace.
  private mutating func map() throws(CostError) -> CostTerm {
    var items: [String: CostTerm]? = [:]
    while took("}") == nil {
      if token == .sign("?") { throw .unsupported }
      let key = try expression()
      try demand(":")
      let item = try expression()
      if case .string(let text) = key.value { items?[text] = item } else { items = nil }
      guard took(",") != nil else {
        try demand("}")
        break
      }
    }
    return CostTerm(type: .map, items: items)
  }

  private mutating func named(_ word: String) throws(CostError) -> CostTerm {
    switch word {
    case "true", "false": return CostTerm(type: .bool, value: .bool(word == "true"))
    case "null": return CostTerm(type: .null)
    case "has" where variables != nil:
      if tokens.dropFirst(place).prefix(3).last == .sign(")"), token == .sign("("),
        case .word? = tokens.dropFirst(place + 1).first
      {
        throw .invalid("\"has\" takes a field such as a.b, not a whole variable")
      }
      throw .unsupported
    case "optional": throw .unsupported
    case _: break
    }
    if token == .sign("{") { throw .unsupported }
    if took("(") != nil {
      let arguments = try arguments(until: ")")
      return variables == nil ? .any : try .call(word, arguments)
    }
    return try variables.map { (known) throws(CostError) in try .variable(word, among: known) }
      ?? .any
  }
}
