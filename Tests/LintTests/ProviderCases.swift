/// Pairs for the rules about providers, their hosts, TLS and pools.
extension RuleCase {
  static let providers: [RuleCase] = schemas + regions + tls + pools

  private typealias M = Manifests

  /// An AIServiceBackend `a` of a schema and the Backend behind it.
  static func provider(_ schema: String, at host: String, name: String = "a", port: Int = 443)
    -> String
  {
    M.joined(provider(schema, name: name), M.backend(name, endpoint(host, port)))
  }

  static func provider(_ schema: String, name: String = "a") -> String {
    M.service(name, "schema: {name: \(schema)}, backendRef: \(M.leads(name))")
  }

  static func endpoint(_ host: String, _ port: Int = 443) -> String {
    "{fqdn: {hostname: \(host), port: \(port)}}"
  }

  static func aws(_ region: String) -> String {
    "type: AWSCredentials, awsCredentials: {region: \(region)}"
  }

  static func gcp(_ region: String) -> String {
    "type: GCPCredentials, gcpCredentials: {projectName: p, region: \(region)}"
  }

  /// A rule for a model that leads to the AIServiceBackend `a`.
  static func asking(_ model: String, _ more: String = "") -> String {
    M.rule("{matches: [{headers: [\(M.model(model))]}], backendRefs: [{name: a\(more)}]}")
  }

  static func secured(_ tls: String, _ endpoints: String..., name: String = "a") -> String {
    M.object(
      "gateway.envoyproxy.io/v1alpha1", "Backend", name: name,
      "{endpoints: [\(endpoints.joined(separator: ", "))], tls: {\(tls)}}")
  }

  static let bedrock = "bedrock-runtime.us-east-1.amazonaws.com"
  static let vertex = "us-east5-aiplatform.googleapis.com"
  static let mixed = M.rule("{backendRefs: [{name: a}, {name: b, priority: 1}]}")

  private static let schemas: [RuleCase] = [
    RuleCase(
      "L79",
      bad: M.joined(M.credentials("k", "type: AzureCredentials"), provider("AWSBedrock")),
      good: M.joined(M.credentials("k", aws("us-east-1")), provider("AWSBedrock"))),
    RuleCase(
      "L79.missing", bad: provider("GCPVertexAI"),
      good: M.joined(provider("GCPVertexAI"), M.credentials("k", gcp("us-east5")))),
    RuleCase(
      "L80", bad: provider("OpenAI, version: openai/v1"),
      good: provider("OpenAI, prefix: openai/v1")),
    RuleCase(
      "L81", bad: provider("AzureOpenAI, version: v, prefix: /openai"),
      good: provider("AzureOpenAI, version: v")),
    RuleCase(
      "L82", bad: provider("GCPAnthropic"),
      good: provider("GCPAnthropic, version: vertex-2023-10-16")),
    RuleCase(
      "L83", bad: provider("OpenAI, prefix: 'https://api.groq.com/openai/v1'"),
      good: provider("OpenAI, prefix: /openai/v1")),
    RuleCase(
      "L84", bad: provider("OpenAI", at: "api.groq.com"),
      good: provider("OpenAI, prefix: /openai/v1/", at: "api.groq.com")),
    RuleCase(
      "L84", bad: provider("Anthropic", at: "acme.services.ai.azure.com"),
      good: provider("Anthropic, prefix: /anthropic/v1", at: "acme.services.ai.azure.com")),
    RuleCase(
      "L84", bad: provider("OpenAI", at: "api.cloudflare.com"),
      good: provider(
        "OpenAI, prefix: client/v4/accounts/4f2/ai/v1", at: "api.cloudflare.com")),
    RuleCase(
      "L85", bad: M.joined(asking("whisper-1"), provider("AzureOpenAI, version: v")),
      good: M.joined(asking("whisper-1"), provider("OpenAI"))),
    RuleCase(
      "L86",
      bad: M.joined(
        mixed, provider("AzureOpenAI, version: v"), provider("Anthropic", name: "b")),
      good: M.joined(
        mixed, provider("AzureOpenAI, version: v"), provider("AWSBedrock", name: "b"))),
    RuleCase(
      "L87", bad: M.joined(asking("claude-4-sonnet"), provider("AWSBedrock")),
      good: M.joined(
        asking(
          "claude-4-sonnet", ", modelNameOverride: 'anthropic.claude-sonnet-4-20250514-v1:0'"),
        provider("AWSBedrock"))),
  ]

