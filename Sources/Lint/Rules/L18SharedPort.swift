import Manifest

extension Rule {
  static let sharedPort = Rule(
    "L18", .error, .controller, "a policy on one of several HTTP listeners on a port",
    why: "Without TLS, listeners on one port are one to Envoy, so Envoy Gateway refuses a policy "
      + "for some of them.",
    bad: "listeners a and b on port 80, ClientTrafficPolicy on gw with sectionName: a",
    good: "ClientTrafficPolicy on gw without sectionName",
    .bundle { bundle, report in
      for (index, policy) in bundle.clientPolicies {
        for target in policy.targets(kind: "Gateway") {
          guard let section = target.sectionName,
            let gateway = bundle.gateways[ObjectKey(policy.home, target.name)]?.gateway,
            let own = gateway.listeners.first(where: { $0.name == section }), own.isPlainHTTP,
            let other = gateway.listeners.first(where: {
              $0.isPlainHTTP && $0.port == own.port && $0.name != section
            })
          else { continue }
          let path = target.path.appending("sectionName")
          report.add(
            "listener \(other.name) shares the port of \(section) and both are plain HTTP, so "
              + "the policy is refused; target the whole Gateway", at: path, in: index,
            fix: "remove sectionName", .remove(path))
        }
      }
    })
}
