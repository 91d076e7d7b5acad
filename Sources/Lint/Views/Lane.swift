/// A place where requests arrive: one host on one listener, or on all, of one Gateway.
///
/// Routes compete only where they share one (domain.md 3.3). A route is put in its `own` lanes,
/// and finds those that it competes with in its `shared` ones, so that no pairs are compared.
struct Lane: Hashable, Sendable {
  enum Section: Hashable, Sendable {
    /// Every listener, for whoever names none.
    case whole
    case listener(String)
    case port(Int)
    /// Whatever is on the Gateway, named or not.
    case any
  }

  let gateway: ObjectKey
  let section: Section
  /// Empty for routes without hostnames.
  let host: String

  static func own(_ attachment: GatewayAttachment, hosts: [String]) -> [Lane] {
    lanes(attachment, hosts) { [$0, .any] }
  }

  static func shared(_ attachment: GatewayAttachment, hosts: [String]) -> [Lane] {
    lanes(attachment, hosts) { $0 == .whole ? [.any] : [$0, .whole] }
  }

  private static func lanes(
    _ attachment: GatewayAttachment, _ hosts: [String], sections: (Section) -> [Section]
  ) -> [Lane] {
    var lanes: [Lane] = []
    for parent in attachment.parents where parent.isGateway {
      let gateway = attachment.gateway(of: parent)
      for section in sections(parent.section) {
        for host in hosts.isEmpty ? [""] : hosts {
          lanes.append(Lane(gateway: gateway, section: section, host: host))
        }
      }
    }
    return lanes
  }
}

/// A route's hold on Gateways, be it an AIGatewayRoute or an HTTPRoute.
struct GatewayAttachment: Sendable {
  let home: String
  let parents: [Route.Parent]
  let hostnames: [String]

  func gateway(of parent: Route.Parent) -> ObjectKey {
    ObjectKey(parent.namespace ?? home, parent.name)
  }

  /// The lanes that it is found in.
  var ownLanes: [Lane] { Lane.own(self, hosts: hostnames) }
  /// The lanes in which it finds others.
  var sharedLanes: [Lane] { Lane.shared(self, hosts: hostnames) }
}
