import Corpus
import Schemas
import YAML
import Testing

@testable import RouteForm

/// Documents in the order of a text, as one file holds them.
private func opened(_ text: String, file: Int = 0) -> [OpenedDocument] {
  Parser().parse(Array(text.utf8)).documents.enumerated().map {
    OpenedDocument($1.root, file: file, document: $0)
  }
}

private func route(_ name: String, gateway: String = "gw", namespace: String? = "team-a") -> String
{
  """
  kind: AIGatewayRoute
  apiVersion: aigateway.envoyproxy.io/v1beta1
  metadata: {name: \(name)\(namespace.map { ", namespace: \($0)" } ?? "")}
  spec:
    rules:
    - backendRefs: [{name: a, namespace: shared}]
    parentRefs: [{name: \(gateway), namespace: infra}]

  """
}

private func policy(
  _ kind: String, _ name: String, _ namespace: String, target: String, of targetKind: String,
  section: String? = nil
) -> String {
  """
  apiVersion: gateway.envoyproxy.io/v1alpha1
  kind: \(kind)
  metadata: {name: \(name), namespace: \(namespace)}
  spec:
    extra: kept
    targetRefs: [{group: gateway.networking.k8s.io, kind: \(targetKind), name: \(target)\
  \(section.map { ", sectionName: \($0)" } ?? "")}]

  """
}

private func grant(_ name: String, from kind: String, _ namespace: String, in home: String)
  -> String
{
  """
  apiVersion: gateway.networking.k8s.io/v1beta1
  kind: ReferenceGrant
  metadata: {name: \(name), namespace: \(home)}
  spec: {from: [{group: g, kind: \(kind), namespace: \(namespace)}], to: [{group: g, kind: K}]}

  """
}

private func selecting(_ kind: String, _ name: String, _ namespace: String, _ selector: String)
  -> String
{
  """
  apiVersion: gateway.envoyproxy.io/v1alpha1
  kind: \(kind)
  metadata: {name: \(name), namespace: \(namespace)}
  spec:
    targetSelectors: [{group: gateway.networking.k8s.io, \(selector)}]

  """
}

private let bundle = [
  "kind: Secret\nmetadata: {name: s}\n",
  policy("ClientTrafficPolicy", "elsewhere", "team-a", target: "gw", of: "Gateway"),
  route("chat"),
  policy("ClientTrafficPolicy", "listener", "infra", target: "gw", of: "Gateway", section: "a"),
  policy("ClientTrafficPolicy", "whole", "infra", target: "gw", of: "Gateway"),
  policy("BackendTrafficPolicy", "chat-retry", "team-a", target: "chat", of: "HTTPRoute"),
  policy("BackendTrafficPolicy", "code-retry", "team-a", target: "code", of: "HTTPRoute"),
  route("code"),
  grant("ours", from: "AIGatewayRoute", "team-a", in: "shared"),
  grant("theirs", from: "AIGatewayRoute", "team-b", in: "shared"),
  grant("unused", from: "AIGatewayRoute", "team-a", in: "nowhere"),
]

private func nodes(_ form: FormState) -> [Node?] { form.settled.map(\.node) }

@Suite("opening")
struct OpeningTests {
  private var form: FormState { FormState(opening: opened(bundle.joined(separator: "---\n"))) }

  private static let gateway = """
    kind: Gateway
    metadata: {name: gw, namespace: infra, labels: {team: a, tier: gold}}

    """

  @Test("Secrets that opened credentials name and that are not opened are needed")
  func neededSecrets() throws {
    let credentials = """
      apiVersion: aigateway.envoyproxy.io/v1beta1
      kind: BackendSecurityPolicy
      metadata: {name: key, namespace: team-a}
      spec: {type: APIKey, apiKey: {secretRef: {name: openai-key}}}

      """
    let secret = """
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: openai-key, namespace: team-a}

      """
    let needed = "Secret team-a/openai-key with the key apiKey"
    for (text, isNeeded) in [(credentials, true), (credentials + secret, false)] {
      var form = Recipe.blank.form
      form.opened = opened(text)
      #expect(Prerequisites(form).requirements.contains(needed) == isNeeded)
    }
  }

