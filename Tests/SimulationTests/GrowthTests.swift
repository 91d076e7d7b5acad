import Corpus
import Schemas
import Lint
import YAML
import Resources
import Simulation
import Testing

/// What is judged, generated and simulated grows with the manifests, whatever is repeated in them.
@Suite("growth of answers", .serialized)
struct GrowthTests {
  struct Element: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: @Sendable (Int) -> String

    init(_ name: String, _ text: @escaping @Sendable (Int) -> String) {
      testDescription = name
      self.text = text
    }
  }

  private static func list(_ count: Int, _ item: (Int) -> String) -> String {
    "[" + (0..<count).map(item).joined(separator: ", ") + "]"
  }

  private static func route(
    _ name: String = "r", parents: String = "[{name: gw}]", rules: String, more: String = ""
  ) -> String {
    """
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata: {name: \(name)}
    spec: {parentRefs: \(parents), rules: \(rules)\(more)}

    """
  }

  private static func object(
    _ kind: String, _ name: String, _ spec: String, group: String = "gateway.envoyproxy.io/v1alpha1"
  ) -> String {
    "---\napiVersion: \(group)\nkind: \(kind)\nmetadata: {name: \(name)}\nspec: \(spec)\n"
  }

  private static let model = "matches: [{headers: [{name: x-ai-eg-model, value: m}]}]"
  private static let rule = "[{\(model), backendRefs: [{name: a}]}]"
  private static let target =
    "targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: r}]"

  static let elements = [
    Element("routes") { count in (0..<count).map { route("r\($0)", rules: rule) }.joined() },
    Element("rules") { count in
      route(
        rules: list(count) {
          "{matches: [{headers: [{name: x-ai-eg-model, value: m\($0)}]}], backendRefs: [{name: a}]}"
        })
    },
    Element("matches") { count in
      let matches = list(count) { "{headers: [{name: x-ai-eg-model, value: m\($0)}]}" }
      return route(rules: "[{matches: \(matches), backendRefs: [{name: a}]}]")
    },
    Element("backendRefs") { count in
      route(rules: "[{\(model), backendRefs: \(list(count) { "{name: a\($0)}" })}]")
    },
    Element("priorities") { count in
      route(rules: "[{\(model), backendRefs: \(list(count) { "{name: a, priority: \($0)}" })}]")
    },
    Element("listeners of parentRefs") { count in
      route(parents: list(count) { "{name: gw, sectionName: s\($0)}" }, rules: rule)
    },
    Element("Gateways of parentRefs") { count in
      route(parents: list(count) { "{name: gw\($0)}" }, rules: rule)
    },
    Element("hostnames") { count in
      route(rules: rule, more: ", hostnames: \(list(count) { "h\($0).example.com" })")
    },
    Element("policies") { count in
      route(rules: rule)
        + (0..<count).map { object("BackendTrafficPolicy", "p\($0)", "{\(target), retry: {}}") }
        .joined()
    },
    Element("targetRefs") { count in
      let targets = list(count) {
        "{group: gateway.networking.k8s.io, kind: HTTPRoute, name: r\($0)}"
      }
      return route(rules: rule) + object("BackendTrafficPolicy", "p", "{targetRefs: \(targets)}")
    },
    Element("labels") { count in
      let labels = (0..<count).map { "l\($0): a" }.joined(separator: ", ")
      return route(rules: rule)
        + object(
          "BackendTrafficPolicy", "p",
          "{targetSelectors: [{kind: HTTPRoute, matchLabels: {\(labels)}}]}")
    },
    Element("grants") { count in
      route(rules: "[{\(model), backendRefs: [{name: a, namespace: b}]}]")
        + (0..<count).map {
          object(
            "ReferenceGrant", "g\($0)",
            "{from: [{group: aigateway.envoyproxy.io, kind: AIGatewayRoute, namespace: n}], "
              + "to: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend}]}",
            group: "gateway.networking.k8s.io/v1beta1")
        }.joined()
    },
    Element("credentials") { count in
      let services = (0..<count).map { place in
        object(
          "AIServiceBackend", "a\(place)",
          "{schema: {name: Cohere}, backendRef: {group: gateway.envoyproxy.io, kind: Backend, "
            + "name: b}}", group: "aigateway.envoyproxy.io/v1beta1")
          + object(
            "BackendSecurityPolicy", "p\(place)",
            "{type: APIKey, apiKey: {secretRef: {name: s}}, targetRefs: [{group: "
              + "aigateway.envoyproxy.io, kind: AIServiceBackend, name: a\(place)}]}",
            group: "aigateway.envoyproxy.io/v1beta1")
      }
      return route(rules: "[{\(model), backendRefs: \(list(count) { "{name: a\($0)}" })}]")
        + services.joined()
    },
    Element("Gateways") { count in
      route(rules: rule)
        + (0..<count).map {
          object(
            "Gateway", "gw\($0)",
            "{gatewayClassName: eg, listeners: [{name: a, port: 80, protocol: HTTP}]}",
            group: "gateway.networking.k8s.io/v1")
        }.joined()
    },
  ]

  @Test("eight times the objects take no more than 24 times as long", arguments: elements)
  func answering(element: Element) {
    func cost(_ count: Int, _ work: ([Node]) -> Void) -> Double {
      let documents = Documents.read(element.text(count))
      return leastProcessorTime { work(documents) }
    }
    func hold(_ what: String, _ work: ([Node]) -> Void) {
      // What takes less than a few milliseconds is no measure.
      let (few, many) = (cost(250, work) + 4000, cost(2000, work))
      #expect(many < 24 * few, "\(what) of \(element.testDescription): \(few) and \(many)")
    }
    hold("check") { documents in
      var linter = Linter(remembers: false)
      _ = linter.findings(in: documents)
    }
    hold("simulate") { documents in
      _ = Simulator(documents: documents).answer(to: Request(model: "m")).paragraphs
    }
    hold("generated") { documents in
      for generated in Generated.all(in: ResourceIndex(of: documents)) {
        _ = generated.objects(.stored)
      }
    }
  }
}
