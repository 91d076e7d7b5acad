import Foundation
import Resources
import Schemas
import Simulation
import Testing
import YAML

/// What backends are sent, and what AI Gateway answers in place of them.
@Suite struct UpstreamTests {
  static let schemas: [String] = [
    "OpenAI", "Anthropic", "AWSBedrock", "AWSAnthropic", "AzureOpenAI", "GCPVertexAI",
    "GCPAnthropic", "Cohere",
  ]

  /// Since which release each schema, in their order, serves an endpoint.
  static let served: String = """
    /v1/chat/completions                  0.6 -   0.6 0.6 0.6 0.6 0.6 -
    /v1/completions                       0.6 -   -   -   -   -   -   -
    /v1/embeddings                        0.6 -   0.6 -   0.6 0.6 -   -
    /v1/responses                         0.6 -   -   -   0.7 -   -   -
    /v1/responses/input_tokens            1.1 -   -   -   1.1 -   -   -
    /v1/images/generations                0.6 -   -   -   -   -   -   -
    /v1/audio/speech                      0.6 -   -   -   -   -   -   -
    /v1/audio/transcriptions              0.7 -   -   -   -   -   -   -
    /v1/audio/translations                0.7 -   -   -   -   -   -   -
    /anthropic/v1/messages                0.6 0.6 0.7 0.6 -   -   0.6 -
    /anthropic/v1/messages/count_tokens   -   1.1 1.1 1.1 -   -   1.1 -
    /cohere/v2/rerank                     -   -   -   -   -   -   -   0.6
    /tokenize                             1.1 -   1.1 1.1 -   1.1 1.1 -
    """

  /// A route to one AIServiceBackend `a` of a schema, its Backend and a policy for Vertex.
  static func bundle(_ schema: String, host: String = "a.example.com", more: String = "") -> String
  {
    Documents.route("{backendRefs: [{name: a\(more)}]}")
      + Documents.service("a").replacing("{name: OpenAI}", with: "{\(schema)}")
      + TrafficSplitTests.backend("a", "{fqdn: {hostname: \(host), port: 443}}")
      + policy(
        "GCPCredentials", "gcpCredentials: {projectName: p, region: us-east5}", for: "a", "vertex")
  }

  static func policy(
    _ type: String, _ block: String, for backend: String = "a", _ name: String = "key"
  ) -> String {
    """
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: BackendSecurityPolicy
    metadata: {name: \(name), namespace: team-a}
    spec:
      targetRefs: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: \(backend)}]
      type: \(type)
      \(block)

    """
  }

  static func secret(_ name: String, _ data: String, namespace: String = "team-a") -> String {
    """
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: \(name), namespace: \(namespace)}
    stringData: {\(data)}

    """
  }

  static func answer(
    _ yaml: String, _ model: String? = "m", at path: String = Request.chat,
    _ release: Release = .v1_1, down: Set<String> = []
  ) -> Answer {
    var request = Request(model: model)
    request.path = path
    return Simulator(documents: Documents.read(yaml), release: release)
      .answer(to: request, down: down)
  }

