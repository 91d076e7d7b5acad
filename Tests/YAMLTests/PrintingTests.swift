import Testing

@testable import YAML

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
    let printedText = printer.print([Sample.policy, Sample.route(rules: 2, backends: 1)])
    #expect(
      printedText.text == """
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
    #expect(printedText.lineCount == 22)
  }

  @Test("whatever stands at the root is a document")
  func roots() {
    var printer = Printer()
    let printedText = printer.print([
      .string("a\nb"), .sequence([]), .map([:]), .integer(5), .sequence([.null, .bool(true)]),
    ])
    #expect(printedText.text == "\"a\\nb\"\n---\n[]\n---\n{}\n---\n5\n---\n- null\n- true\n")
    #expect(printer.print([]).text.isEmpty)
  }

  @Test("sequences in sequences, empty collections and blocks keep their columns")
  func nested() {
    var printer = Printer()
    let printedText = printer.print([
      .map([
        "a": .sequence([
          .sequence([.string("x"), .map(["k": .string("1"), "z": .sequence([.map([:])])])]),
          .sequence([]), .string("two\nlines\n"),
        ]),
        "b": .scalar(Scalar("0x1F", .integer)), "c": .scalar(Scalar("", .null)),
      ])
    ])
    #expect(
      printedText.text == """
        a:
          - - x
            - k: "1"
              z:
                - {}
          - []
          - |
            two
            lines
        b: 0x1F
        c:

        """)
  }

  @Test("a key that is too long for other readers gets a question mark")
  func longKey() {
    var printer = Printer()
    let key = String(repeating: "k", count: 1001)
    let printedText = printer.print([
      .map([:]), .sequence([.map(["\(key)": .map(["a": .null])])]),
    ])
    #expect(printedText.text == "{}\n---\n- ? \(key)\n  :\n    a: null\n")
  }

  @Test(
    "only what a reader would mistake is quoted",
    arguments: [
      "50Mi", "gpt-4o", "300s", "gateway.networking.k8s.io", "a/b:c", "1.2.3", "10.0.0.1", "1-2",
      "^a.*$", "x-ai-eg-model", "http://a.b/c?d=e#f", "24-05-21", "-a", "é", "none", "a, b", "_1",
      "claude-3.5", "us.anthropic.claude-v1:0", "output_tokens * 2u", "4xx", "1e3s", "e5",
    ])
  func plain(text: String) {
    var printer = Printer()
    #expect(printer.print([.string(text)]).text == text + "\n")
  }

  @Test("a text whose lines end in spaces shows them in quotes, not in a block")
  func trailingSpaces() {
    var printer = Printer()
    #expect(printer.print([.map(["a": .string("b \nc")])]).text == "a: \"b \\nc\"\n")
  }
}
