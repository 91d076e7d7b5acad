package import Resources
import Schemas

extension Simulator {
  /// What a rule of a route does with a request that it takes, while backends are down; nil where
  /// there is no such rule on the Gateway.
  ///
  /// The request is that of the rule's first match, as far as its headers are Exact.
  package func outcome(
    ofRule rule: Int, of route: ObjectKey, down: Set<String> = []
  ) -> Answer? {
    for listener in listeners {
      for host in listener.hosts {
        guard
          let candidate = host.candidates.first(where: {
            $0.rule.index == rule && $0.route.name == route
          })
        else { continue }
        var request = Request()
        for test in candidate.condition.headers where test.isExact {
          if test.name.lowercased() == WellKnown.modelHeader {
            request.model = test.value
          } else {
            request.headers.append(Request.Header(test.name, test.value))
          }
        }
        var answer = Answer(to: request, at: gateway)
        answer.down = down
        answer.buffer = buffer(of: listener)
        serve(&answer, candidate, client(of: listener), on: listener)
        return answer
      }
    }
    return nil
  }
}
