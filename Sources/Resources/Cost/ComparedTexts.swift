/// The texts that a value is compared with in an expression in CEL.
package enum ComparedTexts {
  /// The texts that stand beside a value, such as `model` or `request.mcp.tool`, and `==` or `!=`, or
  /// in a list behind it and `in`; none for an expression that cannot be read.
  package static func all(with value: [String], in text: String) -> [String] {
    guard let tokens = tokens(of: text) else { return [] }
    return places(of: value, in: tokens).flatMap { texts(around: $0, in: tokens) }
  }

  /// The texts by which items of a map, such as `request.headers`, are asked for.
  package static func keys(of map: [String], in text: String) -> [String] {
    guard let tokens = tokens(of: text) else { return [] }
    return places(of: map, in: tokens).compactMap { place in
      guard tokens[safe: place.upperBound] == .sign("["),
        tokens[safe: place.upperBound + 2] == .sign("]"),
        case .string(let key?)? = tokens[safe: place.upperBound + 1]
      else { return nil }
      return key
    }
  }

  /// The names of the fields behind a value such as `request.mcp`, but for those that are called.
  package static func fields(of value: [String], in text: String) -> [String] {
    guard let tokens = tokens(of: text) else { return [] }
    return places(of: value, in: tokens).compactMap { place in
      guard tokens[safe: place.upperBound] == .sign("."),
        case .word(let name)? = tokens[safe: place.upperBound + 1],
        tokens[safe: place.upperBound + 2] != .sign("("),
        tokens[safe: place.lowerBound - 2] != .word("has")
      else { return nil }
      return name
    }
  }

  private static func tokens(of text: String) -> [CostToken]? {
    var source = CostTokens(text)
    return try? source.all()
  }

  /// Where a value stands that is no field of another.
  private static func places(of value: [String], in tokens: [CostToken]) -> [Range<Int>] {
    let wanted = value.enumerated().flatMap { index, name in
      (index == 0 ? [] : [CostToken.sign(".")]) + [.word(name)]
    }
    return tokens.indices.compactMap { place in
      guard tokens[place...].starts(with: wanted), tokens[safe: place - 1] != .sign(".") else {
        return nil
      }
      return place..<place + wanted.count
    }
  }

  private static func texts(around place: Range<Int>, in tokens: [CostToken]) -> [String] {
    let next = place.upperBound
    if isEquality(tokens[safe: next]), case .string(let text?)? = tokens[safe: next + 1],
      isEnd(tokens[safe: next + 2])
    {
      return [text]
    }
    if isEquality(tokens[safe: place.lowerBound - 1]), isEnd(tokens[safe: next]),
      case .string(let text?)? = tokens[safe: place.lowerBound - 2],
      tokens[safe: place.lowerBound - 3] != .sign("+")
    {
      return [text]
    }
    guard tokens[safe: next] == .word("in"), tokens[safe: next + 1] == .sign("[") else { return [] }
    let items = tokens[min(next + 2, tokens.count)...].prefix { $0 != .sign("]") }
    return items.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  private static func isEquality(_ token: CostToken?) -> Bool {
    token == .sign("==") || token == .sign("!=")
  }

  /// Whether nothing more belongs to the value before a token.
  private static func isEnd(_ token: CostToken?) -> Bool {
    token != .sign("+") && token != .sign(".") && token != .sign("[")
  }
}

extension [CostToken] {
  fileprivate subscript(safe index: Int) -> CostToken? {
    indices.contains(index) ? self[index] : nil
  }
}
