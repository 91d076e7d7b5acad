import Resources
import Schemas
import YAML

extension Rule {
  static let idleCompressor = Rule(
    "L195", "idle-compressor", .warning, "a compressor without the settings of its type",
    why: "Envoy Gateway passes over an item of compressor that lacks the field named after its "
      + "type, be it empty; in compression, its predecessor, the type was enough.",
    bad: "BackendTrafficPolicy {compressor: [{type: Gzip}]}",
    good: "BackendTrafficPolicy {compressor: [{type: Gzip, gzip: {}}]}",
    reference: Citation.envoyGateway("internal/gatewayapi/backendtrafficpolicy.go"),
    repair: .automatic,
    .policy { policy, report in
      // What is merged strategically has the parent's settings of the same type as well.
      guard policy.kind == .backend, policy.spec.given("mergeType")?.text != "StrategicMerge"
      else { return }
      for (index, item) in policy.spec.list("compressor").enumerated() {
        guard let field = settings(ofCompression: item), item.given(field) == nil else { continue }
        let path = Path.to("spec", "compressor", index)
        report.add(
          "Envoy Gateway passes over it without \(field); write \(field): {}", at: path,
          fix: "write \(field): {}", .set(path.appending(field), .map([:])))
      }
    })

  /// The field with the settings of a kind of compression, nil where its type is none.
  static func settings(ofCompression item: Node) -> String? {
    ["Brotli", "Gzip", "Zstd"].first { $0 == item["type"]?.text }?.lowercased()
  }
}
