import Resources
import Schemas
import YAML

extension Rule {
  static let smallWindows = Rule(
    "L20", "small-windows", .info, "small flow-control windows for large HTTP/2 requests",
    why: "A client may send 64Ki per stream and 1Mi per connection before it has to wait, so large "
      + "bodies over HTTP/2 are slow.",
    bad: "connection: {bufferLimit: 200Mi}",
    good: "http2: {initialStreamWindowSize: 1Mi, initialConnectionWindowSize: 4Mi}",
    reference: Citation.aiGateway("site/docs/getting-started/basic-usage.md"),
    repair: .automatic,
    .policy { policy, report in
      guard policy.kind == .client else { return }
      let http2 = policy.node["spec"]?["http2"]
      let isTuned =
        ["initialStreamWindowSize", "initialConnectionWindowSize"].contains {
          http2?[$0].map { !$0.isNull } ?? false
        }
      // The 50Mi that every example has are for requests that are mostly small.
      guard !isTuned, policy.bufferBytes ?? 0 > 50 << 20 || http2.map({ !$0.isNull }) ?? false
      else { return }
      let path = Path.to("spec", "http2", "initialStreamWindowSize")
      report.add(
        "large bodies over HTTP/2 are slow with windows of 64Ki; use 1Mi a stream and 4Mi a "
          + "connection or so", at: path, fix: "write larger windows", .set(path, .string("1Mi")),
        .set(.to("spec", "http2", "initialConnectionWindowSize"), .string("4Mi")))
    })
}
