import Resources
import Schemas
import YAML

extension Finding {
  /// A broken fact of a field, which the server refuses.
  init(_ fault: SchemaViolation, in document: Document) {
    // What a later Envoy Gateway takes may well be right.
    let isError = fault.rule != .newer
    self.init(
      document: document.index, path: fault.path, severity: isError ? .error : .warning,
      source: .admission, rule: fault.rule.rawValue, message: fault.message,
      fix: Fix(fault, in: document), field: fault.field, stage: isError ? fault.stage : nil)
  }
}

extension Fix {
  fileprivate init?(_ fault: SchemaViolation, in document: Document) {
    let path = fault.path
    let name = path.last.map { Path([$0]).description } ?? ""
    switch fault.fix {
    case nil: return nil
    case .replace(let node):
      self.init("write \(node.scalar?.text ?? name)", [.set(document: document.index, path, node)])
    case .remove: self.init("remove \(name)", [.remove(document: document.index, path)])
    case .move(let target, let node):
      let there = path.parent.appending(target)
      self.init(
        "move \(name) to \(target)",
        [.remove(document: document.index, path), .set(document: document.index, there, node)])
    case .rename(let key):
      let there = path.parent.appending(key)
      let removal = DocumentEdit.remove(document: document.index, path)
      guard let value = document.node[path], document.node[there] == nil else {
        self.init("remove \(name)", [removal])
        return
      }
      self.init(
        "rename to \(key)", [removal, .set(document: document.index, there, value)])
    }
  }
}
