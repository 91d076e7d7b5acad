import Manifest

/// A match of a route's rule as the rules see it.
final class Match: Sendable {
  struct Header: Hashable, Sendable {
    let name: String
    let value: String
    let isRegex: Bool

    /// Whether this is the header that holds the model, in any case of letters.
    var isModel: Bool { name.utf8.count == 13 && name.lowercased() == "x-ai-eg-model" }
  }

  let node: Node
  let headers: [Header]
  /// The headers as a set: matches with equal conditions take the same requests.
  let conditions: Set<Header>
  /// The hash of the conditions: the sum of their own.
  let key: Int

  init(_ node: Node) {
    self.node = node
    headers = (node["headers"]?.items ?? []).map { header in
      Header(
        name: header["name"]?.text ?? "", value: header["value"]?.text ?? "",
        isRegex: header["type"]?.text == "RegularExpression")
    }
    conditions = Set(
      headers.map { Header(name: $0.name.lowercased(), value: $0.value, isRegex: $0.isRegex) })
    key = conditions.reduce(0) { $0 &+ $1.hashValue }
  }

  /// The match that a rule without matches has.
  static let everything = Match(.map([:]))
}
