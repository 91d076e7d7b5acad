import Manifest

extension Rule {
  static let policyReplaces = Rule(
    "L41", .warning, "a route's policy that replaces the Gateway's",
    why: "Without mergeType the policy on the HTTPRoute takes the place of the Gateway's one, "
      + "with its rate limits and timeouts.",
    bad: "policies on gw and on HTTPRoute chat, without mergeType",
    good: "mergeType: StrategicMerge in the one on HTTPRoute chat",
    .bundle { bundle, report in
      guard bundle.backendPolicies.count > 1 else { return }
      for (index, policy) in bundle.backendPolicies where !policy.isMerged {
        for target in policy.policy.targets(kind: "HTTPRoute") {
          let name = ObjectKey(policy.policy.home, target.name)
          guard let route = bundle.route(name)?.route,
            let wide = bundle.attachments(on: route).first(where: \.isWide)
          else { continue }
          report.add(
            "this replaces the Gateway's policy \(wide.policy.policy.name) for the route; write "
              + "mergeType StrategicMerge to keep both", at: .to("spec", "mergeType"), in: index,
            fix: "write mergeType StrategicMerge",
            .set(.to("spec", "mergeType"), .string("StrategicMerge")))
        }
      }
    })
}
