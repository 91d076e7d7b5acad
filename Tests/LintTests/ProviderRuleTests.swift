import Lint
import Schemas
import Testing

/// What comes close to what the rules about providers find, and how sure they are.
@Suite struct ProviderRuleTests {
  private typealias M = Manifests
  private typealias C = RuleCase

  /// Documents with the rule that is asked about, and what it says of them.
  struct Example: CustomTestStringConvertible, Sendable {
    let rule: String
    let yaml: String
    let testDescription: String

    init(_ rule: String, _ about: String, _ yaml: String...) {
      self.rule = rule
      self.yaml = yaml.joined(separator: "---\n")
      testDescription = "\(rule) \(about)"
    }
  }

  private func findings(_ example: Example, for release: Release = .v1_1) -> [Finding] {
    var linter = Linter(target: release)
    return linter.findings(in: M.read(example.yaml)).filter { $0.rule == example.rule }
  }

  @Test("what only looks like a mistake is left alone", arguments: silent)
  func silence(example: Example) {
    #expect(findings(example).map(\.message) == [])
  }

  private static let silent: [Example] = [
    Example(
      "L79", "Bedrock takes keys as bearers", C.provider("AWSBedrock"), M.credentials("k", C.key)),
    Example(
      "L79", "Bedrock's own OpenAI API is signed", C.provider("OpenAI", at: C.bedrock),
      M.credentials("k", C.aws("us-east-1"))),
    Example(
      "L79", "who only speaks Anthropic's API may want a bearer",
      C.provider("Anthropic", at: "api.moonshot.ai"), M.credentials("k", C.key)),
    Example(
      "L79.missing", "a server in the cluster that speaks Bedrock's API",
      C.provider("AWSBedrock", at: "mock.ai.svc.cluster.local")),
    Example("L79.missing", "a server that may want no key", C.provider("OpenAI", at: "a.svc")),
    Example("L80", "Azure reads it", C.provider("AzureOpenAI, version: 2025-01-01-preview")),
    Example("L80", "an empty version", C.provider("OpenAI, version: ''")),
    Example("L81", "Anthropic reads it", C.provider("Anthropic, prefix: /anthropic/v1")),
    Example("L82", "chat of AWSBedrock has no version", C.provider("AWSBedrock")),
    Example("L83", "a prefix of many parts", C.provider("OpenAI, prefix: /v1/openai/v1")),
    Example(
      "L83", "a part called as an endpoint", C.provider("OpenAI, prefix: /team/responses")),
    Example("L83", "a schema that reads none", C.provider("Cohere, prefix: /v1/chat/completions")),
    Example("L84", "the default", C.provider("OpenAI", at: "api.openai.com")),
    Example("L84", "an unknown host", C.provider("OpenAI, prefix: /api", at: "llm.corp.net")),
    Example(
      "L84", "a host that ends alike", C.provider("OpenAI", at: "notapi.groq.com.example.net")),
    Example("L84", "another schema", C.provider("Cohere, version: v2", at: "api.cohere.com")),
    Example(
      "L84", "what L80 mends", C.provider("OpenAI, version: openai/v1", at: "api.groq.com")),
    Example(
      "L84", "what L83 mends",
      C.provider("OpenAI, prefix: /openai/v1/chat/completions", at: "api.groq.com")),
    Example(
      "L85", "rerank of Cohere", C.asking("rerank-english-v3.0"),
      C.provider("Cohere, version: v2")),
    Example(
      "L85", "embeddings of Azure", C.asking("text-embedding-3-small"),
      C.provider("AzureOpenAI, version: v")),
    Example(
      "L86", "chat of both", C.mixed, C.provider("OpenAI"), C.provider("GCPVertexAI", name: "b")),
    Example(
      "L86", "a backend without traffic",
      M.rule("{backendRefs: [{name: a}, {name: b, weight: 0}]}"), C.provider("Cohere"),
      C.provider("OpenAI", name: "b")),
    Example("L86", "one of them elsewhere", C.mixed, C.provider("Cohere")),
    Example(
      "L87", "an inference profile", C.asking("'us.amazon.nova-micro-v1:0'"),
      C.provider("AWSBedrock")),
    Example(
      "L87", "a profile of the government's", C.asking("us-gov.anthropic.claude"),
      C.provider("AWSAnthropic")),
    Example(
      "L87", "an ARN", C.asking("'arn:aws:bedrock:us-east-1:1:inference-profile/x'"),
      C.provider("AWSBedrock")),
    Example(
      "L87", "Claude on Vertex without a date", C.asking("claude-opus-4-6"),
      C.provider("GCPAnthropic")),
    Example("L87", "a deployment of Azure", C.asking("gpt-4o"), C.provider("AzureOpenAI")),
    Example(
      "L87", "an expression", M.rule(M.match(M.regex("claude.*"))), C.provider("AWSBedrock")),
    Example("L89", "examples in the name", M.backend("a", C.endpoint("examples.ai.corp"))),
    Example("L89", "a region in the name", M.backend("a", C.endpoint("region1.ai.corp"))),
    Example("L89", "an address", M.backend("a", "{ip: {address: 10.0.0.1, port: 80}}")),
    Example(
      "L90", "a private endpoint",
      M.backend("a", C.endpoint("vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com"))),
    Example(
      "L90", "the global host", C.provider("GCPVertexAI", at: "aiplatform.googleapis.com"),
      M.credentials("k", C.gcp("global"))),
    Example(
      "L91", "a private name", C.provider("AWSBedrock", at: "bedrock.corp.net"),
      M.credentials("k", C.aws("eu-west-1"))),
    Example(
      "L92", "the global host", C.provider("GCPVertexAI", at: "aiplatform.googleapis.com"),
      M.credentials("k", C.gcp("us-east5"))),
    Example(
      "L93", "one policy for a pool and a backend of one name",
      M.credentials("k", C.key, targets: "p", "a")),
    Example("L93", "a pool alone", C.toPool(C.key)),
    Example(
      "L94", "TLS at its port", M.backend("a", C.endpoint("a.svc")), M.tls("a", "a.svc")),
    Example("L94", "plain text", M.backend("a", C.endpoint("a.svc", 8000))),
    Example(
      "L95", "a policy that names them", C.secured("sni: a.b", C.endpoint("a.b")),
      M.tls("a", "a.b")),
    Example(
      "L95", "no verification", C.secured("insecureSkipVerify: true", C.endpoint("a.svc"))),
    Example(
      "L95", "a file of authorities",
      C.secured("caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}]", C.endpoint("a.b"))),
    Example(
      "L96", "all take the name from the request", C.mixed, C.provider("OpenAI"),
      C.provider("OpenAI", name: "b"), C.secured(C.system, C.endpoint("a.b")),
      C.secured(C.system, C.endpoint("b.b"), name: "b")),
    Example(
      "L96", "a rule of its own", M.rule("{backendRefs: [{name: a}]}"),
      C.provider("OpenAI"), C.provider("OpenAI", at: "b.svc", name: "b", port: 80),
      C.secured(C.system, C.endpoint("a.b"))),
    Example(
      "L98", "one host at two ports",
      M.backend("a", "\(C.endpoint("a.b")), \(C.endpoint("a.b", 8443))"), M.tls("a", "a.b")),
    Example(
      "L98", "a policy for the port of one",
      M.backend("a", "\(C.endpoint("a.b")), \(C.endpoint("b.b", 8443))"), C.tlsSection("'443'")),
    Example(
      "L99", "a Service", M.tls("a", "a.b").replacing("Backend, name", with: "Service, name")),
    Example(
      "L100", "two ports", C.tlsSection("'443'"),
      C.tlsSection("'8443'").replacing("a-tls", with: "b-tls")),
    Example(
      "L100.section", "a port that the AIServiceBackend names", C.tlsSection("'443'"),
      C.provider("OpenAI").replacing("kind: Backend", with: "port: 443, kind: Backend")),
    Example("L101", "a name beside an address", M.backend("a", C.named("llm.corp"))),
    Example(
      "L102", "a Service without an address of its own",
      M.backend("a", C.endpoint("vllm.team-a.svc", 8000)),
      C.vllm.replacing("{ports", with: "{clusterIP: None, ports")),
    Example(
      "L103", "two regions of a provider",
      M.backend(
        "a", "\(C.endpoint(C.bedrock)), \(C.endpoint("bedrock-runtime.us-west-2.amazonaws.com"))")),
    Example(
      "L103", "one host at two ports",
      M.backend("a", "\(C.endpoint("a.b")), \(C.endpoint("a.b", 8443))")),
    Example("L129", "the default port", C.inferencePool(port: ""), C.epp(9002)),
    Example(
      "L129", "a Service without an address of its own", C.inferencePool(),
      C.epp(9003).replacing("{ports", with: "{clusterIP: None, ports")),
    Example("L130", "a server that listens there", C.inferencePool(), C.server("8000", "vllm")),
    Example("L130", "FailClose, the default", C.inferencePool(", failureMode: FailClose")),
    Example("L131", "a key for a backend", M.credentials("k", C.gcp("us-east5"))),
  ]

