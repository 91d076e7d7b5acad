import Schemas
import Lint
import YAML
import Testing

@Suite struct RuleTests {
  private func findings(in documents: [Node]) -> [Finding] {
    var linter = Linter()
    return linter.findings(in: documents)
  }

  @Test("a rule finds what is bad and leaves alone what is good", arguments: RuleCase.all)
  func pairs(example: RuleCase) {
    let bad = findings(in: Manifests.read(example.bad))
    #expect(bad.contains { $0.rule == example.id }, "\(bad.map(\.rule))")
    let good = findings(in: Manifests.read(example.good))
    #expect(!good.contains { $0.rule == example.id })
  }

  @Test("a fix mends what it is offered for", arguments: RuleCase.all)
  func fixes(example: RuleCase) {
    let documents = Manifests.read(example.bad)
    for finding in findings(in: documents) where finding.rule == example.id {
      guard let fix = finding.fix else { continue }
      var mended = documents
      fix.apply(to: &mended)
      #expect(
        !findings(in: mended).contains { $0.rule == finding.rule && $0.path == finding.path },
        "\(fix.title)")
    }
  }

  @Test("what check --fix does about a rule is what its findings offer")
  func repairs() {
    var offers: [String: [Fix]] = [:]
    for example in RuleCase.all {
      for finding in findings(in: Manifests.read(example.bad)) {
        if let fix = finding.fix { offers[finding.rule, default: []].append(fix) }
      }
    }
    for rule in Rule.everything {
      let offers = offers[rule.id] ?? []
      if offers.contains(where: { $0.caution == nil }) {
        #expect(rule.repair == .automatic, "\(rule.id)")
      } else if !offers.isEmpty {
        #expect(rule.repair != .none, "\(rule.id)")
      } else {
        let isShown = !rule.id.hasPrefix("schema.") && !Self.unshownRepairs.contains(rule.id)
        #expect(rule.repair == .none || !isShown, "\(rule.id)")
      }
    }
  }

  /// Rules with fixes for other cases than those of their pairs.
  private static let unshownRepairs: Set = [
    "cel.C1", "L54", "L87", "L93", "L94", "L103", "L106", "L112", "L120", "L121", "L136", "L139",
    "L165",
  ]

  @Test("every rule has its pair and says what it is about")
  func coverage() {
    #expect(Set(Rule.all.map(\.id)).count == Rule.all.count)
    for rule in Rule.all {
      // Before 1.1 or 0.7 only, which have tests of their own.
      let isOfOldReleases = ["pool.namespace", "L152", "L182", "L39.release"].contains(rule.id)
      #expect(isOfOldReleases || RuleCase.all.contains { $0.id == rule.id }, "\(rule.id)")
      #expect(!rule.title.hasSuffix("."), "\(rule.id)")
      #expect(rule.why.hasSuffix("."), "\(rule.id)")
      #expect(rule.bad != rule.good, "\(rule.id)")
      #expect(!rule.reference.isEmpty, "\(rule.id)")
      #expect(Rule.find(rule.id)?.title == rule.title)
    }
  }

  @Test("every rule has a slug of its own, which is taken for its id")
  func slugs() {
    let slugs = Rule.everything.map(\.slug)
    #expect(Set(slugs).count == slugs.count)
    for rule in Rule.everything {
      let isPlain = rule.slug.utf8.allSatisfy {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "-")
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
      }
      #expect(isPlain && !rule.slug.isEmpty, "\(rule.slug)")
      #expect(Rule.id(rule.id, isOf: rule.slug.uppercased()), "\(rule.slug)")
    }
    #expect(Rule.label(of: "L33") == "L33 priority-without-retry")
    #expect(Rule.label(of: "schema.range") == "schema.range")
  }

  @Test("every rule and field says where upstream its facts stand")
  func sources() {
    let fields = ResourceKind.all.flatMap(\.everything).map(\.property.source)
    for source in Rule.everything.map(\.reference) + fields where !source.isEmpty {
      let projects = [
        "envoyproxy/ai-gateway v", "envoyproxy/gateway v", "envoyproxy/envoy v",
        "kubernetes-sigs/gateway-api v", "kubernetes-sigs/gateway-api-inference-extension v",
        "kubernetes/kubernetes v", "kubernetes/apimachinery v", "fluxcd.io/",
      ]
      #expect(projects.contains { source.hasPrefix($0) }, "\(source)")
    }
  }

  @Test("messages begin in lower case and end without a full stop", arguments: RuleCase.all)
  func wording(example: RuleCase) {
    for finding in findings(in: Manifests.read(example.bad)) {
      let first = finding.message.unicodeScalars.first
      let isName = [
        "AIGatewayRoute", "AIServiceBackend", "Gateway", "HTTPRoute", "Envoy",
        "ClientTrafficPolicy", "Backend", "Secret", "ConfigMap", "AzureOpenAI", "AzureCredentials",
        "AI Gateway",
        "Deployment", "SecurityPolicy", "InferencePool", "Service", "AWSCredentials",
        "GCPCredentials", "AnthropicAPIKey", "APIKey", "MCPRoute", "QuotaPolicy",
      ]
      .contains { finding.message.hasPrefix($0) }
      #expect(first.map { !$0.properties.isUppercase } == true || isName, "\(finding.message)")
      #expect(!finding.message.hasSuffix("."), "\(finding.message)")
      #expect(!finding.message.contains("[a-z"), "\(finding.message)")
    }
  }

  @Test("findings come by document, then by place in the text")
  func order() {
    let documents = Manifests.read(
      Manifests.joined(
        Manifests.rules("{backendRefs: [{name: b, weight: -1}], name: A}, {backendRefs: []}"),
        Manifests.limit("5")))
    let places = findings(in: documents).filter { $0.severity == .error }
      .map { "\($0.document) \($0.path)" }
    #expect(
      places == [
        "0 spec.rules[0].backendRefs[0].weight", "0 spec.rules[0].name",
        "0 spec.rules[1].backendRefs",
      ])
  }

  @Test("AI Gateway 0.6 does nothing with a QuotaPolicy, which is all that is said of it")
  func quotaBefore07() {
    let quota = """
      apiVersion: aigateway.envoyproxy.io/v1alpha1
      kind: QuotaPolicy
      metadata: {name: a, namespace: b}
      spec:
        targetRefs: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: c}]
        perModelQuotas:
        - {modelName: m, quota: {mode: Shared, defaultBucket: {limit: 9, duration: 1h}}}
      """
    var linter = Linter(target: .v0_6)
    let told = linter.findings(in: Manifests.read(quota)).map(\.rule)
    #expect(told == ["L134", "L136"])
  }

  @Test("a QuotaPolicy of v1beta1 is refused, and told the version that is served")
  func versionOfQuota() throws {
    let quota = """
      apiVersion: aigateway.envoyproxy.io/v1beta1
      kind: QuotaPolicy
      metadata: {name: a, namespace: b}
      spec: {}
      """
    let finding = try #require(findings(in: Manifests.read(quota)).first)
    #expect(finding.rule == "schema.kind" && finding.severity == .error)
    #expect(finding.message.hasSuffix("use aigateway.envoyproxy.io/v1alpha1"))
  }

  @Test("a misspelt field is renamed by its fix")
  func renaming() {
    var documents = Manifests.read(Manifests.rule("{backendRefs: [{name: a, wieght: 5}]}"))
    let finding = findings(in: documents).first { $0.rule == "schema.unknown" }
    finding?.fix?.apply(to: &documents)
    #expect(documents[0]["spec"]?["rules"]?[0]?["backendRefs"]?[0]?["weight"] == .integer(5))
    #expect(!findings(in: documents).contains { $0.rule == "schema.unknown" })
  }

  @Test("fields of a later release are refused for an earlier one")
  func releases() {
    let documents = Manifests.read(
      Manifests.route("{parentRefs: [{name: gw}], hostnames: [a.b], rules: [{name: a}]}"))
    var old = Linter(target: .v0_6)
    var newer = Linter(target: .v1_1)
    #expect(
      old.findings(in: documents).filter { $0.rule == "schema.release" }.map(\.path.description)
        == ["spec.hostnames", "spec.rules[0].name"])
    #expect(!newer.findings(in: documents).contains { $0.rule == "schema.release" })
  }
}
