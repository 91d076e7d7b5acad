import Schemas
import Resources
import YAML

extension Rule {
  static let mixedHostnames = Rule(
    "L56", "mixed-hostnames", .warning, "routes with and without hostnames on one Gateway",
    why: "Requests for a hostname of one route never reach routes without hostnames, although "
      + "/v1/models lists their models there.",
    bad: "route a with hostnames, route b without", good: "hostnames in both, or in none",
    reference: Citation.aiGateway("internal/extproc/models_processor.go"),
    .bundle { bundle, report in
      guard bundle.routes.count + bundle.mcpRoutes.count > 1 else { return }
      var hosted: [HostListener: AIGatewayRoute] = [:]
      for (_, route) in bundle.routes where !route.hostnames.isEmpty {
        for lane in route.attachment.places.flatMap(\.own) where hosted[lane] == nil {
          hosted[lane] = route
        }
      }
      guard !hosted.isEmpty else { return }
      for (index, route) in bundle.routes where route.hostnames.isEmpty {
        let others = route.attachment.places.flatMap(\.meeting).compactMap { hosted[$0] }
        guard let other = others.first, let host = other.hostnames.first else { continue }
        report.add(
          "route \(other.name) names hosts on the same Gateway, so this one is not seen on "
            + "\(host); write hostnames here too", at: .to("spec", "hostnames"), in: index)
      }
      for mcp in bundle.mcpRoutes where mcp.attachment.hostnames.isEmpty {
        let others = mcp.attachment.places.flatMap(\.meeting).compactMap { hosted[$0] }
        guard let other = others.first, let host = other.hostnames.first else { continue }
        report.add(
          "route \(other.name) names hosts on the same Gateway, so this one is not seen on "
            + "\(host)"
            + (bundle.release >= .v1_1 ? "; write hostnames here too" : ""),
          at: .to("spec", "hostnames"), in: mcp.index)
      }
    })
}
