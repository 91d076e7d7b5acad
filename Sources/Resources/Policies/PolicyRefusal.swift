package import YAML

/// Why Envoy Gateway refuses a policy that the server took. Every request that the policy covers is
/// then answered with 500, unless the policy is ignored.
package struct PolicyRefusal: Hashable, Sendable {
  /// The value in question, from the policy's root.
  package let path: Path
  /// The condition on the policy, in Envoy Gateway's words.
  package let condition: String
  /// What would be right, in our words.
  package let advice: String
  /// A value that would do, nil where there is none to propose.
  package let replacement: Node?
  /// Whether the policy is left aside as a whole, so that nothing that it asks for is done.
  package let isIgnored: Bool
  /// Whether nothing that is not among the documents can mend it.
  package let isCertain: Bool

  init(
    _ path: Path, _ condition: String, _ advice: String, _ replacement: Node? = nil,
    isIgnored: Bool = false, isCertain: Bool = true
  ) {
    self.path = path
    self.condition = condition
    self.advice = advice
    self.replacement = replacement
    self.isIgnored = isIgnored
    self.isCertain = isCertain
  }
}
