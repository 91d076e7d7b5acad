import Schemas
package import YAML
import RE2

/// A match of a rule of an AIGatewayRoute.
package struct RouteMatch: Sendable {
  package struct Header: Hashable, Sendable {
    package let name: String
    package let value: String
    package let isRegex: Bool

    /// Whether this is the header that holds the model, in any case of letters.
    package var isModel: Bool {
      name.utf8.count == WellKnown.modelHeader.utf8.count
        && name.lowercased() == WellKnown.modelHeader
    }

    fileprivate var expression: RegularExpression? {
      isRegex ? try? RegularExpression(value) : nil
    }
  }

  package let node: Node
  /// Whether all that is asked is one header whose regular expression fits every value.
  package let fitsEveryValue: Bool
  /// Whether all that is asked is one header whose regular expression fits the empty text too.
  package let fitsEmptyValue: Bool
  package let headers: [Header]
  /// Matches with equal conditions take the same requests.
  package let conditions: Conditions
  /// The hash of the conditions: the sum of their own.
  package let key: Int

  package init(_ node: Node) {
    self.node = node
    headers = (node["headers"]?.items ?? []).map { header in
      Header(
        name: header["name"]?.text ?? "", value: header["value"]?.text ?? "",
        isRegex: header["type"]?.text == "RegularExpression")
    }
    conditions = Conditions(headers)
    key = conditions.headers.reduce(0) { $0 &+ $1.hashValue }
    let expression = headers.count == 1 ? headers[0].expression : nil
    fitsEveryValue = expression.map { $0.reach != .some } ?? false
    fitsEmptyValue = expression?.matches("") ?? false
  }

  /// Headers as a set, with names in lower case; few, so that looking through them is quickest.
  package struct Conditions: Equatable, Sendable {
    package let headers: [Header]
    /// How many headers are written, and how many of them as exact values: one in two cases of
    /// letters counts twice where matches are put in order.
    private let count: Int
    private let exactCount: Int

    package init(_ headers: [Header]) {
      count = headers.count
      exactCount = headers.count { !$0.isRegex }
      let isPlain = headers.allSatisfy { $0.name.utf8.allSatisfy { !(0x41...0x5A ~= $0) } }
      let folded =
        isPlain
        ? headers
        : headers.map { Header(name: $0.name.lowercased(), value: $0.value, isRegex: $0.isRegex) }
      // The server takes no two of one name.
      self.headers = headers.count > 1 ? Array(Set(folded)) : folded
    }

    package static func == (left: Conditions, right: Conditions) -> Bool {
      left.count == right.count && left.exactCount == right.exactCount
        && left.headers.count == right.headers.count && left.isSubset(of: right)
    }

    package func isStrictSubset(of other: Conditions) -> Bool {
      headers.count < other.headers.count && isSubset(of: other)
    }

    private func isSubset(of other: Conditions) -> Bool {
      other.headers.count > 16
        ? Set(headers).isSubset(of: other.headers) : headers.allSatisfy(other.headers.contains)
    }

    package func subtracting(_ other: Conditions) -> [Header] {
      headers.filter { !other.headers.contains($0) }
    }
  }

  /// Whether it does not say yet what it asks for.
  package var isUnfinished: Bool { headers.contains { $0.name.isEmpty || $0.value.isEmpty } }

  /// Whether requests for a model may fit it.
  package func mayTake(model: String) -> Bool {
    headers.allSatisfy { header in
      guard header.isModel else { return true }
      return header.isRegex ? header.expression?.matches(model) ?? false : header.value == model
    }
  }

  /// The match that a rule without matches has.
  package static let everything = RouteMatch(.map([:]))
}
