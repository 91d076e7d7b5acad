import Schemas
import Resources
package import YAML

/// One thing that the answer to a case is to have.
package struct Expectation: Sendable {
  /// The keys of `expect`.
  package enum Field: String, CaseIterable, Sendable {
    case status, route, rule, match, backends, model, timeouts, failover, models
  }

  package let field: Field
  package let value: Node

  package init(_ field: Field, _ value: Node) {
    self.field = field
    self.value = value
  }

  static func all(in node: Node, at path: Path) throws(CaseFile.FieldError) -> [Expectation] {
    _ = try CaseFileMapping(node, at: path, keys: Field.allCases.map(\.rawValue))
    guard !node.entries.isEmpty else {
      throw CaseFile.FieldError(
        path: path, message: "expect needs at least one key, such as status")
    }
    var expectations: [Expectation] = []
    for entry in node.entries {
      guard let field = Field(rawValue: entry.key) else { continue }
      let expectation = Expectation(field, entry.value)
      guard expectation.isSound else {
        throw CaseFile.FieldError(
          path: path.appending(entry.key), message: "\(entry.key) has to be \(field.form)")
      }
      expectations.append(expectation)
    }
    return expectations
  }

  /// Whether the value has the form that its field asks for.
  private var isSound: Bool {
    switch field {
    case .status: return value.integer.flatMap(Answer.Status.init) != nil
    case .route: return value.text != nil || value.scalar?.kind == .null
    case .rule: return value.scalar != nil
    case .match: return value.integer != nil || value.scalar?.kind == .null
    case .model: return value.scalar != nil || value.entries.allSatisfy { $0.value.scalar != nil }
    case .models: return value.isListOfTexts
    case .failover:
      guard case .sequence(let items) = value else { return false }
      return items.allSatisfy { $0.scalar != nil || $0.isListOfTexts }
    case .backends:
      if case .mapping(let mapping) = value {
        return mapping.entries.allSatisfy { $0.value.scalar?.fraction != nil }
      }
      return value.isListOfTexts
    case .timeouts:
      guard case .mapping(let mapping) = value else { return false }
      return mapping.entries.allSatisfy {
        Expectation.times.contains($0.key) && $0.value.scalar != nil
      }
    }
  }

  private static let times = ["request", "backendRequest", "streamIdle", "maxStreamDuration"]

  // MARK: Against an answer

  /// What the answer has instead, nil where it is as expected.
  func difference(from answer: Answer) -> Difference? {
    switch field {
    case .status: compare(String(answer.status.rawValue), value.integer.map { String($0) } ?? "")
    case .route: routeDifference(answer)
    case .rule:
      // Both the number and the name of a rule are its names.
      value.scalar?.text == answer.ruleName && answer.ruleName != nil
        ? nil : compare(answer.rule.map { String($0) } ?? "null", value.plain)
    case .match: compare(answer.match.map { String($0) } ?? "null", value.plain)
    case .backends: backendDifference(answer)
    case .model: modelDifference(answer)
    case .timeouts: timeDifference(answer)
    case .failover: failoverDifference(answer)
    case .models:
      compare((answer.models ?? []).map(\.name).list, value.items.map(\.plain).list)
    }
  }

  private func compare(_ actual: String, _ expected: String) -> Difference? {
    actual == expected
      ? nil : Difference(field: field.rawValue, expected: expected, actual: actual)
  }

  private func routeDifference(_ answer: Answer) -> Difference? {
    let expected = value.plain
    let actual = answer.route?.description ?? "null"
    return answer.route?.name == expected ? nil : compare(actual, expected)
  }

  private func backendDifference(_ answer: Answer) -> Difference? {
    // The same backend may be there twice, under two model names.
    var shares: [(name: String, share: Double)] = []
    for backend in answer.backends where backend.share > 0 {
      if let place = shares.firstIndex(where: { $0.name == backend.name.name }) {
        shares[place].share += backend.share
      } else {
        shares.append((backend.name.name, backend.share))
      }
    }
    shares.sort { $0.name < $1.name }
    guard case .mapping(let mapping) = value else {
      return compare(shares.map(\.name).list, value.items.map(\.plain).sorted().list)
    }
    let expected = mapping.entries.map { ($0.key, $0.value.scalar?.fraction ?? 0) }
      .filter { $0.1 > 0 }.sorted { $0.0 < $1.0 }
    let isSame =
      expected.count == shares.count
      && zip(expected, shares).allSatisfy { $0.0 == $1.name && abs($0.1 - $1.share) < 0.005 }
    return isSame
      ? nil
      : Difference(
        field: field.rawValue, expected: expected.map { "\($0.0) \($0.1.percent)" }.list,
        actual: shares.map { "\($0.name) \($0.share.percent)" }.list)
  }

  private func modelDifference(_ answer: Answer) -> Difference? {
    let live = answer.backends.filter { $0.weight > 0 }
    guard case .mapping(let mapping) = value else {
      let models = Set(live.filter { $0.share > 0 }.map { $0.model ?? "null" })
      return compare(models.sorted().list, [value.plain].list)
    }
    for entry in mapping.entries {
      let models = Set(live.filter { $0.name.name == entry.key }.map { $0.model ?? "null" })
      if !models.contains(entry.value.plain) {
        return Difference(
          field: "model of \(entry.key)", expected: entry.value.plain,
          actual: models.sorted().list)
      }
    }
    return nil
  }

  private func timeDifference(_ answer: Answer) -> Difference? {
    let times = answer.timeouts
    for entry in value.entries {
      let actual =
        switch entry.key {
        case "request": times?.request
        case "backendRequest": times?.backendRequest
        case "maxStreamDuration": times?.maxStream
        default: times?.streamIdle
        }
      let expected = entry.value.plain
      let isPause = entry.key == "streamIdle"
      let isSame =
        expected == actual?.text ?? "null"
        || isPause && actual == nil && expected == times?.idle.text
        || actual != nil
          && Timeouts.Value(text: expected, origin: "").milliseconds
            == actual?.milliseconds
      if !isSame {
        return Difference(
          field: "timeouts.\(entry.key)", expected: expected, actual: actual?.text ?? "null")
      }
    }
    return nil
  }

  private func failoverDifference(_ answer: Answer) -> Difference? {
    let actual = answer.failover.map { $0.backends.map(\.name).sorted().list }
    let expected = value.items.map { item in
      item.scalar.map { [$0.text].list } ?? item.items.map(\.plain).sorted().list
    }
    return compare(
      actual.isEmpty ? "none" : actual.joined(separator: ", then "),
      expected.isEmpty ? "none" : expected.joined(separator: ", then "))
  }
}

