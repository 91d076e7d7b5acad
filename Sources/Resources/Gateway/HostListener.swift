/// A place where requests arrive: one host on one listener, or on all, of one Gateway.
///
/// Routes compete only where they share one. A route is put in its `own` places, and finds those
/// that it competes with in its `shared` ones, so that no pairs of routes are compared.
package struct HostListener: Hashable, Sendable {
  package enum Section: Hashable, Sendable {
    /// Every listener, for whoever names none.
    case whole
    case listener(String)
    case port(Int)
    /// Whatever is on the Gateway, named or not.
    case any
  }

  package let gateway: ObjectKey
  package let section: Section
  /// Empty for routes without hostnames.
  package let host: String

  package static func own(_ attachment: GatewayAttachment, hosts: [String]) -> [HostListener] {
    places(attachment, hosts) { [$0, .any] }
  }

  package static func shared(_ attachment: GatewayAttachment, hosts: [String]) -> [HostListener] {
    places(attachment, hosts) { $0 == .whole ? [.any] : [$0, .whole] }
  }

  private static func places(
    _ attachment: GatewayAttachment, _ hosts: [String], sections: (Section) -> [Section]
  ) -> [HostListener] {
    var places: [HostListener] = []
    for parent in attachment.parents where parent.isGateway {
      let gateway = parent.gateway(from: attachment.home)
      for section in sections(parent.section) {
        for host in hosts.isEmpty ? [""] : hosts {
          places.append(HostListener(gateway: gateway, section: section, host: host))
        }
      }
    }
    return places
  }
}
