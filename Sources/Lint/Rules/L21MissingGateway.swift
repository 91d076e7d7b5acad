import Kinds
import Manifest

extension Rule {
  static let missingGateway = Rule(
    "L21", .warning, .controller, "a parentRef to a Gateway that is not there",
    why: "Without a namespace the Gateway is looked for beside the route. Where it is not found, "
      + "the route hangs on nothing and the controller reports that it could not sync.",
    bad: "route in apps with parentRefs: [{name: gw}], Gateway gw in infra",
    good: "parentRefs: [{name: gw, namespace: infra}]",
    .bundle { bundle, report in
      guard !bundle.gateways.isEmpty else { return }
      var homes: [String: [String]] = [:]
      for gateway in bundle.gateways.keys.sorted() {
        homes[gateway.name, default: []].append(gateway.namespace)
      }
      let names = Array(homes.keys.sorted().prefix(100))
      for (index, route) in bundle.routes {
        for (place, parent) in route.parents.enumerated() where parent.isGateway {
          let wanted = route.gateway(of: parent)
          guard bundle.gateways[wanted] == nil, !parent.name.isEmpty else { continue }
          let path = Path.to("spec", "parentRefs", place)
          if let others = homes[parent.name], let home = others.first {
            report.add(
              "Gateway \(parent.name) stands in namespace \(others.alternatives) here, not in "
                + "\(wanted.namespace); write namespace \(home)", at: path.appending("namespace"),
              in: index, fix: "write namespace \(home)",
              .set(path.appending("namespace"), .string(home)))
          } else if let name = Closest.match(for: parent.name, among: names) {
            report.add(
              "Gateway \(parent.name.quoted) is not among these documents, \(name) is; check the "
                + "spelling", at: path.appending("name"), in: index, severity: .info)
          } else {
            report.add(
              "Gateway \(parent.name) is not among these documents; whether it exists cannot be "
                + "known from them", at: path.appending("name"), in: index, severity: .info)
          }
        }
      }
    })
}
