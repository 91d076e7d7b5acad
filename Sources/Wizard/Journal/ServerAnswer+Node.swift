import Lint
import YAML

extension ServerAnswer {
  /// As a journal has it.
  var node: Node {
    .map([
      "cluster": .string(cluster), "time": .string(time),
      "findings": .sequence(findings.map(\.said)), "notes": .sequence(notes.map(Node.string)),
    ])
  }

  /// Reads it from a journal.
  init?(_ node: Node) {
    guard let cluster = node["cluster"]?.text, let time = node["time"]?.text else { return nil }
    self.init(
      cluster: cluster, time: time,
      findings: (node["findings"]?.items ?? []).compactMap(Finding.init(said:)),
      notes: (node["notes"]?.items ?? []).compactMap(\.text))
  }
}

extension Finding {
  fileprivate var said: Node {
    .map([
      "document": .integer(document), "path": .string("\(path)"), "rule": .string(rule),
      "severity": .string(severity.rawValue), "message": .string(message),
    ])
  }

  fileprivate init?(said node: Node) {
    guard let document = node["document"]?.integer, let rule = node["rule"]?.text,
      let severity = node["severity"]?.text.flatMap(Severity.init), let path = node["path"]?.text,
      let message = node["message"]?.text
    else { return nil }
    self.init(
      document: document, path: Path(path) ?? .root, severity: severity, source: .server,
      rule: rule, message: message)
  }
}
