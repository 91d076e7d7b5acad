import Resources
import Schemas
import YAML

extension Simulator {
  /// Why Envoy Gateway refuses the ClientTrafficPolicy of a listener, nil where it takes it.
  func refusal(on listener: CompiledListener)
    -> (policy: Policy, refusal: PolicyRefusal)?
  {
    let own = gateway.flatMap { index.clientTraffic(gateway: $0, listener: listener.name) }
    guard let holder = own else { return nil }
    let refusals = index.refusals(of: holder.policy, at: knownListener(of: listener))
    return refusals.first.map { (holder.policy, $0) }
  }

  /// Reservations about the listener's server certificate and the client certificates it requires.
  func certificateReservations(
    _ client: PolicyAttachments.Holder?, on listener: CompiledListener, for host: String?
  ) -> [String] {
    guard !listener.isPlain else { return [] }
    let place = knownListener(of: listener)
    var reservations = place.flatMap(index.missingCertificates).map { [$0] } ?? []
    if let place, let host, reservations.isEmpty,
      let (secret, reason) = index.lostCertificate(for: host, at: place)
    {
      reservations.append(
        "Secret \(secret) \(reason), and is left out: clients are shown a certificate that is not "
          + "for \(host)")
    }
    // What a policy asks for stands in the place of what the Gateway does.
    if let client, let asked = client.policy.spec.given("tls", "clientValidation") {
      let mode =
        asked.given("mode")?.text
        ?? (asked.given("optional")?.bool == true ? "VerifyIfGiven" : "RequireAndVerify")
      reservations += referenceReservations(of: [client])
      guard mode.hasPrefix("Require") else { return reservations }
      return reservations + [
        "ClientTrafficPolicy \(client.policy.name) requires a client certificate; other clients "
          + "cannot connect"
      ]
    }
    guard let place,
      let (validation, _) = index.clientValidation(on: place.listener, of: place.gateway),
      validation.given("mode")?.text != "AllowInsecureFallback"
    else { return reservations }
    return reservations + [
      "the Gateway's tls.frontend requires a client certificate; other clients cannot connect"
    ]
  }

  /// The listener in the documents; nil if it is not among them.
  func knownListener(of listener: CompiledListener) -> KnownListener? {
    gateway.flatMap { index.listener(listener.name, of: $0) }
  }

  /// The ClientTrafficPolicy whose settings requests to a listener get.
  func client(of listener: CompiledListener) -> PolicyAttachments.Holder? {
    gateway.flatMap { index.appliedClientTraffic(gateway: $0, listener: listener.name) }
  }
}