extension Expectation.Field {
  /// What its value has to be.
  fileprivate var form: String {
    switch self {
    case .status: "an HTTP status such as 200"
    case .route: "a name, namespace/name or null"
    case .rule: "a number from 0, a name or null"
    case .match: "a number from 0 or null"
    case .backends: "a list of names, or a mapping of names to shares such as 0.9 or 90%"
    case .model: "a model name, or a mapping of backends to model names"
    case .timeouts:
      "a mapping of request, backendRequest, streamIdle or maxStreamDuration to times such as 60s"
    case .failover: "a list with the backends of each try"
    case .models: "a list of model names"
    }
  }
}

extension Node {
  fileprivate var isListOfTexts: Bool {
    if case .sequence(let items) = self { items.allSatisfy { $0.scalar != nil } } else { false }
  }

  fileprivate var plain: String { scalar?.kind == .null ? "null" : scalar?.text ?? "" }
}

extension Scalar {
  /// A share, `0.9` or `90%`; nil for any other text.
  fileprivate var fraction: Double? {
    let isPercent = text.utf8.last == UInt8(ascii: "%")
    guard let value = Double(isPercent ? String(text.dropLast()) : text) else { return nil }
    let fraction = isPercent ? value / 100 : value
    return (0...1).contains(fraction) ? fraction : nil
  }
}

extension Array where Element == String {
  fileprivate var list: String { isEmpty ? "none" : joined(separator: ", ") }
}
