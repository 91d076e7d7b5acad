import Resources
import Schemas
import YAML

extension Rule {
  static let idleBackendFilter = Rule(
    "L192", "idle-backend-filter", .warning,
    "parts of an HTTPRouteFilter that do nothing in a backendRef",
    why: "Of an HTTPRouteFilter that a backendRef of a plain HTTPRoute names, Envoy Gateway takes "
      + "credentialInjection and the headers of directResponse. Requests still go to the backend, "
      + "with their URL as it is, and whatever their cookies.",
    bad: "HTTPRoute {backendRefs: [{name: shop, filters: [{extensionRef: ...}]}]}, "
      + "HTTPRouteFilter {directResponse: {statusCode: 503}}",
    good: "HTTPRoute {filters: [{extensionRef: ...}]}",
    reference: Citation.envoyGateway("internal/xds/translator/route.go"),
    .bundle { index, report in
      for (document, route) in index.plainHTTPRoutes {
        for (number, rule) in (route.node["spec"]?.list("rules") ?? []).enumerated() {
          for (place, ref) in rule.list("backendRefs").enumerated() {
            for (position, filter) in ref.list("filters").enumerated() {
              guard let key = route.filter(filter),
                let spec = index.routeFilter(key)?.node.given("spec")
              else { continue }
              let idle = ["directResponse", "urlRewrite", "matches"].filter {
                spec.given($0).map { $0 != .sequence([]) } ?? false
              }
              guard !idle.isEmpty else { continue }
              report.add(
                "\(idle.joined(separator: " and ")) of HTTPRouteFilter \(key.name) "
                  + "\(idle.count == 1 ? "does" : "do") nothing for one backendRef; name it in "
                  + "the filters of the rule",
                at: .to(
                  "spec", "rules", number, "backendRefs", place, "filters", position,
                  "extensionRef", "name"), in: document)
            }
          }
        }
      }
    })
}