  @Test(
    "a policy may find its Gateway by labels",
    arguments: [
      ("kind: Gateway, matchLabels: {team: a}", "infra", true),
      ("kind: Gateway, matchLabels: {team: b}", "infra", false),
      ("kind: Gateway, matchLabels: {team: a, tier: gold}", "infra", true),
      ("kind: Gateway", "infra", true),
      ("kind: HTTPRoute, matchLabels: {team: a}", "infra", false),
      ("kind: Gateway, matchLabels: {team: a}", "elsewhere", false),
      // Another namespace takes a ReferenceGrant as well.
      ("kind: Gateway, matchLabels: {team: a}, namespaces: {from: All}", "elsewhere", false),
      ("kind: Gateway, matchExpressions: [{key: tier, operator: Exists}]", "infra", true),
      ("kind: Gateway, matchExpressions: [{key: tier, operator: DoesNotExist}]", "infra", false),
      (
        "kind: Gateway, matchExpressions: [{key: team, operator: In, values: [b, a]}]", "infra",
        true
      ),
      (
        "kind: Gateway, matchExpressions: [{key: team, operator: NotIn, values: [a]}]", "infra",
        false
      ),
    ])
  func gatewayByLabels(selector: String, namespace: String, isFound: Bool) {
    let policy = selecting("ClientTrafficPolicy", "labels", namespace, selector)
    let form = FormState(
      opening: opened([policy, route("chat"), Self.gateway].joined(separator: "---\n")))
    #expect((form.held.policy == 0) == isFound)
    #expect(form.writesPolicy == isFound)
  }

  @Test("a policy that names the Gateway comes before one that finds it by labels")
  func nameBeforeLabels() {
    let texts = [
      selecting("ClientTrafficPolicy", "labels", "infra", "kind: Gateway, matchLabels: {team: a}"),
      route("chat"), Self.gateway,
      policy("ClientTrafficPolicy", "named", "infra", target: "gw", of: "Gateway", section: "x"),
    ]
    #expect(FormState(opening: opened(texts.joined(separator: "---\n"))).held.policy == 3)
  }

  @Test("a retry policy may find the generated HTTPRoute by the route's labels")
  func retryByLabels() {
    let labelled = route("chat").replacing("{name: chat", with: "{name: chat, labels: {app: x}")
    for (label, place) in [("x", 0), ("y", nil)] as [(String, Int?)] {
      let policy = selecting(
        "BackendTrafficPolicy", "retry", "team-a", "kind: HTTPRoute, matchLabels: {app: \(label)}")
      let form = FormState(opening: opened([policy, labelled].joined(separator: "---\n")))
      #expect(form.held.retry == place)
    }
  }

  @Test("what belongs to the first route is found by references, wherever it stands")
  func related() {
    #expect(form.objects == [.policy, .grant(0), .route, .retry])
    let names = form.documents.map { $0["metadata"]?["name"]?.text }
    #expect(names == ["whole", "ours", "chat", "chat-retry"])
  }

  @Test("another order and several files give the same objects", arguments: [1, 2, 3, 4, 5, 6])
  func anyOrder(seed: UInt64) {
    var random = Seeded(seed)
    let parts = bundle.shuffled(using: &random)
    let half = parts.count / 2
    let documents =
      opened(parts[..<half].joined(separator: "---\n"))
      + opened(parts[half...].joined(separator: "---\n"), file: 1)
    let place = documents.firstIndex { $0.node?["metadata"]?["name"]?.text == "chat" }
    let form = FormState(opening: documents, route: place)
    let names = form.documents.map { $0["metadata"]?["name"]?.text }
    #expect(names == ["whole", "ours", "chat", "chat-retry"])
    #expect(form.settled == documents)
  }

  @Test("what is opened is neither added to nor put in another order")
  func untouched() {
    let documents = opened(bundle.joined(separator: "---\n"))
    let form = FormState(opening: documents)
    #expect(form.settled == documents)
    for object in form.objects {
      #expect(form.document(object) == form.held(object).flatMap { documents[$0].node })
    }
    #expect(!form.differs(from: form))
  }

  @Test("an edit changes its value and nothing else")
  func edit() {
    var form = form
    form.type("10Mi", "policy.spec.connection.bufferLimit")
    form.type("300s", "route.spec.rules[0].timeouts.request")
    form.type("code", "grant[0].metadata.name")
    #expect(form.differs(from: self.form))
    var after = nodes(form)
    #expect(after[4]?["spec"]?["connection"] == .map(["bufferLimit": .string("10Mi")]))
    after[4]?.remove(at: Path([.key("spec"), .key("connection")]))
    #expect(after[2]?["spec"]?["rules"]?[0]?["timeouts"] == .map(["request": .string("300s")]))
    after[2]?.remove(at: Path([.key("spec"), .key("rules"), .index(0), .key("timeouts")]))
    #expect(after[8]?["metadata"]?["name"] == .string("code"))
    after[8]?.set(.string("ours"), at: Path([.key("metadata"), .key("name")]))
    #expect(after == nodes(self.form))
  }

  @Test("another route comes with its own, and the first goes back as it was edited")
  func choose() throws {
    var form = form
    form.type("20s", "route.spec.rules[0].timeouts.request")
    form.type("7O", "route.spec.rules[0].backendRefs[0].weight")
    let edited = form
    let code = try #require(form.routePlaces.last)
    _ = form.perform(.chooseRoute(code))
    #expect(form.routeName == "code")
    #expect(form.document(.retry)["metadata"]?["name"]?.text == "code-retry")
    #expect(form.invalidTexts.isEmpty)
    #expect(nodes(form) == nodes(edited))
    #expect(!form.differs(from: edited) && form.differs(from: self.form))
    _ = form.perform(.chooseRoute(edited.held.route ?? -1))
    #expect(form.text("route.spec.rules[0].backendRefs[0].weight") == "7O")
    #expect(form.text("route.spec.rules[0].timeouts.request") == "20s")
    #expect(!form.differs(from: edited))
  }

