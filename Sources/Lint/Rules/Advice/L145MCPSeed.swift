import Resources
import Schemas
import YAML

extension Rule {
  static let mcpSeed = Rule(
    "L145", "mcp-seed", .info, "MCP sessions encrypted with the chart's default seed",
    why: "The ids of MCP sessions are encrypted with a key made of a seed, and AI Gateway's chart "
      + "comes with a public one: anybody who knows it reads and forges ids. It is set when AI Gateway "
      + "is installed, not in a manifest of a route.",
    bad: "MCPRoute alone", good: "the chart's value controller.mcp.sessionEncryption.seed",
    reference: Citation.aiGateway("manifests/charts/ai-gateway-helm/values.yaml"),
    .bundle { index, report in
      guard let route = index.mcpRoutes.first, !index.documents.contains(where: \.hasOwnSeed) else {
        return
      }
      report.add(
        "unless AI Gateway was installed with a seed of its own "
          + "(controller.mcp.sessionEncryption.seed), ids of MCP sessions can be forged",
        at: .to("spec"), in: route.index)
    })
}

extension Document {
  /// Whether it installs AI Gateway with a seed that is not the chart's.
  fileprivate var hasOwnSeed: Bool {
    switch kind {
    case "Deployment":
      node.hasText {
        $0.drop { $0 == "-" }.hasPrefix("mcpSessionEncryptionSeed=") && !$0.hasSuffix(Self.known)
      }
    case "HelmRelease":
      node[.to("spec", "values", "controller", "mcp", "sessionEncryption", "seed")]
        .map { $0.text != Self.known } ?? false
    case _: false
    }
  }

  private static let known = "default-insecure-seed"
}
