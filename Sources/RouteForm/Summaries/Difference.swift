internal import Schemas
package import YAML

/// What changed from some documents to others, in words, a line each.
///
/// A route's rules are named (`rule chat-split: weight of openai 100 -> 70`); any other change is
/// shown by its object and path.
package enum Difference {
  /// The changes, in the order of the old documents; what was added comes last.
  package static func lines(from old: [Node], to new: [Node]) -> [String] {
    var lines: [String] = []
    let pairs = paired(old, new, key: identity)
    let isOnly = max(old.count(where: isRoute), new.count(where: isRoute)) == 1
    for (before, after) in pairs {
      switch (before, after) {
      case (let before?, let after?):
        var summary = ChangeSummary(
          subject: isOnly && isRoute(after) ? "" : title(after),
          isSecret: after["kind"]?.text == "Secret")
        if isRoute(before), isRoute(after) {
          summary.compareRoutes(before, after)
        } else {
          summary.compare(before, after, at: [], of: "")
        }
        lines += summary.lines
      case (let before?, nil): lines.append("\(title(before)) removed")
      case (nil, let after?): lines.append("\(title(after)) added")
      case (nil, nil): break
      }
    }
    return lines
  }

  private static func isRoute(_ node: Node) -> Bool { node["kind"]?.text == "AIGatewayRoute" }

  /// What makes two documents the same object.
  private static func identity(_ node: Node) -> String {
    let metadata = node["metadata"]
    let parts = [
      node["kind"]?.scalar?.text, metadata?["namespace"]?.scalar?.text,
      metadata?["name"]?.scalar?.text,
    ]
    return parts.map { $0 ?? "" }.joined(separator: "/")
  }

  private static func title(_ node: Node) -> String {
    let kind = node["kind"]?.scalar?.text ?? "document"
    return node["metadata"]?["name"]?.scalar.map { "\(kind) \($0.text)" } ?? kind
  }

  /// Old and new items side by side: first those of the same key, then, of the others, those in
  /// the same place.
  static func paired(
    _ old: [Node], _ new: [Node], key: (Node) -> String
  ) -> [(old: Node?, new: Node?)] {
    var places: [String: [Int]] = [:]
    for (index, node) in new.enumerated() { places[key(node), default: []].append(index) }
    for (name, found) in places { places[name] = found.reversed() }
    var partner: [Int?] = old.map { places[key($0)]?.popLast() }
    var isTaken = Array(repeating: false, count: new.count)
    for case let index? in partner { isTaken[index] = true }
    for index in old.indices where partner[index] == nil {
      guard index < new.count, !isTaken[index], old[index]["kind"] == new[index]["kind"] else {
        continue
      }
      partner[index] = index
      isTaken[index] = true
    }
    let kept = old.indices.map { (old: old[$0] as Node?, new: partner[$0].map { new[$0] }) }
    return kept + new.indices.filter { !isTaken[$0] }.map { (old: nil, new: new[$0]) }
  }
}

/// The changes of one object, in words.
private struct ChangeSummary {
  /// What the lines begin with; nothing for the only route.
  let subject: String
  /// Whether it is a Secret, whose values are not shown.
  let isSecret: Bool
  var lines: [String] = []

  private mutating func add(_ text: String, in part: String) {
    let start = [subject, part].filter { !$0.isEmpty }.joined(separator: ", ")
    lines.append(start.isEmpty ? text : "\(start): \(text)")
  }

  mutating func compareRoutes(_ old: Node, _ new: Node) {
    let list = Path([.key("spec"), .key("rules")])
    guard case .sequence(let before)? = old[list], case .sequence(let after)? = new[list] else {
      compare(old, new, at: [], of: "")
      return
    }
    var rest = (old, new)
    rest.0.set(.null, at: list)
    rest.1.set(.null, at: list)
    compare(rest.0, rest.1, at: [], of: "")
    let key: (Node) -> String = { rule in
      rule["name"]?.scalar?.text ?? FormState.condition(of: rule)
    }
    var number = 0
    for (before, after) in Difference.paired(before, after, key: key) {
      number += 1
      switch (before, after) {
      case (let before?, let after?):
        compare(before, after, at: [], of: title(before, number))
      case (let before?, nil): add("removed", in: title(before, number))
      case (nil, let after?): add("added", in: title(after, nil))
      case (nil, nil): break
      }
    }
    addOrder(before, after, key, "rules", in: "")
  }

  private func title(_ rule: Node, _ number: Int?) -> String {
    if let name = rule["name"]?.scalar?.text { return "rule \(name)" }
    let label = FormState.label(of: rule)
    return "rule \(number.map { "\($0) " } ?? "")" + (label.hasPrefix("(") ? label : "(\(label))")
  }

