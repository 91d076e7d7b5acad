import Corpus
import Lint
import Resources
import Schemas
import YAML
import Testing

@testable import RouteForm

/// A preset with one kind of credentials, and what its objects must hold.
struct ExpectedProvider: Sendable, CustomStringConvertible {
  let option: String
  let host: String
  var port = 443
  var hasTLS = true
  let schema: String
  /// The type of the BackendSecurityPolicy and the key of its Secret, nil without credentials.
  var policy: String?
  var key: String?

  var description: String { option }
}

/// Hosts, APIs and credentials as upstream's examples and pages have them
/// (envoyproxy/ai-gateway v1.1.0, examples/basic, site/docs/capabilities/llm-integrations).
private let expected: [ExpectedProvider] = [
  .key("openai", "api.openai.com", "{name: OpenAI}"),
  .init(
    option: "openai,credentials=none", host: "api.openai.com", schema: "{name: OpenAI}"),
  .key("anthropic", "api.anthropic.com", "{name: Anthropic}", "AnthropicAPIKey"),
  .key("anthropic-openai", "api.anthropic.com", "{name: OpenAI, prefix: /v1}"),
  .key(
    "azure-openai,resource=acme,api-version=2025-01-01-preview", "acme.openai.azure.com",
    "{name: AzureOpenAI, version: 2025-01-01-preview}", "AzureAPIKey"),
  .init(
    option: "azure-openai,resource=acme,api-version=2025-01-01-preview,credentials=client-secret,"
      + "tenant=t,client-id=c",
    host: "acme.openai.azure.com", schema: "{name: AzureOpenAI, version: 2025-01-01-preview}",
    policy: "AzureCredentials", key: "client-secret"),
  .init(
    option: "azure-openai,resource=acme,api-version=2025-01-01-preview,credentials=oidc,tenant=t,"
      + "client-id=c,issuer=https://id.acme.io",
    host: "acme.openai.azure.com", schema: "{name: AzureOpenAI, version: 2025-01-01-preview}",
    policy: "AzureCredentials", key: "client-secret"),
  .key(
    "azure-openai-v1,resource=acme", "acme.openai.azure.com", "{name: OpenAI, prefix: /openai/v1}"),
  .aws("aws-bedrock,region=eu-west-1", "{name: AWSBedrock}", key: "credentials"),
  .aws(
    "aws-bedrock,region=eu-west-1,credentials=oidc,role=arn:aws:iam::1:role/r,client-id=c,"
      + "issuer=https://id.acme.io", "{name: AWSBedrock}", key: "client-secret"),
  .aws("aws-bedrock,region=eu-west-1,credentials=pod-identity", "{name: AWSBedrock}", key: nil),
  .aws("aws-bedrock,region=eu-west-1,credentials=irsa", "{name: AWSBedrock}", key: nil),
  .aws(
    "aws-anthropic,region=eu-west-1", "{name: AWSAnthropic, version: bedrock-2023-05-31}",
    key: "credentials"),
  .google("gcp-vertex,region=us-central1,project=p", "{name: GCPVertexAI}", "service_account.json"),
  .google("gcp-vertex,region=us-central1,project=p,credentials=adc", "{name: GCPVertexAI}", nil),
  .google(
    "gcp-anthropic,region=us-central1,project=p,credentials=federation,project-id=1,pool=w,"
      + "pool-provider=i,issuer=https://id.acme.io,client-id=c,service-account=sa",
    "{name: GCPAnthropic, version: vertex-2023-10-16}", "client-secret"),
  .init(
    option: "gcp-vertex,region=global,project=p", host: "aiplatform.googleapis.com",
    schema: "{name: GCPVertexAI}", policy: "GCPCredentials", key: "service_account.json"),
  .init(
    option: "gcp-vertex,region=eu,project=p", host: "aiplatform.eu.rep.googleapis.com",
    schema: "{name: GCPVertexAI}", policy: "GCPCredentials", key: "service_account.json"),
  .key("gemini", "generativelanguage.googleapis.com", "{name: OpenAI, prefix: /v1beta/openai}"),
  .key("cohere", "api.cohere.com", "{name: Cohere, version: v2}"),
  .key("cohere-openai", "api.cohere.ai", "{name: OpenAI, prefix: /compatibility/v1}"),
  .key("groq", "api.groq.com", "{name: OpenAI, prefix: /openai/v1}"),
  .key("grok", "api.x.ai", "{name: OpenAI, prefix: /v1}"),
  .key("together", "api.together.xyz", "{name: OpenAI, prefix: /v1}"),
  .key("mistral", "api.mistral.ai", "{name: OpenAI, prefix: /v1}"),
  .key("deepinfra", "api.deepinfra.com", "{name: OpenAI, prefix: /v1/openai}"),
  .key("deepseek", "api.deepseek.com", "{name: OpenAI, prefix: /v1}"),
  .key("hunyuan", "api.hunyuan.cloud.tencent.com", "{name: OpenAI, prefix: /v1}"),
  .key("tencent-lkeap", "api.lkeap.cloud.tencent.com", "{name: OpenAI, prefix: /v1}"),
  .key("tars", "api.router.tetrate.ai", "{name: OpenAI}"),
  .key("sambanova", "api.sambanova.ai", "{name: OpenAI, prefix: /v1}"),
  .key("openrouter", "openrouter.ai", "{name: OpenAI, prefix: /api/v1}"),
  .server("vllm,service=vllm", "vllm.default.svc.cluster.local", 8000, "{name: OpenAI}"),
  .server(
    "vllm,service=vllm,namespace=models,port=9000", "vllm.models.svc.cluster.local", 9000,
    "{name: OpenAI}"),
  .init(
    option: "vllm,service=vllm,credentials=key", host: "vllm.default.svc.cluster.local",
    port: 8000, hasTLS: false, schema: "{name: OpenAI}", policy: "APIKey", key: "apiKey"),
  .server("ollama,service=o", "o.default.svc.cluster.local", 11434, "{name: OpenAI}"),
  .server(
    "kserve,service=llama-predictor", "llama-predictor.default.svc.cluster.local", 80,
    "{name: OpenAI, prefix: /openai/v1}"),
  .server(
    "llama-stack,service=l", "l.default.svc.cluster.local", 8321,
    "{name: OpenAI, prefix: /v1/openai/v1}"),
  .key("custom,host=llm.acme.io", "llm.acme.io", "{name: OpenAI}"),
  .init(
    option: "custom,host=llm.acme.io,port=8080,prefix=/x,credentials=none", host: "llm.acme.io",
    port: 8080, hasTLS: false, schema: "{name: OpenAI, prefix: /x}"),
]

