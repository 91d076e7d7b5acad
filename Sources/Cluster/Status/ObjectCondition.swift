import Resources
import YAML

/// A condition that a controller wrote into an object's status.
struct ObjectCondition {
  let type: String
  let status: String
  let reason: String
  let message: String
  /// Of which generation of the object it speaks; nil where it does not say.
  let generation: Int?

  init(_ node: Node) {
    type = node["type"]?.text ?? ""
    status = node["status"]?.text ?? ""
    reason = node["reason"]?.text ?? ""
    message = node["message"]?.text ?? ""
    generation = node["observedGeneration"]?.integer
  }

  /// Whether it says that something is wrong; AI Gateway writes NotAccepted.
  var isBad: Bool { status == "False" || type.hasPrefix("Not") && status != "Unknown" }
  var isUndecided: Bool { status == "Unknown" }

  /// The message with the reason, in one line.
  var text: String {
    let message = message.parts(between: "\n").joined(separator: "; ")
    return "\(state) (\(reason)): \(message)"
  }

  private var state: String {
    if isUndecided { return "\(type) unknown" }
    return switch type {
    case "Accepted", "NotAccepted": "not accepted"
    case "ResolvedRefs": "references not resolved"
    case "Programmed": "not programmed"
    case _: "\(type) \(status)"
    }
  }

  /// What can be done where it is bad.
  func advice(for namespace: String) -> String {
    switch reason {
    case "NotAllowedByListeners":
      "let a listener of the Gateway admit the namespace: allowedRoutes.namespaces.from All, or a "
        + "Selector that matches the labels of \(namespace)"
    case "NoMatchingListenerHostname":
      "give the route a hostname that a listener of the Gateway has"
    case "NoMatchingParent":
      "name a listener of the Gateway in sectionName, or leave sectionName and port out"
    case "BackendNotFound": "create the referenced backend, or reference an existing one"
    case "RefNotPermitted":
      "create a ReferenceGrant in the namespace of the referenced object"
    case "InvalidKind": "reference a kind that the controller supports"
    case "Conflicted":
      "delete one of the two policies, or merge its settings into the other"
    case "TargetNotFound": "name a target that exists"
    case "Overridden": "nothing has to be done unless this policy was meant to take effect"
    case "InvalidCertificateRef": "create the Secret with the certificate that the listener names"
    case "AddressNotAssigned":
      "check why the Service of type LoadBalancer has no address"
    case "Pending":
      "check that Envoy Gateway runs and the GatewayClass names its controller"
    case _: "fix what the message reports; the controller retries by itself"
    }
  }
}

extension Node {
  /// The conditions of an object's own status.
  var conditions: [ObjectCondition] { (self["status"]?.list("conditions") ?? []).conditions }

  /// The conditions for one parent of a route or one ancestor of a policy, by the Gateway's name.
  func conditions(
    in list: String, of reference: String, for gateway: ObjectKey, section: String? = nil
  ) -> [ObjectCondition] {
    let namespace = ObjectKey(of: self).namespace
    return (self["status"]?.list(list) ?? []).filter { entry in
      guard let parent = entry[reference] else { return false }
      let key = ObjectKey(parent.given("namespace")?.text ?? namespace, parent["name"]?.text ?? "")
      let named = parent.given("sectionName")?.text
      return key == gateway && (section == nil || named == nil || section == named)
    }.flatMap { $0.list("conditions").conditions }
  }

  var generation: Int? { self["metadata"]?["generation"]?.integer }
}

extension [Node] {
  fileprivate var conditions: [ObjectCondition] { map(ObjectCondition.init) }
}