  @Test("how sure a finding is hangs on what is at hand", arguments: graded)
  func severities(example: Example, severities: [Finding.Severity]) {
    #expect(findings(example).map(\.severity) == severities, "\(findings(example))")
  }

  private static let graded: [(Example, [Finding.Severity])] = [
    (Example("L79.missing", "nothing at hand", C.provider("GCPVertexAI")), [.info]),
    (
      Example(
        "L79.missing", "others at hand", C.provider("AWSBedrock"),
        M.credentials("k", C.key, targets: "b")), [.warning]
    ),
    (Example("L80", "harmless", C.provider("OpenAI, version: v1")), [.info]),
    (Example("L80", "no path", C.provider("OpenAI, version: 2025-01-01")), [.warning]),
    (Example("L81", "empty", C.provider("OpenAI, prefix: ''")), [.info]),
    (Example("L82", "Azure", C.provider("AzureOpenAI")), [.error]),
    (Example("L82", "who answers as Azure", C.provider("AzureOpenAI", at: "a.svc")), [.warning]),
    (Example("L82", "Cohere itself", C.provider("Cohere", at: "api.cohere.com")), [.error]),
    (Example("L82", "who answers as Cohere", C.provider("Cohere", at: "vllm.svc")), [.warning]),
    (Example("L82", "chat has a default", C.provider("AWSAnthropic")), [.warning]),
    (Example("L85", "no route at hand", C.provider("Anthropic")), [.info]),
    (
      Example(
        "L86", "messages of both", C.mixed, C.provider("OpenAI"),
        C.provider("Anthropic", name: "b")), [.info]
    ),
    (Example("L89", "nobody's", M.backend("a", C.endpoint("llm.example.com"))), [.error]),
    (
      Example("L89", "perhaps", M.backend("a", C.endpoint("your-name.openai.azure.com"))),
      [.warning]
    ),
    (
      Example(
        "L90", "the global host for a region",
        C.provider("GCPVertexAI", at: "aiplatform.googleapis.com"),
        M.credentials("k", C.gcp("us-east5"))), [.warning]
    ),
    (
      Example(
        "L92", "one policy for two regions", C.provider("GCPVertexAI", at: C.vertex),
        C.provider("GCPVertexAI", at: "us-central1-aiplatform.googleapis.com", name: "b"),
        M.credentials("k", C.gcp("us-central1"), targets: "a", "b")), [.error]
    ),
    (Example("L93", "named twice", M.credentials("k", C.key, targets: "a", "a")), [.error]),
    (
      Example(
        "L93", "a pool and a backend of one name", M.credentials("one", C.key, targets: "p"),
        C.toPool(C.key)), [.warning]
    ),
    (
      Example(
        "L94", "a provider at port 80", M.backend("a", C.endpoint("api.openai.com", 80)),
        M.tls("a", "api.openai.com")), [.error]
    ),
    (Example("L98", "its own name", C.secured("\(C.system), sni: a.b", C.two)), [.warning]),
    (
      Example("L99", "no group", M.tls("a", "a.b").replacing("gateway.envoyproxy.io", with: "''")),
      [.error]
    ),
    (
      Example("L100.section", "a port nobody names", C.tlsSection("'443'"), C.provider("OpenAI")),
      [.warning]
    ),
    (Example("L101", "a name of one part", M.backend("a", C.named("llm"))), [.warning]),
    (
      Example("L101", "zeros", M.backend("a", "{ip: {address: 010.0.0.1, port: 80}}")), [.error]
    ),
    (
      Example(
        "L101", "a certificate elsewhere",
        C.secured("\(C.system), clientCertificateRef: {name: c, namespace: far}", C.two)), [.error]
    ),
    (Example("L158", "port 0", M.backend("a", C.endpoint("a.b", 0))), [.error]),
    (
      Example("L103", "twice", M.backend("a", "\(C.endpoint("a.b")), \(C.endpoint("a.b"))")),
      [.warning]
    ),
    (Example("L129", "nothing at hand", C.inferencePool()), [.info]),
    (
      Example("L129", "another Service at hand", C.inferencePool(), C.epp(9002, name: "x")),
      [.warning]
    ),
    (Example("L129", "another port", C.inferencePool(), C.epp(9003)), [.error]),
    (Example("L130", "another port", C.inferencePool(), C.server("9000", "vllm")), [.warning]),
    (Example("L130", "other labels", C.inferencePool(), C.server("8000", "x")), [.info]),
    (Example("L130", "another kind", C.inferencePool(", kind: Picker")), [.warning]),
    (Example("L131", "a path of another", C.toPool(C.gcp("us-east5"))), [.error]),
    (Example("L131", "a signature", C.toPool(C.aws("us-east-1"))), [.warning]),
  ]

