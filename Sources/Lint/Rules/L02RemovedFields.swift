import Manifest

extension Rule {
  static let removedFields = Rule(
    "L02", .error, .admission, "a field of an older release",
    why: "The field is gone. A strict apply refuses it; without validation it vanishes silently "
      + "and the route hangs on nothing.",
    bad: "spec: {targetRefs: [{name: gw, kind: Gateway, group: gateway.networking.k8s.io}]}",
    good: "spec: {parentRefs: [{name: gw}]}",
    .route { route, report in
      guard let spec = route.node["spec"] else { return }
      if let targets = spec["targetRefs"] {
        let path = Path.to("spec", "targetRefs")
        if spec["parentRefs"] == nil {
          report.add(
            "targetRefs was replaced; use parentRefs", at: path, fix: "rename to parentRefs",
            .remove(path), .set(.to("spec", "parentRefs"), targets))
        } else {
          report.add(
            "targetRefs was replaced by parentRefs; leave it out", at: path,
            fix: "remove targetRefs", .remove(path))
        }
      }
      for key in ["schema", "filterConfig"] where spec[key] != nil {
        report.add(
          "\(key) was removed from AIGatewayRoute; leave it out", at: .to("spec", key),
          fix: "remove \(key)", .remove(.to("spec", key)))
      }
    })
}