  /// Adds that items which are in both lists stand in another order.
  private mutating func addOrder(
    _ old: [Node], _ new: [Node], _ key: (Node) -> String, _ what: String, in part: String
  ) {
    let (before, after) = (old.map(key), new.map(key))
    let common = Set(before).intersection(after)
    let (left, right) = (before.filter(common.contains), after.filter(common.contains))
    if left.count == right.count, left != right {
      add("\(what) in another order: \(right.joined(separator: ", "))", in: part)
    }
  }

  /// Compares two values; `path` is the way to them, `owner` the row of a list that they are of.
  mutating func compare(
    _ old: Node, _ new: Node, at path: [String], of part: String, owner: String = ""
  ) {
    guard old != new else { return }
    switch (old, new) {
    case (.mapping(let before), .mapping(let after)):
      for entry in before.entries {
        let inner = path + [entry.key]
        if let other = after[entry.key] {
          compare(entry.value, other, at: inner, of: part, owner: owner)
        } else {
          let (place, value) = only(entry.value, at: inner)
          add("\(name(place, owner)) removed (was \(shown(value, at: place)))", in: part)
        }
      }
      for entry in after.entries where before[entry.key] == nil {
        let (inner, value) = only(entry.value, at: path + [entry.key])
        add("\(name(inner, owner)) added: \(shown(value, at: inner))", in: part)
      }
      let keys: ([Mapping.Entry]) -> [String] = { $0.map(\.key) }
      if before.entries.count == after.entries.count,
        Set(keys(before.entries))
          == Set(
            keys(after.entries)), keys(before.entries) != keys(after.entries)
      {
        add("keys of \(name(path, owner)) in another order", in: part)
      }
    case (.sequence(let before), .sequence(let after)):
      compareRows(before, after, at: path, of: part, owner: owner)
    default:
      let what = name(path, owner)
      add(
        isHidden(path) ? "\(what) changed" : "\(what) \(shown(old)) -> \(shown(new))", in: part)
    }
  }

  /// The one value that mappings within each other hold, and the path to it.
  private func only(_ node: Node, at path: [String]) -> (path: [String], value: Node) {
    guard case .mapping(let mapping) = node, mapping.entries.count == 1,
      let entry = mapping.entries.first
    else { return (path, node) }
    return only(entry.value, at: path + [entry.key])
  }

  private mutating func compareRows(
    _ old: [Node], _ new: [Node], at path: [String], of part: String, owner: String
  ) {
    let what = name(path, owner)
    for (place, (before, after)) in Difference.paired(old, new, key: Self.key).enumerated() {
      switch (before, after) {
      case (let before?, let after?):
        // One that has another name now is called by its place.
        let name = Self.name(before).flatMap { $0 == Self.name(after) ? $0 : nil }
        let row = path.last == "matches" ? owner : name ?? "\(what)[\(place)]"
        if case .mapping = before, case .mapping = after {
          // The list is named by its row, except where rows have no name.
          compare(
            before, after, at: path.last == "matches" ? path : [], of: part,
            owner: row.isEmpty ? what : row)
        } else {
          compare(before, after, at: path, of: part, owner: owner)
        }
      case (let before?, nil): add("\(what): \(rowTitle(before, place)) removed", in: part)
      case (nil, let after?): add("\(what): \(rowTitle(after, place)) added", in: part)
      case (nil, nil): break
      }
    }
    addOrder(old, new, Self.key, what, in: part)
  }

  /// What identifies a row of its list: its name, else all of it.
  private static func key(_ row: Node) -> String { name(row) ?? row.flow }

  private static func name(_ row: Node) -> String? {
    guard case .mapping(let mapping) = row else { return row.flow }
    return ["name", "path", "metadataKey"].lazy.compactMap { mapping[$0]?.scalar?.text }.first
  }

  private func name(_ path: [String], _ owner: String) -> String {
    let path = path.first == "spec" ? Array(path.dropFirst()) : path
    let name = path.isEmpty ? "value" : path.joined(separator: ".")
    return owner.isEmpty ? name : "\(name) of \(owner)"
  }

  /// A row by its name, where it has one, and an empty one by its place.
  private func rowTitle(_ row: Node, _ place: Int) -> String {
    if case .mapping(let mapping) = row {
      if let name = Self.name(row) { return name }
      if mapping.entries.isEmpty { return "empty entry \(place + 1)" }
    }
    return shown(row)
  }

  /// Whether a value must not be shown: that of a Secret, or a copy of it.
  private func isHidden(_ path: [String]) -> Bool {
    isSecret
      && (path.first == "data" || path.first == "stringData" || path.contains("annotations"))
  }

  private func shown(_ node: Node, at path: [String] = []) -> String {
    if isHidden(path) { return Credential.mask }
    if let scalar = node.scalar {
      return scalar.text.isEmpty ? "\"\"" : Credential.masked(scalar.text)
    }
    let text = Credential.masked(node.flow)
    return text.utf8.count > 60 ? "\(text.prefix(56))..." : text
  }
}
