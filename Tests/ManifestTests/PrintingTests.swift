import Testing

@testable import Manifest

/// A route with a policy before it, as the wizard writes them.
enum Sample {
  static func backend(_ name: String, weight: Int) -> Node {
    .map(["name": .string(name), "weight": .integer(weight)])
  }

  static func rule(_ name: String, backends: Int) -> Node {
    .map([
      "name": .string(name),
      "backendRefs": .sequence((0..<backends).map { backend("\(name)-\($0)", weight: $0) }),
    ])
  }

  static func route(rules: Int, backends: Int) -> Node {
    .map([
      "apiVersion": .string("aigateway.envoyproxy.io/v1beta1"),
      "kind": .string("AIGatewayRoute"),
      "metadata": .map(["name": .string("openai")]),
      "spec": .map([
        "parentRefs": .sequence([.map(["name": .string("gw"), "kind": .string("Gateway")])]),
        "rules": .sequence((0..<rules).map { rule("r\($0)", backends: backends) }),
      ]),
    ])
  }

  static let policy = Node.map([
    "kind": .string("ClientTrafficPolicy"),
    "spec": .map(["connection": .map(["bufferLimit": .string("50Mi")])]),
  ])
}

@Suite("printing")
struct PrintingTests {
  @Test("a route is printed with its sequences indented under their keys")
  func golden() {
    var printer = Printer()
    let listing = printer.listing(of: [Sample.policy, Sample.route(rules: 2, backends: 1)])
    #expect(
      listing.text == """
        kind: ClientTrafficPolicy
        spec:
          connection:
            bufferLimit: 50Mi
        ---
        apiVersion: aigateway.envoyproxy.io/v1beta1
        kind: AIGatewayRoute
        metadata:
          name: openai
        spec:
          parentRefs:
            - name: gw
              kind: Gateway
          rules:
            - name: r0
              backendRefs:
                - name: r0-0
                  weight: 0
            - name: r1
              backendRefs:
                - name: r1-0
                  weight: 0

        """)
    #expect(listing.lineCount == 22)
  }
}
