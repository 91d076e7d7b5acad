import Resources
import YAML
import Simulation
import Testing

/// What the controller writes.
@Suite struct GeneratedTests {
  static let sample =
    Documents.route(
      "{name: gpt, matches: [{headers: [{name: x-ai-eg-model, value: gpt-4o}]}], "
        + "timeouts: {request: 120s}, backendRefs: [{name: openai, weight: 9}, "
        + "{name: azure, namespace: shared, priority: 1, modelNameOverride: gpt-4o-eu}]}",
      more: ", labels: {app: chat}")
    + Documents.service("openai") + Documents.service("azure", namespace: "shared")
    + Documents.grant(in: "shared")

  static func generated(_ yaml: String) throws -> Generated {
    try #require(Generated.all(in: ResourceIndex(of: Documents.read(yaml))).first)
  }

  @Test("the sample's objects read back with the API server's defaults")
  func stored() throws {
    let generated = try GeneratedTests.generated(
      GeneratedTests.sample.replacing("gw, namespace: team-a", with: "gw"))
    #expect(generated.failure == nil && generated.warnings.isEmpty)
    let expected =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata:
        annotations:
          gateway.envoyproxy.io/ai-gateway-generated: "true"
          gateway.envoyproxy.io/backend-ref-priority: 0:openai:0,0:azure:1
        labels:
          app: chat
        name: chat
        namespace: team-a
        ownerReferences:
        - apiVersion: aigateway.envoyproxy.io/v1beta1
          blockOwnerDeletion: true
          controller: true
          kind: AIGatewayRoute
          name: chat
          uid: <uid of the AIGatewayRoute>
      spec:
        parentRefs:
        - group: gateway.networking.k8s.io
          kind: Gateway
          name: gw
        rules:
        - backendRefs:
          - group: gateway.envoyproxy.io
            kind: Backend
            name: openai-be
            weight: 9
          - group: gateway.envoyproxy.io
            kind: Backend
            name: azure-be
            namespace: shared
            weight: 1
          filters:
          - extensionRef:
              group: gateway.envoyproxy.io
              kind: HTTPRouteFilter
              name: ai-eg-host-rewrite-chat
            type: ExtensionRef
          matches:
          - headers:
            - name: x-ai-eg-model
              type: Exact
              value: gpt-4o
            path:
              type: PathPrefix
              value: /
          name: gpt
          timeouts:
            request: 120s
        - filters:
          - extensionRef:
              group: gateway.envoyproxy.io
              kind: HTTPRouteFilter
              name: ai-eg-route-not-found-response-chat
            type: ExtensionRef
          matches:
          - path:
              type: PathPrefix
              value: /
          name: route-not-found

      """
    #expect(generated.objects(.stored).first?.node.kubectlText == expected)
  }

  // MARK: 2.2

  static let rule = "{backendRefs: [{name: a}]}"

  @Test("the three objects have the names, kinds and contents of 2.2")
  func objects() throws {
    let generated = try GeneratedTests.generated(Documents.route(GeneratedTests.rule))
    let objects = generated.objects(.written).map(\.node)
    #expect(
      objects.map { $0["metadata"]?["name"]?.text } == [
        "chat", "ai-eg-host-rewrite-chat", "ai-eg-route-not-found-response-chat",
      ])
    #expect(
      objects.map { $0["kind"]?.text } == ["HTTPRoute", "HTTPRouteFilter", "HTTPRouteFilter"])
    #expect(
      objects.map { $0["apiVersion"]?.text } == [
        "gateway.networking.k8s.io/v1", "gateway.envoyproxy.io/v1alpha1",
        "gateway.envoyproxy.io/v1alpha1",
      ])
    #expect(objects.allSatisfy { $0["metadata"]?["namespace"]?.text == "team-a" })
    #expect(objects[1]["spec"] == Documents.read("urlRewrite: {hostname: {type: Backend}}").first)
    let direct = objects[2]["spec"]?["directResponse"]
    #expect(direct?["statusCode"]?.integer == 404)
    #expect(direct?["body"]?["inline"]?.text?.hasPrefix("No matching route found. It is ") == true)
    #expect(direct?["body"]?["type"] == nil)
    let stored = generated.objects(.stored).map(\.node)
    #expect(stored[2]["spec"]?["directResponse"]?["body"]?["type"]?.text == "Inline")
  }

  @Test("only stored objects have an owner, with a placeholder for its uid")
  func owners() throws {
    let generated = try GeneratedTests.generated(Documents.route(GeneratedTests.rule))
    for object in generated.objects(.written) {
      #expect(object.node["metadata"]?["ownerReferences"] == nil)
    }
    for object in generated.objects(.stored) {
      let owner = object.node["metadata"]?["ownerReferences"]?[0]
      #expect(owner?["uid"]?.text == "<uid of the AIGatewayRoute>")
      #expect(owner?["controller"]?.bool == true && owner?["name"]?.text == "chat")
    }
  }

  @Test("a route without a namespace is taken to be in default")
  func namespace() throws {
    let generated = try GeneratedTests.generated(
      "kind: AIGatewayRoute\nmetadata: {name: r}\nspec: {rules: [{backendRefs: [{name: a}]}]}")
    #expect(generated.route.description == "default/r")
    #expect(
      generated.objects(.written).allSatisfy {
        $0.node["metadata"]?["namespace"]?.text == "default"
      })
  }

  // MARK: 2.3

  @Test("labels and annotations are copied, and two annotations are the controller's")
  func metadata() throws {
    let generated = try GeneratedTests.generated(
      Documents.route(
        "{backendRefs: [{name: a, priority: 2}, {name: b, weight: 0}]}, "
          + "{backendRefs: [{group: inference.networking.k8s.io, kind: InferencePool, name: p}]}",
        more: ", labels: {app: chat, team: x}, annotations: {z: last, "
          + "argocd.argoproj.io/tracking-id: t, gateway.envoyproxy.io/ai-gateway-generated: no}"))
    let metadata = try #require(generated.objects(.written).first?.node["metadata"])
    #expect(metadata["labels"] == .map(["app": .string("chat"), "team": .string("x")]))
    let annotations = metadata["annotations"]
    #expect(annotations?["z"]?.text == "last")
    #expect(annotations?["argocd.argoproj.io/tracking-id"]?.text == "t")
    #expect(annotations?["gateway.envoyproxy.io/ai-gateway-generated"]?.text == "true")
    #expect(annotations?["gateway.envoyproxy.io/backend-ref-priority"]?.text == "0:a:2,0:b:0,1:p:0")
  }

  @Test("a route without backendRefs has an empty priority annotation")
  func noPriorities() throws {
    let generated = try GeneratedTests.generated(Documents.route("{}"))
    let annotations = generated.objects(.written)[0].node["metadata"]?["annotations"]
    #expect(annotations?["gateway.envoyproxy.io/backend-ref-priority"]?.text == "")
  }

  // MARK: 2.4

  func spec(_ yaml: String, _ form: Generated.Form = .written) throws -> Node {
    try #require(try GeneratedTests.generated(yaml).objects(form)[0].node["spec"])
  }

  @Test("parents and hosts are copied as they are, and absent ones stay absent")
  func copied() throws {
    let spec = try spec(Documents.route("{}", hosts: "a.example.com, '*.b.example.com'"))
    #expect(spec["parentRefs"] == Documents.read("[{name: gw, namespace: team-a}]").first)
    #expect(spec["hostnames"] == Documents.read("[a.example.com, '*.b.example.com']").first)
    let bare = try self.spec("kind: AIGatewayRoute\nmetadata: {name: r}")
    #expect(bare["parentRefs"] == nil && bare["hostnames"] == nil)
    #expect(bare["rules"]?.items.count == 1)
  }

  @Test("matches get the root prefix; a rule without any gets / of the API server, not the prefix")
  func matches() throws {
    let yaml = Documents.route(
      "{name: first, matches: [{headers: [{name: h, value: v}]}, {}], backendRefs: [{name: a}]}, {}"
    )
    let generated = try #require(
      Generated.all(in: ResourceIndex(of: Documents.read(yaml)), rootPrefix: "/ai").first)
    let written = generated.objects(.written)[0].node["spec"]?["rules"]
    #expect(
      written?[0]?["matches"]
        == Documents.read(
          "[{headers: [{name: h, value: v}], path: {value: /ai}}, {path: {value: /ai}}]"
        ).first)
    #expect(written?[0]?["name"]?.text == "first" && written?[1]?["name"] == nil)
    #expect(written?[1]?["matches"] == nil)
    let stored = generated.objects(.stored)[0].node["spec"]?["rules"]
    #expect(
      stored?[1]?["matches"] == Documents.read("[{path: {type: PathPrefix, value: /}}]").first)
    #expect(stored?[2]?["matches"]?[0]?["path"]?["value"]?.text == "/ai")
    #expect(stored?[0]?["matches"]?[0]?["headers"]?[0]?["type"]?.text == "Exact")
  }

  @Test(
    "times: request is 60s unless set, backendRequest only where it is set",
    arguments: [
      ("", "{request: 60s}"), ("timeouts: {}", "{request: 60s}"),
      ("timeouts: {request: 0s}", "{request: 0s}"),
      ("timeouts: {backendRequest: 5s}", "{backendRequest: 5s, request: 60s}"),
      (
        "timeouts: {request: 9s, backendRequest: 5s}", "{backendRequest: 5s, request: 9s}"
      ),
    ])
  func times(written: String, expected: String) throws {
    let rules = try spec(Documents.route("{\(written)}"))["rules"]
    #expect(rules?[0]?["timeouts"] == Documents.read(expected).first)
    #expect(rules?[1]?["timeouts"] == nil && rules?[1]?["backendRefs"] == nil)
  }

  @Test("every rule, of pools too, has the host rewrite, and the last one the not-found answer")
  func filters() throws {
    let pool = "{backendRefs: [{group: inference.networking.k8s.io, kind: InferencePool, name: p}]}"
    let rules = try #require(try spec(Documents.route("{}, \(pool)"))["rules"]?.items)
    let names = rules.map { $0["filters"]?[0]?["extensionRef"]?["name"]?.text }
    #expect(
      names == [
        "ai-eg-host-rewrite-chat", "ai-eg-host-rewrite-chat", "ai-eg-route-not-found-response-chat",
      ])
    #expect(rules[2]["name"]?.text == "route-not-found")
  }

  @Test(
    "an AIServiceBackend is followed field by field to its Backend, its namespace where it must")
  func references() throws {
    let yaml =
      Documents.route(
        "{backendRefs: [{name: a, weight: 3}, {name: b, namespace: shared}, "
          + "{name: c, namespace: shared, weight: 0}, {name: a}]}")
      + Documents.service("a", more: ", port: 80")
      + Documents.service("b", namespace: "shared")
      + Documents.service("c", namespace: "shared", more: ", namespace: infra")
      + Documents.grant(in: "shared")
    let eg = "group: gateway.envoyproxy.io, kind: Backend"
    #expect(
      try spec(yaml)["rules"]?[0]?["backendRefs"]
        == Documents.read(
          """
          - {\(eg), name: a-be, port: 80, weight: 3}
          - {\(eg), name: b-be, namespace: shared}
          - {\(eg), name: c-be, namespace: infra, weight: 0}
          - {\(eg), name: a-be, port: 80}
          """
        ).first)
    #expect(try spec(yaml, .stored)["rules"]?[0]?["backendRefs"]?[1]?["weight"]?.integer == 1)
  }

  @Test("a pool always has its namespace, and nothing of priority, override or mutation is there")
  func pools() throws {
    let yaml = Documents.route(
      "{backendRefs: [{group: inference.networking.k8s.io, kind: InferencePool, name: p, "
        + "weight: 2, priority: 1, modelNameOverride: x}], streamIdleTimeout: 3s, "
        + "modelsOwnedBy: me}")
    let rule = try spec(yaml)["rules"]?[0]
    #expect(
      rule?["backendRefs"]
        == Documents.read(
          "[{group: inference.networking.k8s.io, kind: InferencePool, name: p, "
            + "namespace: team-a, weight: 2}]"
        ).first)
    #expect(rule?.entries.map(\.key) == ["backendRefs", "filters", "timeouts"])
  }

  @Test("an AIServiceBackend that is not given leaves a placeholder and a warning at its place")
  func placeholders() throws {
    let generated = try GeneratedTests.generated(
      Documents.route("{}, {backendRefs: [{name: a}, {name: b}, {name: b}]}")
        + Documents.service("a"))
    let refs = generated.objects(.written)[0].node["spec"]?["rules"]?[1]?["backendRefs"]
    #expect(refs?[1]?["name"]?.text == "<Backend of b>")
    #expect(generated.warnings.map(\.path.description) == ["spec.rules[1].backendRefs[1].name"])
    #expect(generated.warnings[0].message.contains("team-a/b"))
    #expect(generated.failure == nil)
  }

  // MARK: 2.6

  static let limits: [(String, String)] = [
    (
      "{backendRefs: [\((0..<17).map { "{name: b\($0)}" }.joined(separator: ", "))]}",
      "spec.rules[0].backendRefs: Too many: 17: must have at most 16 items"
    ),
    (
      "{backendRefs: [{name: a, weight: 1000001}]}",
      "spec.rules[0].backendRefs[0].weight: Invalid value: 1000001: "
        + "spec.rules[0].backendRefs[0].weight in body should be less than or equal to 1000000"
    ),
    (
      "{matches: [\((0..<65).map { "{headers: [{name: h, value: v\($0)}]}" }.joined(separator: ", "))]}",
      "spec.rules[0].matches: Too many: 65: must have at most 64 items"
    ),
    (
      "{matches: [{headers: [{name: h, value: 'a  b'}]}]}",
      "spec.rules[0].matches[0].headers[0].value: Invalid value: \"a  b\": "
        + "spec.rules[0].matches[0].headers[0].value in body should match "
        + "'^[!-~]+([\\t ]?[!-~]+)*$'"
    ),
    (
      "{timeouts: {backendRequest: 90s}}",
      "spec.rules[0].timeouts: Invalid value: backendRequest timeout cannot be longer than "
        + "request timeout"
    ),
    (
      (0..<2).map { rule in
        "{matches: [\((0..<64).map { "{headers: [{name: h, value: v\(rule)-\($0)}]}" }.joined(separator: ", "))]}"
      }.joined(separator: ", "),
      "spec.rules: Invalid value: While 16 rules and 64 matches per rule are allowed, the total "
        + "number of matches across all rules in a route must be less than 128"
    ),
  ]

  @Test("what only the HTTPRoute refuses stops the controller", arguments: limits)
  func refusals(rules: String, words: String) throws {
    let failure = try #require(try GeneratedTests.generated(Documents.route(rules)).failure)
    #expect(
      failure.hasPrefix(
        "failed to create HTTPRoute: HTTPRoute.gateway.networking.k8s.io \"chat\" is invalid: "))
    #expect(failure.contains(words), "\(failure)")
  }

  @Test("127 matches of one's own are not too many")
  func mostMatches() throws {
    let rules = [64, 63].map { count in
      "{matches: [\((0..<count).map { "{headers: [{name: h, value: v\(count)-\($0)}]}" }.joined(separator: ", "))]}"
    }
    let generated = try GeneratedTests.generated(Documents.route(rules.joined(separator: ", ")))
    #expect(generated.failure == nil)
  }

  @Test("a Gateway named twice without a difference stops the controller")
  func twins() throws {
    for (parents, word) in [
      ("[{name: gw}, {name: gw, sectionName: a}]", "must be specified"),
      ("[{name: gw, sectionName: a}, {name: gw, sectionName: a}]", "must be unique"),
    ] {
      let generated = try GeneratedTests.generated(
        "kind: AIGatewayRoute\nmetadata: {name: r}\nspec: {parentRefs: \(parents)}")
      #expect(generated.failure?.contains("sectionName or port \(word) when") == true)
    }
    let good = try GeneratedTests.generated(
      "kind: AIGatewayRoute\nmetadata: {name: r}\n"
        + "spec: {parentRefs: [{name: gw, sectionName: a}, {name: gw, sectionName: b}]}")
    #expect(good.failure == nil)
  }

  @Test("a name above 222 characters is too long for a filter's")
  func longNames() throws {
    func failure(_ count: Int) throws -> String? {
      let name = String(repeating: "n", count: count)
      return try GeneratedTests.generated(Documents.route("{}", name: name)).failure
    }
    #expect(try failure(222) == nil)
    #expect(
      try failure(223)?.hasPrefix(
        "failed to create HTTPRouteFilter ai-eg-route-not-found-response-nnn") == true)
    #expect(try failure(223)?.hasSuffix("must be no more than 253 characters") == true)
    #expect(try failure(234)?.contains("route-not-found-response") == true)
    #expect(
      try failure(235)?.hasPrefix("failed to create HTTPRouteFilter ai-eg-host-rewrite-") == true)
  }

  @Test("a missing grant stops the controller, whether the backend is there or not")
  func grants() throws {
    let expected =
      "failed to construct a new HTTPRoute: failed to get AIServiceBackend azure.shared: "
      + "cross-namespace reference from AIGatewayRoute in namespace team-a to AIServiceBackend "
      + "azure in namespace shared is not permitted: no valid ReferenceGrant found in namespace "
      + "shared. A ReferenceGrant must allow AIGatewayRoute from namespace team-a to reference "
      + "AIServiceBackend in namespace shared"
    let route = Documents.route("{backendRefs: [{name: azure, namespace: shared}]}")
    #expect(try GeneratedTests.generated(route).failure == expected)
    let service = Documents.service("azure", namespace: "shared")
    #expect(try GeneratedTests.generated(route + service).failure == expected)
    for grant in [
      Documents.grant(in: "team-a"), Documents.grant(in: "shared", to: "InferencePool"),
    ] {
      #expect(try GeneratedTests.generated(route + grant).failure == expected)
    }
    // A name in it counts for nothing here.
    let grant = Documents.grant(in: "shared", name: ", name: other")
    #expect(try GeneratedTests.generated(route + grant).failure == nil)
  }

  @Test("the missing grant of a pool has its own words")
  func poolGrants() throws {
    let route = Documents.route(
      "{backendRefs: [{group: inference.networking.k8s.io, kind: InferencePool, name: p, "
        + "namespace: shared}]}")
    #expect(
      try GeneratedTests.generated(route).failure
        == "failed to construct a new HTTPRoute: cross-namespace reference from AIGatewayRoute in "
        + "namespace team-a to InferencePool p in namespace shared is not permitted: no valid "
        + "ReferenceGrant found in namespace shared. A ReferenceGrant must allow AIGatewayRoute "
        + "from namespace team-a to reference InferencePool in namespace shared")
    let grant = Documents.grant(in: "shared", to: "InferencePool")
    #expect(try GeneratedTests.generated(route + grant).failure == nil)
  }

  // MARK: The way back

  @Test(
    "every place in the objects has its place in the route",
    arguments: [
      ("spec.rules[0].backendRefs[1].name", "spec.rules[0].backendRefs[1].name"),
      ("spec.rules[0].backendRefs[1].group", "spec.rules[0].backendRefs[1]"),
      ("spec.rules[0].backendRefs[1].weight", "spec.rules[0].backendRefs[1].weight"),
      ("spec.rules[0].backendRefs", "spec.rules[0].backendRefs"),
      ("spec.rules[0].matches[0].headers[0].value", "spec.rules[0].matches[0].headers[0].value"),
      ("spec.rules[0].matches[0].path.value", "spec.rules[0].matches[0]"),
      ("spec.rules[0].filters[0].type", "spec.rules[0]"),
      ("spec.rules[0].timeouts", "spec.rules[0].timeouts"),
      ("spec.rules[0].name", "spec.rules[0].name"),
      ("spec.rules[1].name", "spec.rules"), ("spec.rules", "spec.rules"),
      ("spec.parentRefs[0].name", "spec.parentRefs[0].name"),
      ("metadata.name", "metadata.name"), ("metadata.labels.app", "metadata.labels.app"),
      ("metadata.annotations[\"gateway.envoyproxy.io/backend-ref-priority\"]", "spec.rules"),
      ("kind", ""), ("", ""),
    ])
  func sources(place: String, expected: String) throws {
    let generated = try GeneratedTests.generated(GeneratedTests.sample)
    let object = generated.objects(.stored)[0]
    let path = try #require(Path(place))
    #expect(object.source(of: path).description == expected)
  }

  @Test("a filter comes from the whole route, its name from the route's")
  func filterSources() throws {
    let filter = try GeneratedTests.generated(GeneratedTests.sample).objects(.stored)[1]
    #expect(filter.source(of: Path("metadata.name") ?? .root).description == "metadata.name")
    #expect(filter.source(of: Path("spec.urlRewrite") ?? .root).isRoot)
  }
}
