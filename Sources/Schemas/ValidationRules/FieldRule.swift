import YAML

/// A rule over the fields of an object: where all of the premises hold, one of the conclusions must.
///
/// Written `premise & premise => conclusion | conclusion`, or the conclusions alone. Each is one of
/// `a.b` (is there), `!a` (is not), `a+` (has content), `!a+`, `a=X,Y` (is there and one of),
/// `a[].b=X` (each item), `a!=X`, `a<b`, `a<=b`, `a>=1` (of numbers or durations, true where one
/// of both is absent).
struct FieldRule: Sendable {
  private let premises: [Atom]
  private let conclusions: [Atom]

  init?(_ text: String) {
    var sides: [Substring] = [text[...]]
    let bytes = Array(text.utf8)
    if let arrow = bytes.indices.dropLast().first(where: {
      bytes[$0] == UInt8(ascii: "=") && bytes[$0 + 1] == UInt8(ascii: ">")
    }) {
      let utf8 = text.utf8
      sides = [
        Substring(utf8.prefix(arrow)), Substring(utf8.dropFirst(arrow + 2)),
      ]
    }
    guard let last = sides.last else { return nil }
    let given =
      sides.count > 1 ? sides[0].cut(at: "&", keepingEmpty: true) : []
    let wanted = last.cut(at: "|", keepingEmpty: true)
    premises = given.compactMap(Atom.init)
    conclusions = wanted.compactMap(Atom.init)
    guard premises.count == given.count, conclusions.count == wanted.count else { return nil }
  }

  var mentions: [ValidationRule.Mention] { (premises + conclusions).flatMap(\.mentions) }

  func violation(in value: DefaultedNode) -> ValidationRule.Violation? {
    guard case .mapping = value.node, premises.allSatisfy({ $0.holds(in: value) }),
      !conclusions.contains(where: { $0.holds(in: value) })
    else { return nil }
    let place = conclusions.lazy.filter { value[$0.keys] != nil }.first?.keys ?? []
    let isWritten = place.first.map { value.node[$0] != nil } ?? false
    return ValidationRule.Violation(
      path: Path(isWritten ? place.map { .key($0) } : []), message: message)
  }

  private var message: String {
    let wanted = conclusions.map(\.text).alternatives
    guard !premises.isEmpty else { return "write \(wanted)" }
    let given = premises.map(\.given).joined(separator: " and ")
    if conclusions.count == 1, let field = conclusions[0].forbidden {
      return "\(field) cannot be combined with \(given); leave one out"
    }
    return "\(given) needs \(wanted)"
  }
}

/// One statement about a field.
private struct Atom: Sendable {
  enum Test: Sendable {
    case present, absent, filled, unfilled
    case among([String])
    case notAmong([String])
    case atMost([String], Int64?, strictly: Bool)
    case atLeast(Int64, spelled: String)
  }

  let keys: [String]
  private let each: [String]?
  private let test: Test

  init?(_ text: Substring) {
    let word = String(text).trimmed
    let bare = word.drop { $0 == "!" }
    let name = bare.prefix { !Atom.signs.contains($0) }
    let rest = bare.dropFirst(name.count)
    let isFilled = name.hasSuffix("+")
    let isNegated = word.hasPrefix("!")
    guard let steps = Atom.steps(isFilled ? name.dropLast() : name),
      word.count - bare.count <= 1, rest.isEmpty || !isFilled && !isNegated
    else { return nil }
    if let list = steps.firstIndex(where: { $0.hasSuffix("[]") }) {
      keys = steps[..<list] + [String(steps[list].dropLast(2))]
      each = Array(steps[(list + 1)...])
    } else {
      keys = steps
      each = nil
    }
    if rest.isEmpty {
      test =
        isFilled ? (isNegated ? .unfilled : .filled) : isNegated ? .absent : .present
    } else if let comparison = Atom.comparison(rest) {
      test = comparison
    } else {
      return nil
    }
  }

  /// What stands behind the name, nil for what is no comparison.
  private static func comparison(_ text: Substring) -> Test? {
    if text.hasPrefix("!=") { return values(text.dropFirst(2)).map(Test.notAmong) }
    if text.hasPrefix("=") { return values(text.dropFirst()).map(Test.among) }
    if text.hasPrefix(">=") {
      let least = String(text.dropFirst(2))
      return amount(least).map { .atLeast($0, spelled: least) }
    }
    guard text.hasPrefix("<") else { return nil }
    let isStrict = !text.hasPrefix("<=")
    let other = text.dropFirst(isStrict ? 1 : 2)
    return steps(other).map { .atMost($0, amount(String(other)), strictly: isStrict) }
  }

