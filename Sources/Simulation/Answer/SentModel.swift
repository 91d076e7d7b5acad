import Resources
import Schemas

/// The model that a backend is asked for.
struct SentModel {
  /// What AI Gateway writes, for some providers into the path; nil where the request names none.
  let written: String?
  /// The model that the provider is sent, nil where it is sent none.
  let received: String?
  /// The field that says so, nil where it is the client's own.
  let origin: String?

  /// `ref` is the backendRef whose settings count, nil where AI Gateway leaves the request alone.
  init(_ ref: BackendRef?, client: String?, in route: CompiledRoute, _ index: ResourceIndex) {
    let override = ref?.override.flatMap { $0.isEmpty ? nil : $0 }
    written = override ?? client
    let service = ref.flatMap { index.service($0.target(from: route.name.namespace)) }
    let mutation = ref.flatMap { ModelMutation($0, service) }
    if let mutation, service?.api?.takesModelFromBody ?? true {
      origin = "bodyMutation"
      if case .set(let model) = mutation { received = model } else { received = nil }
    } else {
      origin = override == nil ? nil : "modelNameOverride"
      received = written
    }
  }
}