  private static let regions: [RuleCase] = [
    RuleCase(
      "L89", bad: M.backend("a", endpoint("dummy-azure-resource.openai.azure.com")),
      good: M.backend("a", endpoint("contoso.openai.azure.com"))),
    RuleCase(
      "L90", bad: M.backend("a", endpoint("bedrock.us-east-1.amazonaws.com")),
      good: M.backend("a", endpoint(bedrock))),
    RuleCase(
      "L91",
      bad: M.joined(provider("AWSBedrock", at: bedrock), M.credentials("k", aws("eu-west-1"))),
      good: M.joined(provider("AWSBedrock", at: bedrock), M.credentials("k", aws("us-east-1")))),
    RuleCase(
      "L92",
      bad: M.joined(provider("GCPVertexAI", at: vertex), M.credentials("k", gcp("us-central1"))),
      good: M.joined(provider("GCPVertexAI", at: vertex), M.credentials("k", gcp("us-east5")))),
    RuleCase(
      "L92",
      bad: M.joined(
        provider("GCPVertexAI", at: "aiplatform.eu.rep.googleapis.com"),
        M.credentials("k", gcp("us"))),
      good: M.joined(
        provider("GCPVertexAI", at: "aiplatform.eu.rep.googleapis.com"),
        M.credentials("k", gcp("eu")))),
    RuleCase(
      "L163", bad: provider("GCPVertexAI", at: "generativelanguage.googleapis.com"),
      good: provider("GCPVertexAI", at: vertex)),
    RuleCase(
      "L164",
      bad: M.joined(
        provider("OpenAI"),
        M.object(
          "gateway.envoyproxy.io/v1alpha1", "Backend", name: "a", "{type: DynamicResolver}")),
      good: provider("OpenAI", at: "api.openai.com")),
    RuleCase(
      "L166",
      bad: M.joined(proxied, asking("m"), provider("OpenAI", at: "api.openai.com")),
      good: M.joined(proxied, asking("m"), provider("OpenAI", at: "vllm.ai.svc.cluster.local"))),
    RuleCase(
      "L93", bad: M.joined(M.credentials("one", byKey), M.credentials("two", byKey)),
      good: M.joined(M.credentials("one", byKey), M.credentials("two", byKey, targets: "b"))),
    RuleCase(
      "L102",
      bad: M.joined(M.backend("a", endpoint("vllm.team-a.svc.cluster.local", 8000)), vllm),
      good: M.joined(M.backend("a", endpoint("vllm.team-a.svc.cluster.local", 80)), vllm)),
    RuleCase(
      "L103",
      bad: M.backend("a", "\(endpoint("api.openai.com")), \(endpoint("api.groq.com"))"),
      good: M.backend("a", "\(endpoint("a.ai.corp")), \(endpoint("b.ai.corp"))")),
  ]

  private static let proxied = M.backendPolicy(
    "{targetRefs: [\(M.httpRoute)], proxyProtocol: {version: V2}}")

  static let system = "wellKnownCACertificates: System"
  static let two = "\(endpoint("a.b")), \(endpoint("b.b"))"

  /// An address with a name beside it.
  static func named(_ name: String) -> String {
    "{hostname: \(name), ip: {address: 10.0.0.1, port: 80}}"
  }

  /// A Deployment of model servers.
  static func server(_ port: String, _ label: String) -> String {
    M.object(
      "apps/v1", "Deployment", name: "server",
      "{template: {metadata: {labels: {app: \(label)}}, "
        + "spec: {containers: [{name: c, ports: [{containerPort: \(port)}]}]}}}")
  }

