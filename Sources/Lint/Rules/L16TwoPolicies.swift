import Manifest

extension Rule {
  static let twoPolicies = Rule(
    "L16", .error, "two policies of one kind on one target",
    why: "The older one holds; the newer one is in conflict and ignored.",
    bad: "two ClientTrafficPolicies with targetRefs: [gw]",
    good: "one ClientTrafficPolicy with the fields of both",
    .bundle { bundle, report in
      judge(bundle.clientPolicies, &report)
      judge(bundle.backendPolicies.map { ($0.index, $0.policy.policy) }, &report)
    })

  private static func judge(
    _ policies: [(index: Int, policy: Policy)], _ report: inout Report
  ) {
    guard policies.count > 1 else { return }
    var owners: [String: String] = [:]
    for (index, policy) in policies {
      for target in policy.targets {
        let key = "\(policy.home)/\(target.kind)/\(target.name)/\(target.sectionName ?? "")"
        if let owner = owners[key] {
          report.add(
            "\(target.kind) \(target.name) already has the policy \(owner): only the older one "
              + "holds; put both into one", at: target.path, in: index)
        } else {
          owners[key] = policy.name
        }
      }
    }
  }
}
