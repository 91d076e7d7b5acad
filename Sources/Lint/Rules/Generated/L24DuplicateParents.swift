import Resources
import Schemas
import YAML

extension Rule {
  static let duplicateParents = Rule(
    "L24", "duplicate-parents", .error, .generated,
    "the same Gateway twice in parentRefs without distinct sectionNames or ports",
    why: "The generated HTTPRoute is refused; the previous one, if any, keeps serving.",
    bad: "parentRefs: [{name: gw}, {name: gw, sectionName: https}]",
    good: "parentRefs: [{name: gw, sectionName: http}, {name: gw, sectionName: https}]",
    reference: Citation.gatewayAPICRD("httproutes"),
    repair: .automatic,
    .document { document, report in
      // The server takes 16; each is compared with each.
      let parents = document.parents.prefix(64)
      for (later, parent) in parents.enumerated() {
        for earlier in 0..<later {
          let other = parents[earlier]
          guard other.isSameGateway(as: parent) else { continue }
          let path = Path.to("spec", "parentRefs", later)
          let hasSameKeys =
            other.hasSection == parent.hasSection && (other.port == nil) == (parent.port == nil)
          if !hasSameKeys {
            report.add(
              "Gateway \(parent.name) is named twice; write sectionName (or port) in both",
              at: path, field: path.parent)
          } else if other.sectionName ?? "" == parent.sectionName ?? "", other.port == parent.port {
            report.add(
              "Gateway \(parent.name) is named twice; keep one, or give each its sectionName",
              at: path, field: path.parent, fix: "remove the second", .remove(path))
          } else {
            continue
          }
          break
        }
      }
    })
}

extension Document {
  /// The parentRefs of a route of AI Gateway.
  fileprivate var parents: [ParentRef] {
    if case .route(let route) = content { return route.parents }
    guard kind == GroupKind.mcpRoute.kind else { return [] }
    return (node["spec"]?.list("parentRefs") ?? []).map(ParentRef.init)
  }
}

extension ParentRef {
  fileprivate var hasSection: Bool { !(sectionName ?? "").isEmpty }

  fileprivate func isSameGateway(as other: ParentRef) -> Bool {
    name == other.name && kind == other.kind && group == other.group
      && namespace ?? "" == other.namespace ?? ""
  }
}
