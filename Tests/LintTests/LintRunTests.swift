import Lint
import YAML
import Testing

@Suite struct LintRunTests {
  private func lintRun(_ texts: String...) -> LintRun {
    LintRun(
      into: texts.enumerated().map {
        ManifestFile(name: "\($0.offset).yaml", bytes: Array($0.element.utf8))
      })
  }

  private func lines(_ lintRun: LintRun, _ rule: String) -> [String] {
    lintRun.findings.filter { $0.finding.rule == rule }.map { "\($0.file):\($0.position)" }
  }

  @Test("a finding points at the value, or at the parent of what is missing")
  func positions() {
    let found = lintRun(
      """
      apiVersion: aigateway.envoyproxy.io/v1beta1
      kind: AIGatewayRoute
      metadata:
        name: chat
      spec:
        parentRefs: [{name: gw}]
        rules:
          - backendRefs:
              - name: a
                weight: -1
              - weight: 1
                priority:
                  a: 1
      """)
    #expect(lines(found, "schema.range") == ["0.yaml:10:19"])
    #expect(lines(found, "schema.required") == ["0.yaml:11:11"])
    #expect(lines(found, "schema.type") == ["0.yaml:12:11"])
    let missing = lintRun("kind: AIGatewayRoute\nspec:\n  rules: []\n")
    #expect(missing.findings.first { $0.finding.path == Path("apiVersion") }?.position.line == 1)
  }

  @Test("rules that look across documents see all files, and say which file they mean")
  func bundle() {
    let route = Manifests.rule("{backendRefs: [{name: a}]}")
    let policy = Manifests.limit("50Mi")
    #expect(lines(lintRun(route), "L11") == ["0.yaml:4:21"])
    #expect(lines(lintRun(route, policy), "L11") == [])
    let twins = lintRun(policy, "# first\n---\n" + policy)
    #expect(lines(twins, "object.duplicate") == ["1.yaml:5:18"])
    #expect(twins.findings.map(\.finding.document) == twins.findings.map { _ in 0 })
  }

  @Test("documents count from 0 in each file, empty ones not, broken ones do")
  func documents() {
    let bad = Manifests.rule("{backendRefs: [{name: a, weight: -1}]}")
    let found = lintRun("# only words\n---\n" + bad + "---\n---\na: [\n---\n" + bad, bad)
    let errors = found.findings.filter { $0.finding.severity == .error }
    #expect(
      errors.map { "\($0.file) \($0.finding.document) \($0.finding.rule)" } == [
        "0.yaml 0 schema.range", "0.yaml 1 yaml.syntax", "0.yaml 2 schema.range",
        "1.yaml 0 schema.range",
      ])
    #expect(found.unreadable.map(\.position) == [Position(line: 10, column: 1)])
    #expect(found.objects == 3)
  }

  @Test("the items of a list are judged one by one, with paths from the document's root")
  func lists() throws {
    let found = lintRun(
      """
      apiVersion: v1
      kind: List
      items:
        - {apiVersion: aigateway.envoyproxy.io/v1beta1, kind: AIGatewayRoute, metadata: {name: r}}
        - apiVersion: gateway.envoyproxy.io/v1alpha1
          kind: ClientTrafficPolicy
          metadata: {name: p}
          spec: {targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: g}],
            connection: {bufferLimit: 10Gi}}
      """)
    let limit = try #require(found.findings.first { $0.finding.rule == "L12" })
    #expect(limit.finding.path.description == "items[1].spec.connection.bufferLimit")
    #expect(limit.kind == "ClientTrafficPolicy" && limit.name == "p")
    #expect(limit.position == Position(line: 9, column: 33))
  }

  @Test(
    "a comment suppresses the rules it names, on its line or the next",
    arguments: [
      ("weight: -1 # aigw-wizard: ignore schema.range", 1),
      ("# aigw-wizard: ignore schema.range\n      weight: -1", 1),
      ("# aigw-wizard: ignore L1, schema.range\n      # because\n      weight: -1", 1),
      ("weight: -1 #aigw-wizard: ignore L1 SCHEMA", 1),
      ("weight: -1 # aigw-wizard: ignore schema-range", 1),
      ("weight: -1 # aigw-wizard: ignore schema.rang", 0),
      ("weight: -1 # aigw-wizard: ignored schema.range", 0),
      ("weight: -1\n      # aigw-wizard: ignore schema.range", 0),
      ("weight: -1 # ignore schema.range", 0),
    ])
  func ignores(text: String, suppressed: Int) {
    let found = lintRun(
      """
      apiVersion: aigateway.envoyproxy.io/v1beta1
      kind: AIGatewayRoute
      metadata: {name: chat}
      spec:
        parentRefs: [{name: gw}]
        rules:
        - backendRefs:
          - name: a
            \(text)
      """)
    #expect(found.suppressed == suppressed)
    #expect(lines(found, "schema.range").count == 1 - suppressed)
    let isNamed = text.contains(": ignore ")
    #expect(
      lines(found, "comment.ignore").isEmpty == (suppressed == 1 || !isNamed) || text.contains("L1")
    )
  }

  @Test("a comment that suppresses a finding of the server is not idle")
  func serverFinding() throws {
    let file = ManifestFile(
      name: "a.yaml",
      bytes: Array("kind: Secret\nmetadata: {name: a} # aigw-wizard: ignore server.refused\n".utf8))
    var found = LintRun(into: [file])
    #expect(lines(found, "comment.ignore") == ["a.yaml:2:43"])
    found.add(
      [
        Finding(
          document: 0, path: Path([.key("metadata"), .key("name")]), severity: .error,
          source: .server,
          rule: Rule.serverRefusal.id, message: "no")
      ], in: [file])
    #expect(lines(found, "comment.ignore") == [] && lines(found, "server.refused") == [])
  }

  // By forty documents, as rules that look at all documents take longer for more of them.
  @Test(
    "one who looks once finds the same as one who remembers",
    arguments: Array(stride(from: 0, to: RuleCase.all.count, by: 40)))
  func forgetful(start: Int) {
    let documents = RuleCase.all[start...].prefix(40).flatMap { Manifests.read($0.bad) }
    var one = Linter(remembers: false)
    var other = Linter()
    let found = other.findings(in: documents)
    #expect(one.findings(in: documents) == found && !found.isEmpty)
    #expect(one.findings(in: documents.reversed()) == other.findings(in: documents.reversed()))
  }

  @Test("every finding names a rule that can be explained")
  func explained() {
    let ids = Set(Rule.everything.map(\.id))
    #expect(ids.count == Rule.everything.count)
    for example in RuleCase.all {
      for finding in lintRun(example.bad, "a: 1\na: 2\n---\n[").findings {
        #expect(ids.contains(finding.finding.rule))
        #expect(Rule.find(finding.finding.rule) != nil)
      }
    }
    for rule in Rule.everything {
      #expect(!rule.title.isEmpty && rule.why.hasSuffix(".") && rule.bad != rule.good, "\(rule.id)")
    }
  }

  @Test("parts of a rule go by its name")
  func names() {
    #expect(Rule.id("L43.routes", isOf: "l43") && Rule.id("cel.T1", isOf: "cel"))
    #expect(!Rule.id("L43", isOf: "L4") && !Rule.id("L4", isOf: "L43"))
  }
}
