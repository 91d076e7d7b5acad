import Kinds
import Manifest

extension Rule {
  static let missingGrants = Rule(
    "L60", .warning, "a reference into another namespace without both grants",
    why: "The route and the HTTPRoute made of it each need a ReferenceGrant in the backend's "
      + "namespace. Without the first the route is not written at all, without the second it "
      + "answers 500. It is taken that Backends stand beside their AIServiceBackends.",
    bad: "{name: azure, namespace: shared} alone",
    good: "the same and two ReferenceGrants in shared",
    .bundle { bundle, report in
      for (index, route) in bundle.routes {
        for destination in route.destinations {
          let namespace = destination.namespace
          let missing = Reference.needs(of: destination).filter { need in
            !bundle.grants.contains {
              $0.grant.home == namespace
                && $0.grant.allows(need.source, of: route.home, to: need.target)
            }
          }
          guard !missing.isEmpty, let place = firstReference(of: route, into: namespace) else {
            continue
          }
          add(missing, for: route, index, namespace, at: place, in: bundle, &report)
        }
      }
    })

  private static func firstReference(of route: Route, into namespace: String) -> Path? {
    for rule in route.rules where rule.destinations.contains(where: { $0.namespace == namespace }) {
      guard let ref = rule.refs.firstIndex(where: { $0.namespace == namespace }) else { continue }
      return .to("spec", "rules", rule.index, "backendRefs", ref, "namespace")
    }
    return nil
  }

  private static func add(
    _ missing: [Reference], for route: Route, _ index: Int, _ namespace: String, at path: Path,
    in bundle: Bundle, _ report: inout Report
  ) {
    let sources = Set(missing.map(\.source.kind))
    let offers = Offers.referenceGrants(for: route.node).filter { grant in
      grant["metadata"]?["namespace"]?.text == namespace
        && grant["spec"]?["from"]?[0]?["kind"]?.text.map(sources.contains) ?? false
    }
    let edits = offers.map { Edit.add(bundle.renamingIfTaken($0)) }
    let kinds = ["AIGatewayRoute", "HTTPRoute"].filter(sources.contains)
    report.add(
      "namespace \(namespace) has no ReferenceGrant here for \(kinds.joined(separator: " and "))"
        + " from \(route.home); write \(edits.count == 1 ? "it" : "them")",
      at: path, in: index)
    let title = edits.count == 1 ? "write the ReferenceGrant" : "write the ReferenceGrants"
    report.attach(Fix(title, edits))
  }
}

extension Bundle {
  /// An object under a name that no document of its kind and namespace has.
  fileprivate func renamingIfTaken(_ node: Node) -> Node {
    guard let name = node["metadata"]?["name"]?.text,
      let namespace = node["metadata"]?["namespace"]?.text
    else { return node }
    let taken = Set(grants.filter { $0.grant.home == namespace }.map { documents[$0.index].name })
    var candidate = name
    var number = 2
    while taken.contains(candidate) {
      candidate = "\(name)-\(number)"
      number += 1
    }
    var renamed = node
    renamed.set(.string(candidate), at: .to("metadata", "name"))
    return renamed
  }
}