extension ExpectedProvider {
  static func key(_ option: String, _ host: String, _ schema: String, _ policy: String = "APIKey")
    -> ExpectedProvider
  {
    ExpectedProvider(option: option, host: host, schema: schema, policy: policy, key: "apiKey")
  }

  static func aws(_ option: String, _ schema: String, key: String?) -> ExpectedProvider {
    ExpectedProvider(
      option: option, host: "bedrock-runtime.eu-west-1.amazonaws.com", schema: schema,
      policy: "AWSCredentials", key: key)
  }

  static func google(_ option: String, _ schema: String, _ key: String?) -> ExpectedProvider {
    ExpectedProvider(
      option: option, host: "us-central1-aiplatform.googleapis.com", schema: schema,
      policy: "GCPCredentials", key: key)
  }

  static func server(_ option: String, _ host: String, _ port: Int, _ schema: String)
    -> ExpectedProvider
  {
    ExpectedProvider(option: option, host: host, port: port, hasTLS: false, schema: schema)
  }

  /// A route to one backend that it describes.
  func form() throws -> FormState {
    var form = Recipe.singleModel.form
    form.type("chat", "route.metadata.name")
    form.type("ai-gw", "route.spec.parentRefs[0].name")
    form.type("gpt-4o", "route.spec.rules[0].matches[0].headers[0].value")
    // Names of models are the provider's own.
    let preset = option.split(separator: ",").first.flatMap { ProviderPreset.named(String($0)) }
    form.type(
      try #require(preset).model, "route.spec.rules[0].backendRefs[0].modelNameOverride")
    try AnswersFile.describe("openai-backend=\(option)", in: &form)
    return form
  }
}

@Suite("described backends")
struct ProviderTests {
  private static func node(_ flow: String) throws -> Node {
    try #require(Parser().parse(Array(flow.utf8)).documents.first).root
  }

