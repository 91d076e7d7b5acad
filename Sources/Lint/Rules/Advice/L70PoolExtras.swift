import Resources
import Schemas
import YAML

extension Rule {
  static let poolExtras = Rule(
    "L70", "pool-extras", .warning, "backendRef fields that an InferencePool ignores",
    why: "The pool's endpoint picker chooses the endpoint. Priority, weight, model name and "
      + "changes to the request are ignored or undefined.",
    bad: "{name: pool, group: inference.networking.k8s.io, kind: InferencePool, priority: 1}",
    good: "{name: pool, group: inference.networking.k8s.io, kind: InferencePool}",
    reference: Citation.aiGateway("internal/extensionserver/inferencepool.go"),
    repair: .automatic,
    .routeRule { rule, report in
      guard rule.traits.contains(.typed) else { return }
      for (index, ref) in rule.refs.enumerated() where ref.isPool {
        var extras: [String] = []
        if ref.weight != nil, ref.weight != 1, ref.weight != 0 { extras.append("weight") }
        if ref.effectivePriority != 0 { extras.append("priority") }
        if ref.override != nil { extras.append("modelNameOverride") }
        for key in ["headerMutation", "bodyMutation"]
        where ref.node[key].map({ !$0.isNull }) ?? false {
          extras.append(key)
        }
        guard let first = extras.first else { continue }
        let path = Path.to("backendRefs", index)
        report.add(
          "a pool ignores \(extras.joined(separator: ", ")); leave it out",
          at: path.appending(first))
        report.attach(relative: extras.map { path.appending($0) })
      }
    })
}
