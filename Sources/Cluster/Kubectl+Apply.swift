import Resources
package import YAML

/// The result of an apply, for each object.
package struct ApplyOutcome: Sendable {
  /// Those that the server took, as `AIGatewayRoute team-a/chat`.
  package fileprivate(set) var applied: [String] = []
  /// What it did not take and why, a sentence each.
  package fileprivate(set) var failures: [String] = []
}

extension Kubectl {
  /// Applies objects one by one, in their order; none is tried any more once the cluster cannot be
  /// asked at all.
  package func apply(_ objects: [Node]) -> ApplyOutcome {
    var outcome = ApplyOutcome()
    for (place, object) in objects.enumerated() {
      do throws(ClusterError) {
        try apply(object)
        outcome.applied.append(object.title)
      } catch {
        outcome.failures.append("\(object.title): \(error)")
        guard error.isAboutOneObject else {
          let rest = objects.count - place - 1
          if rest > 0 { outcome.failures.append("\(rest) more not tried") }
          break
        }
      }
    }
    return outcome
  }

  private func apply(_ object: Node) throws(ClusterError) {
    var arguments = ["apply", "--server-side", "--field-manager=\(Self.manager)", "-f", "-"]
    if let namespace = target.namespace, object.needsNamespace { arguments += ["-n", namespace] }
    let answer = try answer(to: arguments, input: Array(object.json.utf8))
    guard !answer.isSuccess else { return }
    let objections = answer.errorOutput.conflicts ?? answer.errorOutput.objections(to: object)
    throw objections.map { .refused($0.map(\.message).joined(separator: "; ")) }
      ?? answer.errorOutput.error
  }
}
