import Kinds
import Manifest
import Resources

extension Rule {
  static let ignoredMutation = Rule(
    "headers.ignored", .warning, "a header that AI Gateway leaves alone",
    why: "AI Gateway manages headers that begin with x-ai-eg-, pseudo headers such as :path, and "
      + "x-envoy-original-path itself: entries of headerMutation for them are ignored, and nothing "
      + "says so.",
    bad: "headerMutation: {set: [{name: x-ai-eg-model, value: other}]}",
    good: "modelNameOverride: other",
    reference: "envoyproxy/ai-gateway v1.1.0, internal/headermutator/header_mutator.go",
    .routeRule { rule, report in
      guard rule.traits.contains(.mutation) else { return }
      for (place, ref) in rule.refs.enumerated() {
        tell(ref.node.given("headerMutation"), at: .to("backendRefs", place), &report)
      }
    })

  static let ignoredServiceMutation = Rule(
    "headers.ignored.service", .warning, "a header that AI Gateway leaves alone",
    why: ignoredMutation.why, bad: ignoredMutation.bad,
    good: "modelNameOverride in the route's backendRef", reference: ignoredMutation.reference,
    .service { service, report in
      tell(service.node["spec"]?.given("headerMutation"), at: .to("spec"), &report)
    })

  private static func tell(_ mutation: Node?, at base: Path, _ report: inout Report) {
    guard let mutation else { return }
    let base = base.appending("headerMutation")
    for (index, header) in mutation.list("set").enumerated() {
      guard let name = header["name"]?.text, isManaged(name) else { continue }
      let path = base.appending(.to("set", index))
      let advice = name.lowercased() == WellKnown.modelHeader ? "; use modelNameOverride" : ""
      report.add(
        "AI Gateway ignores the change of \(name.quoted)\(advice)", at: path.appending("name"),
        fix: "remove the entry", .remove(path))
    }
    for (index, name) in mutation.list("remove").enumerated() {
      guard let name = name.text, isManaged(name) else { continue }
      let path = base.appending(.to("remove", index))
      report.add(
        "AI Gateway ignores the removal of \(name.quoted)", at: path, fix: "remove the entry",
        .remove(path))
    }
  }

  private static func isManaged(_ name: String) -> Bool {
    name.hasPrefix(":") || name.lowercased().hasPrefix("x-ai-eg-")
      || name.lowercased() == "x-envoy-original-path"
  }
}
