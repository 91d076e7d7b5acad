import Resources
import Schemas
import YAML

extension Finding {
  /// A broken fact of a field, which the server refuses.
  init(_ violation: SchemaViolation, in document: Document) {
    let violation = document.resource?.relocated(violation) ?? violation
    // What a later Envoy Gateway takes may well be right.
    let isOfLaterPools = document.hasSeveralPorts(violation)
    let isError = violation.rule != .newer && !isOfLaterPools
    self.init(
      document: document.index, path: violation.path, severity: isError ? .error : .warning,
      source: .admission, rule: violation.rule.rawValue,
      message: violation.message
        + (isOfLaterPools
          ? ", unless the CRDs are those of Inference Extension 1.1 or later, which take 8" : ""),
      fix: Fix(violation, in: document), field: violation.field,
      stage: isError ? violation.stage : nil)
  }
}

extension Document {
  /// Whether a violation is that of several ports in an InferencePool, of which Inference Extension takes
  /// up to 8 since 1.1 (kubernetes-sigs/gateway-api-inference-extension v1.1.0,
  /// api/v1/inferencepool_types.go), and AI Gateway none: its picker names the endpoint
  /// (envoyproxy/ai-gateway v1.1.0, internal/extensionserver/post_cluster_modify.go).
  fileprivate func hasSeveralPorts(_ violation: SchemaViolation) -> Bool {
    let path = Path.to("spec", "targetPorts")
    guard kind == GroupKind.inferencePool.kind, violation.rule == .count, violation.path == path,
      let items = node[path]?.items
    else { return false }
    let ports = items.compactMap { $0["number"]?.integer }
    return (2...8).contains(items.count) && Set(ports).count == items.count
  }
}

extension Fix {
  fileprivate init?(_ violation: SchemaViolation, in document: Document) {
    let path = violation.path
    let name = path.last.map { Path([$0]).description } ?? ""
    switch violation.fix {
    case nil: return nil
    case .replace(let node):
      let old = document.node[path]?.text
      let isChoice = violation.rule == .choice
      self.init(
        "write \(node.written ?? name)", [.set(document: document.index, path, node)],
        caution: isChoice ? .writing(node.text ?? "", for: old ?? "") : nil)
    case .remove:
      // Another release takes it, or it stands for what somebody has asked for and must not be lost.
      self.init(
        "remove \(name)", [.remove(document: document.index, path)],
        caution: [.release, .unknown].contains(violation.rule) ? .guess : nil)
    case .move(let target, let node):
      let there = path.parent.appending(target)
      self.init(
        "move \(name) to \(target)",
        [.remove(document: document.index, path), .set(document: document.index, there, node)])
    case .rename(let key):
      let there = path.parent.appending(key)
      let removal = DocumentEdit.remove(document: document.index, path)
      guard let value = document.node[path], document.node[there] == nil else {
        self.init("remove \(name)", [removal], caution: .guess)
        return
      }
      self.init(
        "rename to \(key)", [removal, .set(document: document.index, there, value)])
    }
  }
}

extension Node {
  /// The text of a scalar, in quotes where it would be no text without them.
  fileprivate var written: String? {
    scalar.map {
      $0.kind == .string && Scalar(plain: $0.text).kind != .string ? $0.text.json : $0.text
    }
  }
}
