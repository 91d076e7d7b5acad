import Schemas
import YAML
import Resources

extension Rule {
  static let noListener = Rule(
    "L23", "no-listener", .error, .controller, "a route that matches no listener of its Gateway",
    why: "The AIGatewayRoute is reported as Accepted anyway. Only the status of its HTTPRoute "
      + "shows that no listener has the requested name or port, or a hostname in common with the "
      + "route.",
    bad: "parentRefs: [{name: gw, sectionName: https}], Gateway gw with listener http",
    good: "parentRefs: [{name: gw, sectionName: http}]",
    reference: Citation.envoyGateway("internal/gatewayapi/route.go"),
    repair: .automatic,
    .bundle { bundle, report in
      for known in bundle.knownParents where !known.gateway.listeners.isEmpty {
        if known.listeners.isEmpty {
          nameListeners(for: known, in: bundle, &report)
        } else {
          compareHosts(of: known, in: bundle, &report)
        }
      }
    })

  private static func nameListeners(
    for known: ResourceIndex.KnownParent, in index: ResourceIndex, _ report: inout Report
  ) {
    let gateway = known.gateway
    let title = "Gateway \(gateway.name.name)"
    if let section = known.parent.sectionName, !section.isEmpty,
      !gateway.listeners.contains(where: { $0.name == section })
    {
      let names = gateway.listeners.map(\.name)
      let path = known.path.appending("sectionName")
      let other = index.setListeners(of: gateway).first { $0.listener.name == section }
      let hint = other.map {
        " of its own, only ListenerSet \($0.set.name) has one, and serves no route that names the Gateway"
      }
      report.add(
        "\(title) has no listener \(section.quoted)\(hint ?? ""); use \(names.alternatives)",
        at: path,
        in: known.index)
      if let name = NearestWord.match(for: section, among: names)
        ?? (names.count == 1 ? names[0] : nil)
      {
        report.attach(
          Fix(
            "write sectionName \(name)",
            [.set(document: known.index, path, .string(name))],
            caution: .writing(name, for: section)))
      }
    } else {
      let ports = gateway.listeners.compactMap(\.port).map(String.init)
      report.add(
        "\(title) has no such listener on port \(known.parent.port.map(String.init) ?? ""); "
          + "use \(ports.alternatives)", at: known.path.appending("port"), in: known.index)
    }
  }

  private static func compareHosts(
    of known: ResourceIndex.KnownParent, in index: ResourceIndex, _ report: inout Report
  ) {
    let hosts = known.route.hostnames
    let open = known.open
    for listener in open {
      for host in known.gateway.hosts(of: hosts, on: listener) {
        guard let other = index.taker(of: host, on: listener, of: known.gateway) else { continue }
        report.add(
          "host \(host) is that of listener \(other.listener.name) of ListenerSet \(other.set.name) on port "
            + "\(listener.port ?? 0), so that listener \(listener.name) does not serve the route for it; use "
            + "another host or port", at: .to("spec", "hostnames"), in: known.index,
          severity: .warning)
      }
    }
    guard !hosts.isEmpty, !open.isEmpty,
      open.allSatisfy({ known.gateway.hosts(of: hosts, on: $0).isEmpty })
    else { return }
    report.add(
      "no hostname fits a listener of Gateway \(known.gateway.name.name); use "
        + open.compactMap(\.hostname).alternatives, at: .to("spec", "hostnames"),
      in: known.index)
  }
}
