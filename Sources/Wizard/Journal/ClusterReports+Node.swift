import Resources
import RouteForm
import YAML

extension KnownCluster {
  /// The names of objects that are not read themselves, as a journal has them.
  var namesNode: Node {
    .mapping(
      Mapping(
        names.sorted { $0.key < $1.key }.map { kind, keys in
          .init(kind, .sequence(keys.sorted().map { .string("\($0)") }))
        }))
  }

  /// Reads those names from a journal.
  static func names(_ node: Node) -> [String: Set<ObjectKey>] {
    guard case .mapping(let mapping) = node else { return [:] }
    return mapping.entries.reduce(into: [:]) { names, entry in
      names[entry.key] = Set(entry.value.items.compactMap(\.text).map { ObjectKey($0) })
    }
  }
}

extension ApplyReport {
  /// As a journal has it.
  var node: Node {
    .map([
      "cluster": .string(cluster), "applied": .sequence(applied.map(Node.string)),
      "failures": .sequence(failures.map(Node.string)),
    ])
  }

  /// Reads it from a journal.
  init?(_ node: Node) {
    guard let cluster = node["cluster"]?.text else { return nil }
    self.init(
      cluster: cluster, applied: (node["applied"]?.items ?? []).compactMap(\.text),
      failures: (node["failures"]?.items ?? []).compactMap(\.text))
  }
}

extension StatusReport {
  /// As a journal has it.
  var node: Node {
    .map([
      "lines": .sequence(lines.map(\.node)), "well": .bool(isWell), "time": .string(time),
      "patience": .integer(timeout),
    ])
  }

  /// Reads it from a journal.
  init?(_ node: Node) {
    guard let isWell = node["well"]?.bool, let time = node["time"]?.text,
      let timeout = node["patience"]?.integer
    else { return nil }
    self.init(
      lines: (node["lines"]?.items ?? []).compactMap(StatusLine.init), isWell: isWell, time: time,
      timeout: timeout)
  }
}

extension StatusLine {
  fileprivate var node: Node {
    .map(["text": .string(text), "state": state.map { .string($0.rawValue) } ?? .null])
  }

  fileprivate init?(_ node: Node) {
    guard let text = node["text"]?.text else { return nil }
    self.init(text, node["state"]?.text.flatMap(LinkState.init))
  }
}
