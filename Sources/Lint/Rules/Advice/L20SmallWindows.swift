import Resources
import Schemas
import YAML

extension Rule {
  static let smallWindows = Rule(
    "L20", "small-windows", .info, "large requests over HTTP/2 with small windows",
    why: "A client may send 64Ki of a stream, 1Mi of a connection, before it has to wait. Large "
      + "bodies over HTTP/2 are slow for that reason.",
    bad: "connection: {bufferLimit: 200Mi}",
    good: "http2: {initialStreamWindowSize: 1Mi, initialConnectionWindowSize: 4Mi}",
    reference: Upstream.aiGateway("site/docs/getting-started/basic-usage.md"),
    .policy { policy, report in
      guard policy.side == .client else { return }
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
