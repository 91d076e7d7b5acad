import YAML

extension ResourceKind {
  /// An unknown field's violation with the place where the field belongs: an object around it, or a policy
  /// of Envoy Gateway for the same route or Gateway. Any other violation stays as it is.
  package func relocated(_ violation: SchemaViolation) -> SchemaViolation {
    guard violation.rule == .unknown, violation.fix == .remove,
      case .key(let key)? = violation.path.last,
      let home = around(violation.path, key) ?? policies(key, at: violation.path)
    else { return violation }
    return SchemaViolation(
      .unknown, "unknown field \(key.quoted); it belongs in \(home)", at: violation.path,
      stage: violation.stage)
  }

  /// The nearest object around a field that has one of its name.
  private func around(_ path: Path, _ key: String) -> String? {
    var place = path.parent.parent
    while !place.isRoot {
      if property(at: place.appending(key)) != nil { return place.description }
      place = place.parent
    }
    return nil
  }

  private static let spec = Path([.key("spec")])

  /// The policies with a field that others write into their spec, or into a rule.
  private func policies(_ key: String, at path: Path) -> String? {
    guard path.parent == ResourceKind.spec || kind == ResourceKind.aiGatewayRoute.kind else {
      return nil
    }
    let kinds: [ResourceKind] = [.clientTrafficPolicy, .backendTrafficPolicy, .securityPolicy]
    let homes = kinds.filter { $0.kind != kind }.compactMap { policy -> String? in
      guard case .object(let spec)? = policy.property(at: ResourceKind.spec)?.schema else {
        return nil
      }
      if spec.property(key) != nil { return "a \(policy.kind)" }
      guard let place = spec.place(of: key), !place.contains(where: { ".[".contains($0) }) else {
        return nil
      }
      return "\(place) of a \(policy.kind)"
    }
    return homes.isEmpty ? nil : homes.joined(separator: " or ")
  }
}
