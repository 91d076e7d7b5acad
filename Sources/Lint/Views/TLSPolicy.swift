import Manifest

/// A BackendTLSPolicy as the rules see it (domain.md 1.9).
final class TLSPolicy: Sendable {
  let hostname: String?
  let hasAlternativeNames: Bool
  /// The Backends that it is for.
  let targets: [ObjectKey]

  init(_ node: Node, name: ObjectKey) {
    let spec = node["spec"]
    hostname = spec?["validation"]?["hostname"]?.text
    hasAlternativeNames = !(spec?["validation"]?["subjectAltNames"]?.items ?? []).isEmpty
    targets = (spec?["targetRefs"]?.items ?? []).compactMap { target in
      guard target["kind"]?.text == "Backend", target["group"]?.text == "gateway.envoyproxy.io"
      else { return nil }
      return target["name"]?.text.map { ObjectKey(name.namespace, $0) }
    }
  }
}