  @Test(
    "each schema serves the endpoints of its release; others are 500, and unknown ones 404",
    arguments: Release.allCases)
  func endpoints(release: Release) throws {
    for line in Self.served.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      let since = words.dropFirst().map(Release.init(rawValue:))
      let isKnown = since.contains { $0.map { $0 <= release } ?? false }
      for (schema, since) in zip(Self.schemas, since) {
        let yaml = Self.bundle("name: \(schema), version: v")
        let answer = Self.answer(yaml, at: words[0], release)
        let isServed = since.map { $0 <= release } ?? false
        let status = !isKnown ? 404 : isServed ? 200 : 500
        #expect(answer.status.rawValue == status, "\(schema) at \(words[0]): \(answer.reason)")
        #expect((answer.backends.first?.upstream != nil) == isServed)
        if status == 500 {
          #expect(answer.reason.contains("schema \(schema) of AIServiceBackend a does not serve"))
        }
      }
    }
  }

  static let bedrock: String = "bedrock-runtime.us-east-1.amazonaws.com"
  static let vertex: String = "us-east5-aiplatform.googleapis.com"
  static let project: String = "/v1/projects/p/locations/us-east5/publishers"

  /// Schema, model and endpoint, and the path for them.
  static let asked: [(String, String, String, String)] = [
    ("name: OpenAI", "m", "/v1/chat/completions", "/v1/chat/completions"),
    ("name: OpenAI, prefix: ''", "m", "/v1/embeddings", "/v1/embeddings"),
    ("name: OpenAI, prefix: /", "m", "/v1/completions", "/completions"),
    ("name: OpenAI, prefix: /openai/v1", "m", "/v1/responses", "/openai/v1/responses"),
    ("name: OpenAI, prefix: v1/openai/", "m", "/v1/audio/speech", "/v1/openai/audio/speech"),
    ("name: OpenAI, prefix: a//b/../c", "m", "/v1/images/generations", "/a/c/images/generations"),
    ("name: OpenAI, version: v9", "m", "/v1/responses/input_tokens", "/v1/responses/input_tokens"),
    ("name: OpenAI, prefix: x", "m", "/anthropic/v1/messages", "/x/chat/completions"),
    ("name: OpenAI, prefix: x", "m", "/tokenize", "/tokenize"),
    ("name: Anthropic", "m", "/anthropic/v1/messages", "/v1/messages"),
    ("name: Anthropic, prefix: /x/v1", "m", "/anthropic/v1/messages", "/x/v1/messages"),
    (
      "name: Anthropic, prefix: /x/v1", "m", "/anthropic/v1/messages/count_tokens",
      "/v1/messages/count_tokens"
    ),
    ("name: Cohere, version: v2", "m", "/cohere/v2/rerank", "/v2/rerank"),
    ("name: Cohere", "m", "/cohere/v2/rerank", "/rerank"),
    (
      "name: AzureOpenAI, version: 2025-01-01-preview", "gpt-4o", "/v1/chat/completions",
      "/openai/deployments/gpt-4o/chat/completions?api-version=2025-01-01-preview"
    ),
    (
      "name: AzureOpenAI, version: v", "d", "/v1/embeddings",
      "/openai/deployments/d/embeddings?api-version=v"
    ),
    ("name: AzureOpenAI", "d", "/v1/responses", "/openai/responses?api-version="),
    (
      "name: AzureOpenAI, version: v", "d", "/v1/responses/input_tokens",
      "/openai/responses/input_tokens?api-version=v"
    ),
    (
      "name: AWSBedrock", "us.amazon.nova-micro-v1:0", "/v1/chat/completions",
      "/model/us.amazon.nova-micro-v1:0/converse"
    ),
    ("name: AWSBedrock", "amazon.titan-v2:0", "/v1/embeddings", "/model/amazon.titan-v2:0/invoke"),
    (
      "name: AWSBedrock", "arn:aws:bedrock:us-east-1:1:inference-profile/us.x",
      "/anthropic/v1/messages",
      "/model/arn:aws:bedrock:us-east-1:1:inference-profile%2Fus.x/converse"
    ),
    (
      "name: AWSBedrock", "us-gov.amazon.nova:0", "/tokenize",
      "/model/amazon.nova:0/count-tokens"
    ),
    (
      "name: AWSBedrock", "global.anthropic.claude", "/anthropic/v1/messages/count_tokens",
      "/model/anthropic.claude/count-tokens"
    ),
    ("name: AWSAnthropic", "a b+c", "/v1/chat/completions", "/model/a%20b+c/invoke"),
    ("name: AWSAnthropic", "anthropic.c", "/anthropic/v1/messages", "/model/anthropic.c/invoke"),
    ("name: AWSAnthropic", "us.anthropic.c", "/tokenize", "/model/anthropic.c/count-tokens"),
    (
      "name: GCPVertexAI", "gemini-2.5-flash", "/v1/chat/completions",
      "\(project)/google/models/gemini-2.5-flash:generateContent"
    ),
    (
      "name: GCPVertexAI", "gemini-embedding-001", "/v1/embeddings",
      "\(project)/google/models/gemini-embedding-001:predict"
    ),
    (
      "name: GCPVertexAI", "gemini-embedding-2", "/v1/embeddings",
      "\(project)/google/models/gemini-embedding-2:embedContent"
    ),
    ("name: GCPVertexAI", "g", "/tokenize", "\(project)/google/models/g:countTokens"),
    (
      "name: GCPAnthropic", "claude@20250514", "/v1/chat/completions",
      "\(project)/anthropic/models/claude@20250514:rawPredict"
    ),
    (
      "name: GCPAnthropic, version: v", "c", "/anthropic/v1/messages",
      "\(project)/anthropic/models/c:rawPredict"
    ),
    (
      "name: GCPAnthropic, version: v", "c", "/anthropic/v1/messages/count_tokens",
      "\(project)/anthropic/models/count-tokens:rawPredict"
    ),
    ("name: GCPAnthropic", "c", "/tokenize", "\(project)/anthropic/models/count-tokens:rawPredict"),
  ]

  @Test("each provider is asked at its host and path, for its model", arguments: asked)
  func paths(schema: String, model: String, endpoint: String, path: String) throws {
    let answer = Self.answer(Self.bundle(schema), model, at: endpoint)
    let upstream = try #require(answer.backends.first?.upstream, "\(answer.reason)")
    #expect(upstream.path == path)
    #expect(upstream.host == "a.example.com" && upstream.port == 443 && upstream.model == model)
    let line = "upstream: a.example.com:443, path \(path)"
    #expect(answer.paragraphs.flatMap(\.lines).contains { $0.hasSuffix(line) })
  }

  @Test(
    "releases ask Anthropic below its prefix since 0.7, and Gemini for embeddings anew since 1.0")
  func releases() {
    func path(_ schema: String, _ endpoint: String, _ release: Release) -> String? {
      Self.answer(Self.bundle(schema), "gemini-x", at: endpoint, release).backends[0].upstream?.path
    }
    let anthropic = "name: Anthropic, prefix: /x"
    #expect(path(anthropic, "/anthropic/v1/messages", .v0_6) == "/v1/messages")
    #expect(path(anthropic, "/anthropic/v1/messages", .v0_7) == "/x/messages")
    #expect(path("name: GCPVertexAI", "/v1/embeddings", .v0_7)?.hasSuffix(":predict") == true)
    #expect(path("name: GCPVertexAI", "/v1/embeddings", .v1_0)?.hasSuffix(":embedContent") == true)
  }

  @Test("the model of the path and of the body is that of modelNameOverride")
  func override() {
    let yaml = Self.bundle("name: AWSBedrock", more: ", modelNameOverride: us.x/y")
    let upstream = Self.answer(yaml).backends[0].upstream
    #expect(upstream?.path == "/model/us.x%2Fy/converse" && upstream?.model == "us.x/y")
  }

  @Test("what is not among the documents leaves its part of the upstream open")
  func unknown() throws {
    let route = Documents.route("{backendRefs: [{name: a}]}")
    #expect(Self.answer(route).backends[0].upstream == nil)
    let service = route + Documents.service("a")
    let upstream = try #require(Self.answer(service).backends[0].upstream)
    #expect(upstream.host == nil && upstream.path == "/v1/chat/completions")
    let nameless = try #require(
      Self.answer(Self.bundle("name: AWSBedrock"), nil).backends[0].upstream)
    #expect(nameless.path == nil && nameless.model == nil && nameless.host == "a.example.com")
    let several = TrafficSplitTests.backend(
      "a",
      "{fqdn: {hostname: a.example.com, port: 443}}, {fqdn: {hostname: b.example.com, port: 1}}")
    #expect(Self.answer(service + several).backends[0].upstream?.host == nil)
    #expect(Self.answer(Ask.httpRoute("{backendRefs: [{name: a}]}")).backends[0].upstream == nil)
  }

  @Test("a pool is asked as OpenAI below v1, at an address of its own choice")
  func pool() {
    let yaml = Documents.route(
      "{backendRefs: [{group: inference.networking.k8s.io, kind: InferencePool, name: p}]}")
    let upstream = Self.answer(yaml, at: "/anthropic/v1/messages").backends[0].upstream
    #expect(upstream?.path == "/v1/chat/completions" && upstream?.host == nil)
    let refused = Self.answer(yaml, at: "/cohere/v2/rerank")
    #expect(refused.status == .failed && refused.reason.contains("OpenAI of InferencePool p"))
  }

  @Test("JSON names host, path and model, or why there are none")
  func json() throws {
    func backend(_ answer: Answer) throws -> [String: Any] {
      let json = try JSONSerialization.jsonObject(with: Data(answer.node.json.utf8))
      let object = try #require(json as? [String: Any])
      return try #require((object["backends"] as? [[String: Any]])?.first)
    }
    let served = try backend(Self.answer(Self.bundle("name: OpenAI")))
    #expect(
      served["upstream"] as? [String: String]
        == ["host": "a.example.com", "path": "/v1/chat/completions", "model": "m"])
    #expect(served["failure"] is NSNull)
    let failed = try backend(Self.answer(Self.bundle("name: Cohere")))
    #expect(failed["upstream"] is NSNull)
    #expect((failed["failure"] as? String)?.contains("unsupported API schema") == true)
  }
}