  @Test("what the form added for one route stays when another is shown")
  func addedStays() throws {
    var form = FormState(opening: opened([bundle[2], bundle[7]].joined(separator: "---\n")))
    #expect(form.objects == [.route], "nothing is added unasked")
    _ = form.perform(.writeRetry(true))
    _ = form.perform(.writePolicy(true))
    _ = form.perform(.writeGrants(namespace: "shared", true))
    let added = form.settled.filter { $0.document == nil }
    #expect(
      added.map(\.kind) == [
        "ClientTrafficPolicy", "ReferenceGrant", "ReferenceGrant", "BackendTrafficPolicy",
      ])
    _ = form.perform(.chooseRoute(1))
    #expect(form.settled.filter { $0.document == nil } == added)
    // The policy is for the Gateway that both routes share, the grants for their namespace.
    #expect(form.objects == [.policy, .grant(0), .grant(1), .route])
    _ = form.perform(.chooseRoute(0))
    #expect(form.objects == [.policy, .grant(0), .grant(1), .route, .retry])
  }

  @Test("what is switched off is taken out of its file, and comes back")
  func switchOff() {
    var form = form
    let before = form
    _ = form.perform(.writePolicy(false))
    _ = form.perform(.writeGrants(namespace: "shared", false))
    #expect(form.settled[4].node == nil && form.settled[8].node == nil)
    #expect(form.settled.count { $0.node != nil } == before.settled.count - 2)
    _ = form.perform(.writePolicy(true))
    #expect(form.settled[4] == before.settled[4])
  }

  @Test("a grant that is there is taken up before one is written")
  func takeUpGrants() {
    var form = form
    form.type("nowhere", "route.spec.rules[0].backendRefs[0].namespace")
    _ = form.perform(.writeGrants(namespace: "nowhere", true))
    let names = form.grants.indices.map {
      form.document(.grant($0))["metadata"]?["name"]?.text ?? ""
    }
    #expect(names == ["ours", "unused", "allow-httproute-team-a"])
  }

  @Test("a fix writes only the grant that is missing")
  func missingGrant() {
    var form = form
    form.add(
      .map([
        "kind": .string("ReferenceGrant"),
        "metadata": .map(["name": .string("other-2"), "namespace": .string("shared")]),
        "spec": .map([
          "from": .sequence([
            .map(["kind": .string("HTTPRoute"), "namespace": .string("team-a")])
          ])
        ]),
      ]))
    #expect(form.grants.count == 2)
    #expect(form.document(.grant(1))["metadata"]?["name"]?.text == "other-2")
    #expect(form.document(.grant(1))["spec"]?["from"]?[0]?["kind"]?.text == "HTTPRoute")
  }

  @Test("a value of a wrong shape is shown, kept, and not written over by a row")
  func misshapen() {
    let text = """
      kind: AIGatewayRoute
      metadata: chat
      spec:
        parentRefs: {name: gw}
        rules: [{backendRefs: [{name: [a, b], weight: "70"}]}]
      """
    var form = FormState(opening: opened(text))
    let before = form
    #expect(form.text("route.spec.rules[0].backendRefs[0].name") == "[a, b]")
    #expect(form.text("route.spec.rules[0].backendRefs[0].weight") == "70")
    _ = form.perform(.insert(Template.parentRef, into: FormState.parentList, at: 0))
    #expect(form == before)
    form.type("chat", "route.metadata.name")
    #expect(
      form.settled
        == FormState(opening: opened(text)).settled.map { document in
          var document = document
          document.invalidTexts[Path([.key("metadata"), .key("name")])] = "chat"
          return document
        }, "the text stays beside what cannot take it")
  }

  @Test("without a route a new one begins beside what was opened")
  func noRoute() {
    let form = FormState(opening: opened(bundle[0] + "---\n" + bundle[4]))
    #expect(form.held.route == nil && form.objects == [.route])
    #expect(form.settled.map(\.document) == [0, 1, nil])
  }

  @Test("a route without a namespace has its objects in default")
  func fallback() {
    let text = [
      route("chat", namespace: nil),
      policy("BackendTrafficPolicy", "r", "default", target: "chat", of: "HTTPRoute"),
      grant("g", from: "HTTPRoute", "default", in: "shared"),
    ].joined(separator: "---\n")
    #expect(FormState(opening: opened(text)).objects == [.grant(0), .route, .retry])
  }
}
