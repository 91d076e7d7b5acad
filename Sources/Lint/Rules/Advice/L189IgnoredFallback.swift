import Resources
import Schemas
import YAML

extension Rule {
  static let ignoredFallback = Rule(
    "L189", "ignored-fallback", .warning,
    "a Backend marked as fallback that takes its full share of an AI route",
    why:
      "Envoy Gateway gives a Backend with fallback: true a later priority. AI Gateway writes the "
      + "priorities of backendRefs over it, 0 where none is written: the fallback takes its share of "
      + "all requests.",
    bad: "Backend b {fallback: true}, backendRefs: [{name: a}, {name: b}]",
    good: "backendRefs: [{name: a}, {name: b, priority: 1}]",
    reference: Citation.aiGateway("internal/extensionserver/post_translate_modify.go"),
    repair: .automatic,
    .bundle { bundle, report in
      guard bundle.backends.values.contains(where: \.backend.isFallback) else { return }
      for (index, route) in bundle.routes {
        for rule in route.rules {
          let live = rule.refs.filter(\.isLive)
          guard live.contains(where: { bundle.backend(of: $0, in: route)?.isFallback == false }),
            bundle.envoyClusters(of: rule, in: route).writesPriorities(in: bundle.release)
          else { continue }
          for (place, ref) in rule.refs.enumerated()
          where ref.isLive && ref.effectivePriority == 0
            && bundle.backend(of: ref, in: route)?.isFallback == true
          {
            let path = Path.to("spec", "rules", rule.index, "backendRefs", place)
            report.add(
              "fallback of its Backend has no effect: AI Gateway writes priority 0, so that "
                + "\(ref.name) takes its share of all requests; write priority 1 here", at: path,
              in: index, fix: "write priority 1", .set(path.appending("priority"), .integer(1)))
          }
        }
      }
    })
}