  @Test(
    "requests to Bedrock are signed for the policy's region up to 1.0, for the host's since 1.1")
  func signing() {
    let other = Example(
      "L91", "", C.provider("AWSBedrock", at: C.bedrock), M.credentials("k", C.aws("eu-west-1")))
    let fips = Example(
      "L91", "", C.provider("AWSBedrock", at: "bedrock-runtime-fips.us-east-1.amazonaws.com"),
      M.credentials("k", C.aws("us-east-1")))
    #expect(findings(other, for: .v1_0).map(\.severity) == [.error])
    #expect(findings(other, for: .v1_1).map(\.severity) == [.warning])
    #expect(findings(fips, for: .v1_0).map(\.severity) == [.error])
    #expect(findings(fips, for: .v1_1).isEmpty)
  }

  @Test("a version that should be Anthropic's prefix is renamed since 0.7, which reads that")
  func anthropicPrefix() {
    let example = Example("L80", "", C.provider("Anthropic, version: anthropic/v1"))
    #expect(findings(example, for: .v0_6).map { $0.fix?.title } == ["remove version"])
    #expect(findings(example, for: .v0_7).map { $0.fix?.title } == ["rename to prefix"])
  }

  @Test("Azure serves responses since 0.7, and messages were OpenAI's and Claude's before")
  func endpoints() {
    let example = Example(
      "L86", "", C.mixed, C.provider("AWSBedrock"), C.provider("Anthropic", name: "b"))
    #expect(findings(example, for: .v0_6).map(\.severity) == [.warning])
    #expect(findings(example, for: .v0_7).map(\.severity) == [.info])
  }

  @Test(
    "an id or slug that a rule had before still names it",
    arguments: [
      ("L71.type", "L79"), ("L71.twice", "L93"), ("L73", "L80"), ("L73", "L81"), ("L73", "L82"),
      ("L88", "L02"), ("closed-circuit", "L157"), ("closed-door", "L159"),
      ("credentials-elsewhere", "L107"), ("dynamic-beside", "L72"), ("grant-at-home", "L61"),
      ("ignored-service-mutation", "headers.ignored.service"), ("misshapen-key", "L111.shape"),
      ("missing-service", "L59"), ("missing-store", "L105"), ("policy-elsewhere", "L15"),
      ("service-body-model", "body.model.service"), ("service-body-value", "body.json.service"),
      ("tls-without-authorities", "L95"), ("unfit-authorities", "L123.ca"),
    ])
  func formerNames(old: String, new: String) {
    #expect(Rule.id(new, isOf: old) && Rule.find(new) != nil)
    #expect(!Rule.id("L33", isOf: old))
  }
}
