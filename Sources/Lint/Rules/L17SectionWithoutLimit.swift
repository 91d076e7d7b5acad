import Manifest

extension Rule {
  static let sectionWithoutLimit = Rule(
    "L17", .error, "a listener's policy that drops the Gateway's buffer limit",
    why: "Policies are not merged: the listener's one replaces the Gateway's whole policy, so its "
      + "requests are held to 32768 bytes again.",
    bad: "policy on gw with bufferLimit, policy on gw/https without",
    good: "bufferLimit in both policies",
    .bundle { bundle, report in
      guard bundle.clientPolicies.count > 1 else { return }
      let limits = bundle.wideLimits
      for (index, policy) in bundle.clientPolicies where policy.bufferLimit == nil {
        for target in policy.targets(kind: "Gateway") where target.sectionName != nil {
          guard let limit = limits[ObjectKey(policy.home, target.name)] else { continue }
          report.add(
            "this replaces the Gateway's policy on listener \(target.sectionName ?? ""), where "
              + "32768 bytes hold again; write bufferLimit here too", at: .bufferLimit, in: index,
            fix: "write bufferLimit \(limit.scalar?.text ?? "")", .set(.bufferLimit, limit))
        }
      }
    })
}

extension Bundle {
  /// The buffer limits of the policies on whole Gateways.
  fileprivate var wideLimits: [ObjectKey: Node] {
    var limits: [ObjectKey: Node] = [:]
    for (_, policy) in clientPolicies {
      guard let limit = policy.bufferLimit else { continue }
      for target in policy.targets(kind: "Gateway") where target.sectionName == nil {
        let gateway = ObjectKey(policy.home, target.name)
        if limits[gateway] == nil { limits[gateway] = limit }
      }
    }
    return limits
  }
}
