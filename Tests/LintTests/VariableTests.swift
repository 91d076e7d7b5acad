import Foundation
import Lint
import YAML
import Testing

/// Texts whose variables something else replaces before a server sees them.
@Suite struct VariableTests {
  private func findings(_ text: String) -> [Finding] {
    var linter = Linter()
    return linter.findings(in: Manifests.read(text))
  }

  private static let gateway = """
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: NAME, namespace: HOME}
    spec:
      gatewayClassName: eg
      listeners: [{name: http, protocol: HTTP, port: PORT}]
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: ClientTrafficPolicy
    metadata: {name: buf, namespace: HOME}
    spec:
      targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: TARGET}]
      connection: {bufferLimit: LIMIT}
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIServiceBackend
    metadata: {name: BACKEND, namespace: HOME}
    spec:
      schema: {name: OpenAI}
      backendRef: {group: gateway.envoyproxy.io, kind: Backend, name: openai}
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata: {name: r, namespace: AWAY, labels: {KEY: b}}
    spec:
      parentRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: PARENT}]
      hostnames: [HOST]
      rules:
        - matches: [{headers: [{name: x-ai-eg-model, value: MODEL}]}]
          timeouts: {request: TIMEOUT}
          backendRefs: [{name: REF, weight: WEIGHT}]
    """

  @Test(
    "what hangs on a variable is left out, and one note says how many there are",
    arguments: [
      [("PORT", "${P}")], [("LIMIT", "${L:=50Mi}")], [("BACKEND", "${B}")],
      [("HOME", "${NS}"), ("AWAY", "${NS}")], [("HOME", "${NS}")], [("AWAY", "${NS:-ai}")],
      [("TARGET", "${G}")], [("PARENT", "${G}")], [("HOST", "llm.${DOMAIN}")],
      [("MODEL", "${M}")], [("TIMEOUT", "${T}")], [("WEIGHT", "${W}")], [("REF", "x-${R}")],
      [("KEY", "${K}")], [("NAME", "${G}w"), ("TIMEOUT", "${T}s")], [("REF", "${R}-${S}")],
    ] as [[(String, String)]])
  func hanging(values: [(String, String)]) {
    let sound = findings(Self.filled(Self.gateway))
    var text = Self.gateway
    for (key, value) in values { text = text.replacingOccurrences(of: key, with: "'\(value)'") }
    let found = findings(Self.filled(text))
    let notes = found.filter { $0.rule == "placeholder" }
    #expect(!notes.isEmpty && notes.allSatisfy { $0.severity == .info })
    #expect(notes.allSatisfy { $0.message.contains("after substitution") })
    let rest = Set(found.filter { $0.rule != "placeholder" }.map { "\($0.rule) \($0.path)" })
    let known = Set(sound.map { "\($0.rule) \($0.path)" })
    #expect(rest.isSubset(of: known), "\(rest.subtracting(known))")
    #expect(found.allSatisfy { $0.severity != .error }, "\(found.map(\.message))")
  }

  private static func filled(_ text: String) -> String {
    var text = text
    for (key, value) in [
      ("PORT", "80"), ("LIMIT", "50Mi"), ("BACKEND", "openai"),
      ("HOME", "ai"), ("AWAY", "ai"), ("TARGET", "gw"), ("PARENT", "gw"),
      ("HOST", "a.example.com"), ("MODEL", "m"), ("TIMEOUT", "300s"), ("WEIGHT", "1"),
      ("REF", "openai"), ("KEY", "a"), ("NAME", "gw"),
    ] {
      text = text.replacingOccurrences(of: key, with: value)
    }
    return text
  }

  @Test("what does not hang on a variable is found as before")
  func others() {
    let text = Self.filled(
      Self.gateway.replacingOccurrences(of: "TIMEOUT", with: "${T}").replacingOccurrences(
        of: "WEIGHT", with: "-1"))
    let found = findings(text.replacingOccurrences(of: "${T}", with: "'${T}'"))
    #expect(found.contains { $0.rule == "schema.range" && $0.severity == .error })
    #expect(
      !found.contains { $0.path.description.contains("timeouts") && $0.rule != "placeholder" })
    let missing = findings(
      Self.filled(
        Self.gateway.replacingOccurrences(of: "REF", with: "azure").replacingOccurrences(
          of: "TIMEOUT", with: "'${T}'")))
    #expect(missing.contains { $0.rule == "L59" })
    // The one AIServiceBackend that is there may become azure.
    let met = findings(
      Self.filled(
        Self.gateway.replacingOccurrences(of: "REF", with: "azure").replacingOccurrences(
          of: "BACKEND", with: "'${B}'")))
    #expect(!met.contains { $0.rule == "L59" })
  }

  @Test("an edit finds the same as a fresh look")
  func edits() {
    var linter = Linter()
    for text in ["${T}", "300s", "x", "${U:=5s}", "${U:=5s}", "1"] {
      let documents = Manifests.read(
        Self.filled(Self.gateway.replacingOccurrences(of: "TIMEOUT", with: "'\(text)'")))
      var fresh = Linter()
      #expect(linter.findings(in: documents) == fresh.findings(in: documents))
    }
  }

  @Test(
    "only what Flux and envsubst replace is a variable",
    arguments: [
      ("${A}", true), ("x${a_1:=b}y", true), ("${A:-}", true), ("${#A}", true), ("${A/b/c}", true),
      ("$${A}", false), ("$A", false), ("${}", false), ("${1}", false), ("${A", false),
      ("${a b}", false), ("a${", false), ("$", false), ("{A}", false), ("$${A}${B}", true),
    ])
  func recognized(text: String, isVariable: Bool) {
    #expect(Variable.isIn(text) == isVariable)
  }
}
