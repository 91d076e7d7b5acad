import Manifest

extension Rule {
  static let sectionWithoutLimit = Rule(
    "L17", .error, "a listener's policy that drops the Gateway's buffer limit",
    why: "Policies are not merged: the listener's one replaces the Gateway's whole policy, so its "
      + "requests are held to 32768 bytes again.",
    bad: "policy on gw with bufferLimit, policy on gw/https without",
    good: "bufferLimit in both policies",
    .bundle { bundle, report in
      for (index, policy) in bundle.clientPolicies where policy.bufferLimit == nil {
        for target in policy.targets(kind: "Gateway") where target.sectionName != nil {
          guard let limit = bundle.wideLimit(over: target, in: policy.home) else { continue }
          report.add(
            "this replaces the Gateway's policy on listener \(target.sectionName ?? ""), where "
              + "32768 bytes hold again; write bufferLimit here too", at: .bufferLimit, in: index,
            fix: "write bufferLimit \(limit.scalar?.text ?? "")", .set(.bufferLimit, limit))
        }
      }
    })
}

extension Bundle {
  /// The buffer limit of the policy on the whole Gateway, nil where none sets one.
  fileprivate func wideLimit(over target: Policy.Target, in namespace: String) -> Node? {
    for (_, policy) in clientPolicies where policy.home == namespace {
      let isWide = policy.targets(kind: "Gateway").contains { other in
        other.name == target.name && other.sectionName == nil
      }
      if isWide, let limit = policy.bufferLimit { return limit }
    }
    return nil
  }
}
