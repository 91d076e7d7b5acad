import Lint
import Schemas
import Testing
import YAML

/// What the rules about credentials say and keep to themselves.
@Suite struct CredentialRuleTests {
  private typealias M = Manifests

  private func findings(_ yaml: String, for release: Release = .v1_1) -> [Finding] {
    var linter = Linter(target: release)
    return linter.findings(in: M.read(yaml))
  }

  private func told(_ rule: String, _ yaml: String) -> [Finding.Severity] {
    findings(yaml).filter { $0.rule == rule }.map(\.severity)
  }

  @Test(
    "no finding and no fix holds a credential, wherever it stands",
    arguments: [
      "{weight: '\(RuleCase.key)'}", "{namespace: '\(RuleCase.key)_'}", "{kind: '\(RuleCase.key)'}",
      "{priority: '\(RuleCase.key)'}", "{modelNameOverride: '\(RuleCase.key)'}",
      "{headerMutation: {set: [{name: 'Authorization', value: 'Bearer \(RuleCase.key)'}]}}",
      "{headerMutation: {set: [{name: '\(RuleCase.key)', value: x}]}}",
      "{bodyMutation: {set: [{path: a, value: '\(RuleCase.key)'}]}}",
    ])
  func silence(ref: String) {
    let found = findings(
      M.rule("{backendRefs: [{name: a, \(ref.dropFirst())]}")
        + "---\n" + M.rule(M.match("{name: Authorization, value: '\(RuleCase.key)'}"), name: "b"))
    #expect(found.contains { $0.rule == "L109" })
    #expect(!found.contains { $0.message.contains("Ab3dEf6h") })
    #expect(!found.contains { $0.fix?.title.contains("Ab3dEf6h") ?? false })
  }

  @Test("a Secret's values are in no finding, whatever is wrong with it")
  func secrets() {
    let cases = RuleCase.all.map(\.bad).filter { $0.contains("kind: Secret") }
    let yaml = M.joined(
      RuleCase.policy(RuleCase.byKey), RuleCase.secret("{api_key: hunter2hunter2}"),
      RuleCase.secret("{apiKey: hunter2hunter2, apiKey2: hunter2hunter2}", name: "t"))
    #expect(findings(yaml).contains { $0.rule == "L104" })
    for finding in findings(yaml) {
      #expect(!finding.message.contains("hunter2"), "\(finding.message)")
    }
    for finding in cases.flatMap({ findings($0) }) {
      #expect(!finding.message.contains("Ab3dEf6h"), "\(finding.message)")
    }
  }

  @Test("a header that holds a secret is told once")
  func once() {
    func rules(_ value: String) -> [String] {
      findings(M.rule(M.match("{name: Authorization, value: '\(value)'}"))).map(\.rule)
        .filter { $0 == "L58" || $0 == "L109" }
    }
    #expect(rules("Bearer abc") == ["L58"])
    #expect(rules(RuleCase.key) == ["L109"])
  }

  @Test("a file of Secrets alone is where a credential belongs")
  func ownFile() {
    func rules(_ texts: String...) -> [String] {
      LintRun(
        into: texts.enumerated().map {
          ManifestFile(name: "\($0.offset).yaml", bytes: Array($0.element.utf8))
        }
      ).findings.map(\.finding.rule)
    }
    let secret = RuleCase.secret("{apiKey: \(RuleCase.key)}")
    let policy = RuleCase.policy(RuleCase.byKey)
    #expect(!rules(secret, policy).contains("L110"))
    #expect(rules(M.joined(secret, policy)).contains("L110"))
  }

  @Test("what only another file can tell is told as info, what is here as a warning")
  func certainty() {
    let open = RuleCase.policy(
      RuleCase.byKey + ", credentialOverride: {fromRequestHeaders: {}}")
    #expect(told("L117.source", open) == [.info])
    #expect(
      told("L117.source", M.joined(open, RuleCase.reached, M.gateway(RuleCase.http))) == [.warning])
    let distant = RuleCase.policy("type: APIKey, apiKey: {secretRef: {name: s, namespace: vault}}")
    #expect(told("L106", distant) == [.warning])
    #expect(told("L106", M.joined(distant, RuleCase.secret("{apiKey: x}"))) == [.warning])
    #expect(told("L105", M.joined(distant, RuleCase.secret("{apiKey: x}", name: "t"))) == [])
    #expect(told("L120", M.joined(RuleCase.reached, M.gateway(RuleCase.http))) == [.info])
    #expect(told("L120", M.gateway(RuleCase.http)) == [])
    #expect(told("L128", M.gateway(RuleCase.http)) == [])
  }

  @Test("the prefix of schema Anthropic is told for the release that does not read it")
  func prefix() {
    let service = M.service(
      "a", "schema: {name: Anthropic, prefix: /api/v1}, backendRef: \(M.leads("a"))")
    #expect(findings(service, for: .v0_6).contains { $0.rule == "L152" })
    #expect(!findings(service, for: .v0_7).contains { $0.rule == "L152" })
  }

  @Test("a credential that is shown nowhere leaves the lines as they are")
  func masking() {
    let text = """
      apiVersion: v1
      kind: Secret
      stringData:
        apiKey: "hunter2 é" # of the team
        credentials: |
          [default]
          aws_access_key_id = hunter2
        other: hunter2
      data: {é: aHVudGVyMg==, b: "aHVudGVyMg=="}
      ---
      kind: ConfigMap
      data: {a: plain, b: \(RuleCase.key)}

      """
    #expect(
      String(decoding: MaskedText.of(Array(text.utf8)), as: UTF8.self) == """
        apiVersion: v1
        kind: Secret
        stringData:
          apiKey: *** # of the team
          credentials: ***
            ***
            ***
          other: ***
        data: {é: ***, b: ***}
        ---
        kind: ConfigMap
        data: {a: plain, b: ***}

        """)
    let route = """
      kind: MCPRoute
      spec:
        backendRefs:
        - {name: a, securityPolicy: {apiKey: {inline: hunter2, queryParam: k}}}
        - name: b
          securityPolicy:
            apiKey:
              inline: "hunter2"
      """
    #expect(
      String(decoding: MaskedText.of(Array(route.utf8)), as: UTF8.self)
        == route.replacing("\"hunter2\"", with: "***").replacing("hunter2", with: "***"))
    let plain = Array("kind: ConfigMap\ndata: {a: \"b\"}".utf8)
    #expect(MaskedText.of(plain) == plain)
  }
}