  @Test("each preset and variant has the provider's host, API, policy and key", arguments: expected)
  func preset(_ wanted: ExpectedProvider) throws {
    let form = try wanted.form()
    let documents = form.documents
    func object(_ kind: String) -> Node? { documents.first { $0["kind"]?.text == kind } }
    let endpoint = object("Backend")?["spec"]?["endpoints"]?[0]?["fqdn"]
    #expect(endpoint?["hostname"]?.text == wanted.host)
    #expect(endpoint?["port"]?.integer == wanted.port)
    #expect(
      object("BackendTLSPolicy")?["spec"]?["validation"]?["hostname"]?.text
        == (wanted.hasTLS ? wanted.host : nil))
    #expect(object("AIServiceBackend")?["spec"]?["schema"] == (try Self.node(wanted.schema)))
    #expect(object("BackendSecurityPolicy")?["spec"]?["type"]?.text == wanted.policy)
    #expect(form.providers[0].secret?.key == wanted.key)
    for kind in ["Backend", "AIServiceBackend", "BackendSecurityPolicy"] where object(kind) != nil {
      #expect(object(kind)?["metadata"]?["name"]?.text == "openai-backend")
    }
    #expect(!documents.contains { $0["kind"]?.text == "Secret" }, "Secrets are never written")
  }

  @Test("what a preset writes has no errors and no warnings", arguments: expected)
  func sound(_ wanted: ExpectedProvider) throws {
    var form = try wanted.form()
    form.writesGateway = true
    form.writesClass = true
    var linter = Linter(isWhole: true)
    let findings = linter.findings(in: form.documents).filter { $0.severity != .info }
    #expect(findings.map(\.message) == [])
    #expect(form.providerProblems.isEmpty)
  }