  static let vllm = M.object("v1", "Service", name: "vllm", "{ports: [{port: 80}]}")

  private static let tls: [RuleCase] = [
    RuleCase(
      "L94",
      bad: M.joined(M.backend("a", endpoint("a.svc", 8000)), M.tls("a", "a.svc")),
      good: M.joined(M.backend("a", endpoint("a.svc", 8443)), M.tls("a", "a.svc"))),
    RuleCase(
      "L95", bad: secured("sni: api.openai.com", endpoint("api.openai.com")),
      good: secured(
        "sni: api.openai.com, wellKnownCACertificates: System", endpoint("api.openai.com"))),
    RuleCase(
      "L96",
      bad: M.joined(
        mixed, provider("OpenAI"), provider("OpenAI", at: "b.svc", name: "b", port: 80),
        secured("wellKnownCACertificates: System", endpoint("api.openai.com"))),
      good: M.joined(
        mixed, provider("OpenAI"), provider("OpenAI", at: "b.svc", name: "b", port: 80),
        secured(
          "wellKnownCACertificates: System, sni: api.openai.com", endpoint("api.openai.com")))),
    RuleCase(
      "L97", bad: secured("insecureSkipVerify: true", endpoint("api.openai.com")),
      good: secured("insecureSkipVerify: true", endpoint("llm.models.svc.cluster.local"))),
    RuleCase(
      "L98",
      bad: M.joined(
        M.backend("a", "\(endpoint("a.ai.corp")), \(endpoint("b.ai.corp"))"),
        M.tls("a", "a.ai.corp")),
      good: M.joined(M.backend("a", endpoint("a.ai.corp")), M.tls("a", "a.ai.corp"))),
    RuleCase(
      "L100",
      bad: M.joined(M.tls("a", "a.b"), otherTLS), good: M.joined(M.tls("b", "a.b"), otherTLS)),
    RuleCase("L100.section", bad: tlsSection("https"), good: tlsSection("'443'")),
    RuleCase("L100.section", bad: serviceTLS("'443'"), good: serviceTLS("https")),
  ]

  private static let otherTLS = M.tls("a", "a.b").replacing("name: a-tls", with: "name: other")

  /// A BackendTLSPolicy for a port of Backend `a`.
  static func tlsSection(_ name: String) -> String {
    M.tls("a", "a.b").replacing("name: a}", with: "name: a, sectionName: \(name)}")
  }

  private static func serviceTLS(_ section: String) -> String {
    M.object(
      "gateway.networking.k8s.io/v1", "BackendTLSPolicy", name: "a",
      "{targetRefs: [{group: '', kind: Service, name: vllm, sectionName: \(section)}], "
        + "validation: {hostname: a.b, wellKnownCACertificates: System}}")
  }

  private static let pools: [RuleCase] = [
    RuleCase(
      "L129", bad: M.joined(inferencePool(), epp(9003)), good: M.joined(inferencePool(), epp(9002))),
    RuleCase(
      "L165",
      bad: inferencePool().replacing("k8s.io/v1", with: "x-k8s.io/v1alpha2"),
      good: inferencePool()),
    RuleCase("L130", bad: inferencePool(", failureMode: FailOpen"), good: inferencePool()),
    RuleCase(
      "L131", bad: toPool(gcp("us-east5")), good: toPool(byKey)),
  ]

  /// An InferencePool `p` with more in the reference to its picker.
  static func inferencePool(_ picker: String = "", port: String = ", port: {number: 9002}")
    -> String
  {
    M.object(
      "inference.networking.k8s.io/v1", "InferencePool", name: "p",
      "{selector: {matchLabels: {app: vllm}}, targetPorts: [{number: 8000}], "
        + "endpointPickerRef: {name: epp\(port)\(picker)}}")
  }

  static func epp(_ port: Int, name: String = "epp") -> String {
    M.object("v1", "Service", name: name, "{ports: [{port: \(port)}]}")
  }

  static func toPool(_ spec: String) -> String {
    M.credentials("k", spec).replacing(
      "group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: a", with: "\(M.pool), name: p")
  }
}
