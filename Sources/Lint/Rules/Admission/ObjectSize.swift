import Schemas
import Resources
import YAML

extension Rule {
  static let objectSize = Rule(
    "object.size", "object-size", .error, .admission,
    "an object that exceeds the API server's size limit",
    why: "An API server accepts requests of at most 3145728 bytes (3 MiB), and kubectl sends an "
      + "object as JSON.",
    bad: "an annotation of 4 MiB", good: "the text in smaller objects",
    reference: Citation.kubernetes("staging/src/k8s.io/apiserver/pkg/server/config.go"),
    .document { document, report in
      guard document.node.mostBytesAsJSON > 3 << 20 else { return }
      let size = document.node.sizeAsJSON
      guard size > 3 << 20 else { return }
      report.add(
        "the object takes \(size) bytes as JSON, and a server takes at most \(3 << 20); "
          + "cut it into several", at: .root)
    })
}