  @Test(
    "an API server takes what every preset writes", .enabled(if: CRDChecker.tool != nil))
  func accepted() throws {
    let text = try expected.map { wanted in
      var form = try wanted.form()
      form.writesGateway = true
      form.writesClass = true
      return form.yaml
    }.joined(separator: "---\n")
    #expect(
      try CRDChecker.findings(in: text).map { "\($0.document) \($0.field) \($0.message)" } == [])
  }

  @Test(
    "what only the user knows is asked for by name",
    arguments: [
      ("aws-bedrock", "region"), ("gcp-vertex,region=r", "project"),
      ("azure-openai", "api-version"),
      ("vllm", "service"), ("custom", "host"), ("aws-bedrock,region=r,credentials=oidc", "role"),
      ("azure-openai,resource=r,api-version=v,credentials=client-secret", "tenant"),
      ("gcp-vertex,region=r,project=p,credentials=federation", "pool-provider"),
    ])
  func missing(_ option: String, _ key: String) {
    var form = Recipe.singleModel.form
    #expect {
      try AnswersFile.describe("openai-backend=\(option)", in: &form)
    } throws: {
      "\($0)".contains("\(key)=")
    }
  }

  @Test("a wrong name, preset, key or variant is refused with those there are")
  func refused() {
    for (option, words) in [
      ("openai=openai", "the route has openai-backend"),
      ("openai-backend=opnai", "did you mean openai?"),
      ("openai-backend=openai,regoin=x", "did you mean region?"),
      ("openai-backend=openai,credentials=oidc", "openai takes key, none"),
      ("openai-backend=custom,host=a.b,port=0", "port=0"),
      ("openai-backend", "no '='"),
    ] {
      var form = Recipe.singleModel.form
      #expect { try AnswersFile.describe(option, in: &form) } throws: {
        ($0 as? AnswersError)?.message.contains(words) == true
      }
    }
  }

  @Test("the deployment is what the backend is sent")
  func deployment() throws {
    var form = Recipe.weightedSplit.form
    try AnswersFile.describe(
      "azure-openai-backend=azure-openai,resource=a,api-version=v,deployment=prod-4o", in: &form)
    #expect(form.text("route.spec.rules[0].backendRefs[1].modelNameOverride") == "prod-4o")
    #expect(form.text("route.spec.rules[0].backendRefs[0].modelNameOverride") == "")
  }

  @Test("renaming a described backend renames its objects and every reference")
  func renamed() throws {
    var form = Recipe.singleModel.form
    _ = form.perform(.duplicate(in: FormState.ruleList, at: 0))
    try AnswersFile.describe("openai-backend=openai", in: &form)
    form.type("gpt", "provider[0].name")
    #expect(form.placedRefs.map(\.name) == ["gpt", "gpt"])
    #expect(form.documents.compactMap { $0["metadata"]?["name"]?.text }.count { $0 == "gpt" } == 3)
    #expect(form.yaml.contains("name: gpt-apikey"))
    #expect(!form.yaml.contains("openai-backend"))
  }

  @Test("a backend follows the name of its only reference, also through an empty field")
  func followed() throws {
    var form = Recipe.singleModel.form
    try AnswersFile.describe("openai-backend=openai", in: &form)
    let name = "route.spec.rules[0].backendRefs[0].name"
    form.type("openai-backend2", name)
    #expect(form.providers[0].name == "openai-backend2")
    form.type("", name)
    form.type("x", name)
    #expect(form.providers[0].name == "x")
    form.type("models", "route.spec.rules[0].backendRefs[0].namespace")
    #expect(form.providers[0].namespace == "models")
    #expect(form.yaml(.part(.backend, 0)).contains("namespace: models"))
  }

  @Test("one of several references that is renamed leaves the backend to the others")
  func divided() throws {
    var form = Recipe.singleModel.form
    _ = form.perform(.duplicate(in: FormState.ruleList, at: 0))
    try AnswersFile.describe("openai-backend=openai", in: &form)
    form.type("other", "route.spec.rules[1].backendRefs[0].name")
    #expect(form.providers.map(\.name) == ["openai-backend"])
    #expect(form.usedProviders.count == 1)
  }

  @Test("a backend of another namespace brings both grants, and is written there")
  func foreign() throws {
    var form = Recipe.singleModel.form
    form.type("models", "route.spec.rules[0].backendRefs[0].namespace")
    try AnswersFile.describe("openai-backend=openai", in: &form)
    #expect(form.grants.map(\.namespace) == ["models", "models"])
    #expect(form.yaml(.part(.credentials, 0)).contains("namespace: models"))
    #expect(
      Prerequisites(form).commands == [
        "kubectl create secret generic openai-backend-apikey -n models "
          + "--from-literal=apiKey=\"$OPENAI_API_KEY\""
      ])
  }

  @Test("a backend that several rules use is written once, in apply order")
  func once() throws {
    var form = Recipe.anthropicAndOpenAI.form
    form.type("chat", "route.metadata.name")
    _ = form.perform(.duplicate(in: FormState.ruleList, at: 0))
    #expect(
      form.objects.map(\.description) == [
        "class", "gateway", "policy", "backend[0]", "tls[0]", "backend[1]", "tls[1]",
        "credentials[0]", "credentials[1]", "service[0]", "service[1]", "route",
      ])
    let layout = OutputLayout(outputPath: "out/", writesKustomization: true)
    #expect(
      layout.paths(objects: form.objects, documents: form.documents) == [
        "out/00-a-class.yaml", "out/00-a-gateway.yaml", "out/00-buffer.yaml",
        "out/02-backend-anthropic.yaml", "out/02-backend-openai.yaml", "out/10-route.yaml",
        "out/kustomization.yaml",
      ])
  }

  @Test(
    "the identity of the Envoy pods brings an EnvoyProxy with the Gateway, else is asked for",
    arguments: [
      ("aws-bedrock,region=r,credentials=irsa", "eks.amazonaws.com/role-arn=\"$AWS_ROLE_ARN\""),
      ("aws-bedrock,region=r,credentials=pod-identity", "--service-account gw-envoy"),
      ("gcp-vertex,region=r,project=p,credentials=adc", "iam.gke.io/gcp-service-account="),
    ])
  func identity(_ option: String, _ command: String) throws {
    var form = Recipe.singleModel.form
    form.type("gw", "route.spec.parentRefs[0].name")
    form.type("infra", "route.spec.parentRefs[0].namespace")
    try AnswersFile.describe("openai-backend=\(option)", in: &form)
    #expect(!form.yaml.contains("EnvoyProxy"))
    #expect(Prerequisites(form).requirements.contains { $0.contains("an EnvoyProxy whose") })
    let earlier = form
    _ = form.perform(.writeGateway(true))
    #expect(form.documents(after: earlier, earlier.documents) == form.documents)
    #expect(
      form.objects.prefix(3).map(\.description) == ["class", "proxy", "gateway"])
    #expect(form.text("proxy.metadata.namespace") == "infra")
    #expect(form.text("gateway.spec.infrastructure.parametersRef.name") == "gw-proxy")
    let account = "proxy.spec.provider.kubernetes.envoyServiceAccount.name"
    #expect(form.text(account) == "gw-envoy")
    #expect(Prerequisites(form).commands.contains { $0.contains(command) })
    #expect(!Prerequisites(form).requirements.contains { $0.contains("an EnvoyProxy whose") })
    form.type("mine", account)
    #expect(
      Prerequisites(form).commands.first
        == "kubectl create serviceaccount mine -n envoy-gateway-system")
    #expect(
      try AnswersFile.form(from: AnswersFile.bytes(of: form), recipe: nil).documents
        == form.documents)
    _ = form.perform(.writeGateway(false))
    #expect(!form.yaml.contains("EnvoyProxy"))
  }

  @Test("the credentials of a backend that becomes a pool are for the pool at once")
  func becomesPool() throws {
    var form = Recipe.singleModel.form
    try AnswersFile.describe("openai-backend=vllm,service=vllm,credentials=key", in: &form)
    let earlier = form
    let ref = "route.spec.rules[0].backendRefs[0]"
    form.type("InferencePool", "\(ref).kind")
    form.type("inference.networking.k8s.io", "\(ref).group")
    #expect(form.documents(after: earlier, earlier.documents) == form.documents)
    #expect(form.text("credentials[0].spec.targetRefs[0].kind") == "InferencePool")
  }

  @Test("a field of an object that is edited stays when the rest follows the provider")
  func overlaid() throws {
    var form = Recipe.singleModel.form
    try AnswersFile.describe("openai-backend=openai", in: &form)
    form.type("x", "service[0].spec.schema.prefix")
    form.type("groq", "provider[0].preset")
    #expect(form.text("service[0].spec.schema.prefix") == "x")
    #expect(form.text("backend[0].spec.endpoints[0].fqdn.hostname") == "api.groq.com")
  }

  @Test("answers and the command that says the same give the same form")
  func roundTrips() throws {
    for wanted in expected {
      var form = try wanted.form()
      try AnswersFile.writeGateway("ai-gw,https=cert,from=All,class=c", in: &form)
      form.type("x", "service[0].spec.schema.prefix")
      #expect(try AnswersFile.form(from: AnswersFile.bytes(of: form), recipe: nil) == form)
      let again = try AnswersTests.replay(AnswersFile.command(for: form, place: "it's here.yaml"))
      #expect(again.yaml == form.yaml)
    }
  }

  @Test("the Gateway admits the route, listens for HTTPS and takes the name that is given")
  func gateway() throws {
    var form = Recipe.singleModel.form
    form.type("chat", "route.metadata.name")
    form.type("infra", "route.spec.parentRefs[0].namespace")
    try AnswersFile.writeGateway("ai-gw,http=8080,https=cert", in: &form)
    let spec = form.document(.gateway)["spec"]
    #expect(form.text("gateway.metadata.namespace") == "infra")
    #expect(form.text("route.spec.parentRefs[0].name") == "ai-gw")
    #expect(spec?["listeners"]?.items.map { $0["port"]?.integer } == [8080, 443])
    #expect(
      spec?["listeners"]?.items.map { $0["allowedRoutes"]?["namespaces"]?["from"]?.text }
        == ["All", "All"])
    #expect(throws: AnswersError.self) { try AnswersFile.writeGateway("other", in: &form) }
    #expect(throws: AnswersError.self) { try AnswersFile.writeGateway("ai-gw,frm=All", in: &form) }
  }

  @Test(
    "names that speak of a provider propose its preset",
    arguments: [
      ("openai-backend", "openai"), ("my-azure-openai", "azure-openai"), ("groq", "groq"),
      ("team-gcp-vertex-eu", "gcp-vertex"), ("backend", nil), ("myopenai", nil),
    ])
  func likely(_ name: String, _ preset: String?) {
    #expect(FormState.preset(likelyFor: name) == preset)
  }
}
