import Resources
import Schemas
import YAML

extension Rule {
  static let deprecatedField = Rule(
    "L194", "deprecated-field", .info, "a deprecated field of a policy of Envoy Gateway",
    why: "The field still does what it did, but sets a warning on the policy, and a later release "
      + "may leave it out.",
    bad: "BackendTrafficPolicy {compression: [{type: Gzip}]}",
    good: "BackendTrafficPolicy {compressor: [{type: Gzip, gzip: {}}]}",
    reference: Citation.envoyGateway("internal/gatewayapi/clienttrafficpolicy.go"),
    repair: .automatic, traits: .form,
    .policy { policy, report in
      switch policy.kind {
      case .backend:
        let path = Path.to("spec", "compression")
        let bare = policy.spec.list("compression").enumerated().lazy.compactMap { index, item in
          settings(ofCompression: item).flatMap { item.given($0) == nil ? (index, $0) : nil }
        }.first
        guard let (index, field) = bare else {
          report.add(deprecated: .to("compression"), .to("compressor"), in: policy) { $0 }
          return
        }
        // compressor would pass over the item.
        report.add(
          "compression is deprecated; use compressor, whose items need \(field): {} beside the type",
          at: path.appending(index), fix: "write \(field): {}",
          .set(path.appending(.to(index, field)), .map([:])))
      case .security:
        for server in ["grpc", "http"] {
          let place = Path.to("extAuth", server)
          report.add(
            deprecated: place.appending("backendRef"), place.appending("backendRefs"), in: policy
          ) { .sequence([$0]) }
        }
      case .client:
        report.add(deprecated: .to("enableProxyProtocol"), .to("proxyProtocol"), in: policy) {
          $0.bool == true ? .map([:]) : nil
        }
        report.add(
          deprecated: .to("headers", "preserveXRequestID"), .to("headers", "requestID"), in: policy
        ) { $0.bool == true ? .string("PreserveOrGenerate") : nil }
        // Of this field only true can be told from nothing, and its successor is new in 1.8.
        let validation = Path.to("tls", "clientValidation")
        let optional = validation.appending("optional")
        if report.release >= .v0_7, policy.spec[optional]?.bool == true {
          report.add(deprecated: optional, validation.appending("mode"), in: policy) { _ in
            .string("VerifyIfGiven")
          }
        }
      case .extensions: break
      }
    })
}

extension Report {
  /// A field of a policy's `spec`, with the one that stands in for it and the value that this gets,
  /// nil where the field only has to go.
  fileprivate mutating func add(
    deprecated old: Path, _ new: Path, in policy: Policy, as value: (Node) -> Node?
  ) {
    guard let given = policy.spec[old], !given.isNull else { return }
    let spec = Path.to("spec")
    let place = spec.appending(old)
    let isFree = policy.spec[new]?.isNull ?? true
    guard let value = value(given) else {
      add(
        "\(old) is deprecated; leave it out, or use \(new)", at: place, fix: "remove it",
        .remove(place))
      return
    }
    add(
      "\(old) is deprecated; use \(new)", at: place, fix: isFree ? "write \(new)" : nil,
      .remove(place), .set(spec.appending(new), value))
  }
}