  private static let signs: [Character] = ["=", "<", ">", "!"]

  /// The values of a comparison, nil where one is empty or holds a sign.
  private static func values(_ text: Substring) -> [String]? {
    let values = text.cut(at: ",", keepingEmpty: true).map(String.init)
    let isRead = values.allSatisfy {
      !$0.isEmpty && !$0.contains { $0 == " " || signs.contains($0) }
    }
    return isRead ? values : nil
  }

  /// The keys of a path, nil where it is none.
  private static func steps(_ text: Substring) -> [String]? {
    let steps = text.cut(at: ".", keepingEmpty: true).map(String.init)
    let isRead = steps.allSatisfy {
      SchemaTable.isName($0.hasSuffix("[]") ? $0.dropLast(2) : $0[...])
    }
    return isRead ? steps : nil
  }

  var mentions: [ValidationRule.Mention] {
    let field = keys + (each ?? [])
    return switch test {
    case .present, .absent, .filled, .unfilled, .atLeast: [ValidationRule.Mention(keys: field)]
    case .among(let values), .notAmong(let values):
      [ValidationRule.Mention(keys: field, values: values)]
    case .atMost(let other, let literal, _):
      [ValidationRule.Mention(keys: field)]
        + (literal == nil ? [ValidationRule.Mention(keys: other)] : [])
    }
  }

  func holds(in value: DefaultedNode) -> Bool {
    guard let each else { return holds(value[keys], in: value) }
    return (value[keys]?.items ?? []).allSatisfy { holds($0[each], in: value) }
  }

  private func holds(_ field: DefaultedNode?, in value: DefaultedNode) -> Bool {
    switch test {
    case .present: field != nil
    case .absent: field == nil
    case .filled: field.map { !$0.isEmpty } ?? false
    case .unfilled: field?.isEmpty ?? true
    case .among(let choices): field?.node.scalar.map { choices.contains($0.text) } ?? false
    case .notAmong(let choices): field?.node.scalar.map { !choices.contains($0.text) } ?? true
    case .atLeast(let least, _):
      field == nil || (Atom.amount(of: field).map { $0 >= least } ?? false)
    case .atMost(let other, let literal, let strictly):
      field == nil || literal == nil && value[other] == nil
        || isOrdered(Atom.amount(of: field), literal ?? Atom.amount(of: value[other]), strictly)
    }
  }

  private func isOrdered(_ left: Int64?, _ right: Int64?, _ strictly: Bool) -> Bool {
    guard let left, let right else { return false }
    return strictly ? left < right : left <= right
  }

  /// A number, or a length of time in nanoseconds.
  private static func amount(of field: DefaultedNode?) -> Int64? {
    guard let field else { return nil }
    if let number = field.integer { return Int64(number) }
    return field.text.flatMap(GoDuration.nanoseconds)
  }

  private static func amount(_ text: String) -> Int64? {
    Int64(text) ?? GoDuration.nanoseconds(text)
  }

  private var name: String { (keys + (each ?? [])).joined(separator: ".") }

  /// As something that is so.
  var given: String {
    switch test {
    case .among(let choices): "\(name) \(choices.alternatives)"
    case .absent, .unfilled: "no \(name)"
    case .present, .filled, .notAmong, .atMost, .atLeast: name
    }
  }

  /// As something that should be so.
  var text: String {
    switch test {
    case .present, .filled: name
    case .absent, .unfilled: "no \(name)"
    case .among(let choices): "\(name) \(choices.alternatives)"
    case .notAmong(let choices): "\(name) other than \(choices.alternatives)"
    case .atLeast(_, let least): "\(name) of at least \(least)"
    case .atMost(let other, _, let strictly):
      "\(name) \(strictly ? "below" : "of at most") \(other.joined(separator: "."))"
    }
  }

  /// The field that must not be there.
  var forbidden: String? {
    switch test {
    case .absent, .unfilled: name
    case .present, .filled, .among, .notAmong, .atMost, .atLeast: nil
    }
  }
}
