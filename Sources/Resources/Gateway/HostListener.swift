/// A host on a listener of a Gateway, or on all of them, where requests arrive.
///
/// Routes compete only where they share one. A route is put under the `own` places of where it is
/// served, and finds those that it competes with under the `meeting` ones, so that no pairs of
/// routes are compared.
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
}
