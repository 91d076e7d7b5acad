/// A host on a listener of a Gateway, or on all of them, where requests arrive.
///
/// Routes compete only where they share one. A route is put under the `own` places of where it is
/// served, and finds those that it competes with under the `meeting` ones, so that no pairs of
/// routes are compared.
package struct HostListener: Hashable, Sendable {
  package enum Section: Hashable, Sendable {
    /// Every listener, for a parentRef that names none.
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
  /// The hash of Gateway and host, worked out once for all sections.
  private let seed: Int

  package init(gateway: ObjectKey, section: Section, host: String) {
    self.gateway = gateway
    self.section = section
    self.host = host
    var hasher = Hasher()
    hasher.combine(gateway)
    hasher.combine(host)
    seed = hasher.finalize()
  }

  private init(_ place: HostListener, on section: Section) {
    (gateway, host, seed) = (place.gateway, place.host, place.seed)
    self.section = section
  }

  /// The same host on other listeners of the Gateway.
  func on(_ section: Section) -> HostListener { HostListener(self, on: section) }

  package static func == (left: HostListener, right: HostListener) -> Bool {
    left.seed == right.seed && left.section == right.section && left.host == right.host
      && left.gateway == right.gateway
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(seed)
    hasher.combine(section)
  }
}
