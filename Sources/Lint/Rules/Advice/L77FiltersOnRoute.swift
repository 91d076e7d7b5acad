import Resources
import Schemas
import YAML

extension Rule {
  static let filtersOnRoute = Rule(
    "L77.filters", "filters-on-route", .warning,
    "requestBuffer, faultInjection, cors or programs for a single AI route",
    why: "Envoy applies these before the model is known, by the policy of the route that takes the "
      + "request first: usually the oldest on the Gateway, with its rule for unknown models. A "
      + "policy on a later route, or on a rule, has no effect; one on the oldest route acts on "
      + "the requests of all. So it is with the programs of an EnvoyExtensionPolicy.",
    bad:
      "routes a and b on gw, BackendTrafficPolicy {targetRefs: [HTTPRoute b], requestBuffer: ...}",
    good: "BackendTrafficPolicy {targetRefs: [Gateway gw], requestBuffer: ...}",
    reference: Citation.envoyGateway("internal/xds/translator/httpfilters.go"),
    .bundle { bundle, report in
      lazy var order = FirstRoutes(of: bundle)
      let kinds: [Policy.Kind] = [.backend, .security, .extensions]
      for attachment in kinds.flatMap({ bundle.policies($0).attachments }) {
        let target = attachment.target
        let filters = attachment.holder.policy.earlyFilters
        guard !filters.isEmpty, target.kind == GroupKind.httpRoute.kind,
          let route = bundle.route(target.object)?.route,
          !route.mayComeFirst(by: target.section),
          let effect = order.effect(on: route, target.section)
        else { continue }
        let place = attachment.path
        let verb = attachment.holder.policy.kind == .extensions ? "chosen" : "applied"
        report.add(
          "\(filters.joined(separator: " and ")) \(filters.count == 1 ? "is" : "are") \(verb) "
            + "before the model is known: \(effect); target the Gateway",
          at: place.steps.contains(.key("targetSelectors")) ? place : place.appending("name"),
          in: attachment.holder.index)
      }
    })
}

/// Which route takes the requests first, before their model is known, at each place.
private struct FirstRoutes {
  private let bundle: ResourceIndex
  /// The routes at each place, the oldest first.
  private var routes: [HostListener: [AIGatewayRoute]] = [:]

  init(of bundle: ResourceIndex) {
    self.bundle = bundle
    for served in bundle.servedRoutes {
      for place in Set(served.places.flatMap(\.own)) {
        routes[place, default: []].append(served.route)
      }
    }
  }

  /// What becomes of a policy's filter on a route, or on a rule of it, where that is not what it
  /// seems to be.
  func effect(on route: AIGatewayRoute, _ rule: String?) -> String? {
    let met = bundle.servedPlaces(of: route.attachment).flatMap(\.meeting)
      .compactMap { routes[$0] }
    guard !met.isEmpty else { return nil }
    let firsts = met.compactMap(\.first)
    if let first = firsts.first, !firsts.contains(where: { $0 === route }) {
      return "route \(first.name) takes all requests first, so that it has no effect on "
        + "\(route.name)"
    }
    if let rule, rule != WellKnown.notFoundRule {
      return "\(WellKnown.notFoundRule) of \(route.name) takes all requests first, so that it has "
        + "no effect on rule \(rule)"
    }
    return met.filter { $0.first === route }.joined().first { $0 !== route }.map {
      "\(route.name) takes all requests first, so that it acts on those of route \($0.name), too"
    }
  }
}

extension Policy {
  /// What Envoy applies before AI Gateway reads the body.
  fileprivate var earlyFilters: [String] {
    ["requestBuffer", "faultInjection", "cors", "lua", "wasm", "extProc"].filter {
      spec.given($0).map { $0 != .sequence([]) } ?? false
    }
  }
}

extension AIGatewayRoute {
  /// Whether requests may be taken by a rule of it before their model is known: by one that does
  /// not ask for the model; with a name, only by the rule of that name.
  fileprivate func mayComeFirst(by rule: String?) -> Bool {
    rules.contains {
      (rule == nil || rule == $0.name)
        && $0.candidates.contains { match in
          !match.headers.contains { $0.name.lowercased() == WellKnown.modelHeader }
        }
    }
  }
}
