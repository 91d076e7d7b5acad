import Schemas
import YAML

/// What fails in the filters of a rule of a plain HTTPRoute, by themselves or together (envoyproxy/gateway
/// v1.8.1, internal/gatewayapi/filters.go, validate.go).
struct FilterFailure {
  let path: Path
  let reason: String

  /// What Envoy Gateway does not do; nil where it does.
  init?(of filter: Node, at path: Path) {
    if filter["type"]?.text == "ExternalAuth" {
      self.init(
        path: path.appending("type"),
        reason: "Envoy Gateway knows no filter ExternalAuth; write extAuth in a SecurityPolicy")
      return
    }
    for key in ["requestHeaderModifier", "responseHeaderModifier"] {
      for list in ["add", "set", "remove"] {
        for (index, item) in (filter.given(key)?.list(list) ?? []).enumerated() {
          let change = path.appending(.to(key, list, index))
          // What the API server refuses is told as that; it takes any text in `remove`.
          if let name = item.text ?? item["name"]?.text,
            item.text != nil || Pattern.headerName.accepts(name),
            let reason = FilterFailure.problem(ofHeader: name, in: filter["type"]?.text ?? key)
          {
            self.init(path: change, reason: reason)
            return
          }
          if let value = item["value"]?.text, !value.isEmpty, !Variable.isIn(value),
            !Pattern.headerValue.accepts(value)
          {
            self.init(
              path: change.appending("value"),
              reason:
                "Envoy Gateway refuses this value of a header; use \(Pattern.headerValue.description)"
            )
            return
          }
        }
      }
    }
    for key in ["urlRewrite", "requestRedirect"] {
      guard let name = filter.given(key, "hostname")?.text,
        let problem = Hostname.problem(ofTarget: name)
      else { continue }
      self.init(path: path.appending(.to(key, "hostname")), reason: problem)
      return
    }
    return nil
  }

  /// The same of a filter of a backendRef, which changes headers or the host only.
  init?(ofBackend filter: Node, at path: Path) {
    guard let type = filter["type"]?.text, !Variable.isIn(type) else { return nil }
    let known = [
      "RequestHeaderModifier", "ResponseHeaderModifier", "URLRewrite", "ExtensionRef",
    ]
    if !known.contains(type) {
      self.init(
        path: path.appending("type"),
        reason: "Envoy Gateway takes no \(type) in a backendRef; write it in the rule")
    } else if filter.given("urlRewrite", "path") != nil {
      self.init(
        path: path.appending(.to("urlRewrite", "path")),
        reason: "Envoy Gateway rewrites no path for one backendRef; write it in the rule")
    } else {
      return nil
    }
  }

  /// Why a header cannot be changed, nil where it can.
  private static func problem(ofHeader name: String, in type: String) -> String? {
    if name.isEmpty { return "the name is empty; write one" }
    if name.lowercased() == "host" {
      return "header Host cannot be changed by a \(type); use the hostname of a URLRewrite"
    }
    guard !Variable.isIn(name), name.contains(where: { $0 == "/" || $0 == ":" }) else { return nil }
    return "header \(name.quoted) cannot be changed by a \(type); write a name without / and :"
  }

  fileprivate init(path: Path, reason: String) {
    self.path = path
    self.reason = reason
  }
}

extension ResourceIndex {
  /// What fails among the filters of a rule together.
  func failures(among filters: [Node], at path: Path, in route: HTTPRoute) -> [FilterFailure] {
    var failures: [FilterFailure] = []
    func add(_ place: Int, _ reason: String) {
      failures.append(FilterFailure(path: path.appending(place), reason: reason))
    }
    var mirror: Int?
    var rewritten: Set<String> = []
    var rewrittenByOwn: Set<String> = []
    var hasMatches = false
    var ending =
      filters.contains { $0["type"]?.text == "RequestRedirect" } ? "RequestRedirect" : nil
    for (place, filter) in filters.enumerated() {
      if filter.given("requestMirror") != nil { mirror = mirror ?? place }
      let parts = ["hostname", "path"].filter { filter.given("urlRewrite", $0) != nil }
      if !rewrittenByOwn.isDisjoint(with: parts) {
        add(place, "an earlier HTTPRouteFilter of the rule rewrites the same; keep one")
      }
      rewritten.formUnion(parts)
      guard let spec = specOfFilter(filter, in: route) else { continue }
      let own = ["hostname", "path"].filter { spec.given("urlRewrite", $0) != nil }
      if !rewritten.isDisjoint(with: own) || !rewrittenByOwn.isEmpty && !own.isEmpty {
        add(place, "an earlier filter of the rule rewrites the URL as well; keep one")
      }
      rewrittenByOwn.formUnion(own)
      if hasMatches, !spec.list("matches").isEmpty {
        add(place, "an earlier HTTPRouteFilter of the rule has matches as well; keep one")
      }
      hasMatches = hasMatches || !spec.list("matches").isEmpty
      // What follows an answer is not looked at.
      if spec.given("directResponse") != nil {
        ending = "directResponse"
        break
      }
    }
    if let mirror, let ending {
      add(mirror, "a RequestMirror does not go with the rule's \(ending); leave one out")
    }
    return failures
  }

  /// What the HTTPRouteFilter says that a filter of a route names.
  func specOfFilter(_ filter: Node, in route: HTTPRoute) -> Node? {
    guard let key = route.filter(filter) else { return nil }
    return routeFilter(key)?.node.given("spec")
  }
}
