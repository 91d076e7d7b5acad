import YAML
import Simulation

/// What simulating requests costs against a Gateway with many routes.
enum Simulating {
  /// Microseconds for making 200 routes of 15 rules ready, and for one request to them.
  static func measured() -> (prepared: Double, request: Double) {
    let documents = (0..<200).map(route)
    let prepared = median(of: 9) { _ in _ = Simulator(documents: documents).gateway }
    let simulator = Simulator(documents: documents)
    let request = median(of: 200) { turn in
      var request = Request(model: turn % 5 == 0 ? "none" : "model-\(turn)-\(turn % 15)")
      request.headers = [Request.Header("x-tenant", "tenant-\(turn % 7)")]
      _ = simulator.answer(to: request).status
    }
    return (prepared, request)
  }

  private static func route(_ number: Int) -> Node {
    let rules = (0..<15).map { rule -> Node in
      let model = "model-\(number)-\(rule)"
      return .map([
        "matches": .sequence([
          .map(["headers": .sequence([header(model, isExact: rule % 5 != 0)])])
        ]),
        "backendRefs": .sequence(
          (0..<4).map {
            .map(["name": .string("backend-\($0)"), "priority": .integer($0 / 2)])
          }),
      ])
    }
    return .map([
      "kind": .string("AIGatewayRoute"),
      "metadata": .map(["name": .string("route-\(number)"), "namespace": .string("team")]),
      "spec": .map([
        "parentRefs": .sequence([.map(["name": .string("gw")])]), "rules": .sequence(rules),
      ]),
    ])
  }

  private static func header(_ model: String, isExact: Bool) -> Node {
    .map([
      "name": .string("x-ai-eg-model"), "value": .string(isExact ? model : model + "(-.*)?"),
      "type": .string(isExact ? "Exact" : "RegularExpression"),
    ])
  }
}
