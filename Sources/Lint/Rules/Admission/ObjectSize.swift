import Resources
import Manifest

extension Rule {
  static let objectSize = Rule(
    "object.size", .error, .admission, "an object larger than the server takes",
    why:
      "An API server takes requests of at most 3145728 bytes (3 MiB), and kubectl sends an object "
      + "as JSON.",
    bad: "an annotation of 4 MiB", good: "the text in smaller objects",
    reference: "kubernetes/apiserver v0.36.0, pkg/server/config.go",
    .document { document, report in
      let size = document.node.sizeAsJSON
      guard size > 3 << 20 else { return }
      report.add(
        "the object takes \(size) bytes as JSON, and a server takes at most \(3 << 20); "
          + "cut it into several", at: .root)
    })
}
