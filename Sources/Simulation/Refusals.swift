import Kinds
import Manifest

/// What an API server refuses in an HTTPRoute though it took the AIGatewayRoute (domain.md 1.11).
struct Refusals {
  /// In the server's words, those of the schema first.
  private(set) var texts: [String] = []
  /// Whether one of them keeps the server from looking at its rules in CEL (domain.md 1.0).
  private var isBlocked = false
  private static let pattern = "^[!-~]+([\\t ]?[!-~]+)*$"

  init(of httpRoute: Node) {
    let rules = httpRoute["spec"]?.list("rules") ?? []
    for (index, rule) in rules.enumerated() { judge(rule, at: "spec.rules[\(index)]") }
    guard !isBlocked else {
      texts.append(
        "<nil>: Invalid value: null: some validation rules were not checked because the object "
          + "was invalid; correct the existing errors to complete validation")
      return
    }
    judgeParents(httpRoute["spec"]?.list("parentRefs") ?? [])
    if rules.reduce(0, { $0 + $1.list("matches").count }) > 128 {
      texts.append(
        "spec.rules: Invalid value: While 16 rules and 64 matches per rule are allowed, the total "
          + "number of matches across all rules in a route must be less than 128")
    }
    for (index, rule) in rules.enumerated() {
      judgeTimes(rule["timeouts"], at: "spec.rules[\(index)].timeouts")
    }
  }

  private mutating func judge(_ rule: Node, at place: String) {
    let refs = rule.list("backendRefs")
    limit(refs.count, 16, at: "\(place).backendRefs")
    for (index, ref) in refs.enumerated() {
      let path = "\(place).backendRefs[\(index)]"
      if (ref["name"]?.text ?? "").unicodeScalars.count > 253 {
        texts.append("\(path).name: Too long: may not be more than 253 bytes")
        isBlocked = true
      }
      if let weight = ref["weight"]?.integer, weight > 1_000_000 {
        texts.append(
          "\(path).weight: Invalid value: \(weight): \(path).weight in body should be less than "
            + "or equal to 1000000")
      }
    }
    let matches = rule.list("matches")
    limit(matches.count, 64, at: "\(place).matches")
    for (index, match) in matches.enumerated() {
      for (number, header) in match.list("headers").enumerated() {
        guard let value = header["value"]?.text, !Refusals.isPrintable(value) else { continue }
        let path = "\(place).matches[\(index)].headers[\(number)].value"
        texts.append(
          "\(path): Invalid value: \"\(value)\": \(path) in body should match "
            + "'\(Refusals.pattern)'")
      }
    }
  }

  private mutating func limit(_ count: Int, _ limit: Int, at path: String) {
    guard count > limit else { return }
    texts.append("\(path): Too many: \(count): must have at most \(limit) items")
    isBlocked = true
  }

  /// Visible ASCII with single spaces or tabs within.
  private static func isPrintable(_ value: String) -> Bool {
    var previous = UInt8(ascii: " ")
    for byte in value.utf8 {
      let isGap = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
      let wasGap = previous == UInt8(ascii: " ") || previous == UInt8(ascii: "\t")
      guard isGap ? !wasGap : (0x21...0x7E).contains(byte) else { return false }
      previous = byte
    }
    return previous != UInt8(ascii: " ") && previous != UInt8(ascii: "\t")
  }

  /// A parent named twice must be told apart by sectionName or port, each by the same of the two.
  private mutating func judgeParents(_ parents: [Node]) {
    var isUntold = false
    var isTwice = false
    for (index, left) in parents.enumerated() {
      for right in parents[..<index] where isSame(left, right) {
        let sections = (left["sectionName"]?.text ?? "", right["sectionName"]?.text ?? "")
        let ports = (left["port"]?.integer ?? 0, right["port"]?.integer ?? 0)
        if sections.0.isEmpty != sections.1.isEmpty || (ports.0 == 0) != (ports.1 == 0) {
          isUntold = true
        }
        if sections.0 == sections.1, ports.0 == ports.1 { isTwice = true }
      }
    }
    let problems = [(isUntold, "specified"), (isTwice, "unique")]
    for (isThere, word) in problems where isThere {
      texts.append(
        "spec.parentRefs: Invalid value: sectionName or port must be \(word) when parentRefs "
          + "includes 2 or more references to the same parent")
    }
  }

  private func isSame(_ left: Node, _ right: Node) -> Bool {
    ["group", "kind", "name"].allSatisfy { left[$0]?.text == right[$0]?.text }
      && left["namespace"]?.text ?? "" == right["namespace"]?.text ?? ""
  }

  private mutating func judgeTimes(_ times: Node?, at path: String) {
    guard let request = times?["request"]?.text.flatMap(GatewayDuration.milliseconds),
      let backend = times?["backendRequest"]?.text.flatMap(GatewayDuration.milliseconds),
      request != 0, backend > request
    else { return }
    texts.append(
      "\(path): Invalid value: backendRequest timeout cannot be longer than request timeout")
  }
}
