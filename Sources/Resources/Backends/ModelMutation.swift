package import YAML

/// What `bodyMutation` makes of the model that a body names, after AI Gateway has written its own
/// (envoyproxy/ai-gateway v1.1.0, internal/extproc/processor_impl.go,
/// internal/bodymutator/body_mutator.go).
package enum ModelMutation: Hashable, Sendable {
  case set(String)
  case removed

  /// What one `bodyMutation` does, nil where it leaves the model alone.
  package init?(_ mutation: Node?) {
    let values = (mutation?.list("set") ?? []).filter { $0["path"]?.text == "model" }
    if let value = values.last?["value"]?.text {
      self = .set(value.withoutQuotes)
    } else if (mutation?.list("remove") ?? []).contains(where: { $0.text == "model" }) {
      self = .removed
    } else {
      return nil
    }
  }

  /// What those of a backendRef and of its AIServiceBackend do together: a value that is set goes
  /// before a removal, and the backendRef's before the other's (internal/controller/gateway.go).
  package init?(_ ref: BackendRef, _ service: AIServiceBackend?) {
    guard !ref.isPool else { return nil }
    let found = [ref.node, service?.node["spec"]]
      .compactMap { ModelMutation($0?.given("bodyMutation")) }
    guard let first = found.first else { return nil }
    self = found.first { $0 != .removed } ?? first
  }
}

extension String {
  /// The text that a JSON string stands for, as far as nothing in it is escaped.
  fileprivate var withoutQuotes: String {
    count > 1 && hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : self
  }
}
