import Resources
import Schemas
import YAML

extension Rule {
  static let redirectPort = Rule(
    "L206", "redirect-port", .warning, .controller,
    "a redirect without port and scheme at listeners with several ports",
    why: "A redirect without a port leads to that of the listener. Before 1.9 Envoy Gateway takes "
      + "the first listener's for all that serve the route by one parentRef: clients of HTTPS are "
      + "sent to the port of HTTP.",
    bad: "parentRefs: [{name: g}], requestRedirect: {path: ...}, Gateway g with ports 80 and 443",
    good: "parentRefs: [{name: g}], requestRedirect: {scheme: https, path: ...}",
    reference: Citation.envoyGateway("internal/gatewayapi/route.go"),
    .bundle { index, report in
      for (document, route) in index.plainHTTPRoutes {
        let redirects = route.redirects.filter { route.node[$0]?.writtenPort == nil }
        guard !redirects.isEmpty else { continue }
        for parent in route.attachment.parents {
          let served = index.servedListeners(of: parent, route.attachment)
          guard let first = served.first, let port = first.port,
            let other = served.first(where: { $0.port != port })
          else { continue }
          for path in redirects {
            report.add(
              "Envoy Gateway before 1.9 sends clients of listener \(other.name) to port \(port), "
                + "that of listener \(first.name); write the scheme or the port, or a parentRef "
                + "with sectionName for each listener", at: path, in: document)
          }
          break
        }
      }
    })
}

extension HTTPRoute {
  /// Where its rules have a `requestRedirect`.
  fileprivate var redirects: [Path] {
    (node["spec"]?.list("rules") ?? []).enumerated().flatMap { rule, content in
      content.list("filters").enumerated().compactMap { place, filter in
        filter.given("requestRedirect") == nil
          ? nil : Path.to("spec", "rules", rule, "filters", place, "requestRedirect")
      }
    }
  }
}
