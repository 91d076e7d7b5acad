import Foundation
import Testing

/// `check --fix` on files, and as a patch.
@Suite struct FixTests {
  private static let route = """
    # the route
    apiVersion: aigateway.envoyproxy.io/v1alpha1
    kind: AIGatewayRoute
    metadata: {name: chat, namespace: team-a}   # stays
    spec:
      parentRefs: [{name: gw}]
      rules:
        - matches: [{headers: [{name: x-ai-eg-model, value: gpt-4o}]}]
          timeoust:
            request: 90s
          backendRefs:
            - name: a   # the first one

    """

  private static let fixed =
    route.replacing("v1alpha1", with: "v1beta1").replacing("timeoust", with: "timeouts")

  private static let policy = """
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: ClientTrafficPolicy
    metadata:
      name: client-buffer-limit
      namespace: team-a
    spec:
      targetRefs:
        - group: gateway.networking.k8s.io
          kind: Gateway
          name: gw
      connection:
        bufferLimit: 50Mi

    """

  @Test("the fixes are made in the file, what they do not touch stays to the byte")
  func file() throws {
    let sandbox = try Sandbox()
    try sandbox.write("route.yaml", Self.route, mode: 0o640)
    let run = try Run(["check", "--fix", "route.yaml"], in: sandbox)
    #expect(run.ending == .exit(0))
    #expect(sandbox.file("route.yaml") == Self.fixed + Self.policy)
    #expect(sandbox.mode("route.yaml") == 0o640)
    #expect(sandbox.names() == ["route.yaml"])
    #expect(run.errors.contains("fixed: route.yaml:9:"), "\(run.errors)")
    #expect(run.errors.contains("[L11 no-buffer-limit]\n") && run.errors.contains("\n3 fixed; "))
    let again = try Run(["check", "--fix", "route.yaml"], in: sandbox)
    #expect(again.ending == .exit(0) && !again.errors.contains("fixed"))
    #expect(sandbox.file("route.yaml") == Self.fixed + Self.policy)
  }

  @Test("targetRef that becomes targetRefs keeps the comments on it, above it and below it")
  func comments() throws {
    let sandbox = try Sandbox()
    let policy = """
      apiVersion: gateway.envoyproxy.io/v1alpha1
      kind: ClientTrafficPolicy
      metadata: {name: c, namespace: ai}
      spec:
        # who it is for
        targetRef: # one
          group: gateway.networking.k8s.io
          kind: Gateway # that of all
          name: gw
        connection: {bufferLimit: 50Mi}

      """
    try sandbox.write("policy.yaml", policy)
    _ = try Run(["check", "--fix", "policy.yaml"], in: sandbox)
    #expect(
      sandbox.file("policy.yaml")
        == policy.replacing(
          """
            targetRef: # one
              group: gateway.networking.k8s.io
              kind: Gateway # that of all
              name: gw

          """,
          with: """
              targetRefs: # one
                - group: gateway.networking.k8s.io
                  kind: Gateway # that of all
                  name: gw

            """))
  }

  @Test("only what is told is fixed, and what is left decides the exit status")
  func chosen() throws {
    let sandbox = try Sandbox()
    let bad = Self.route.replacing("- name: a ", with: "- name: a\n          weight: -1 ")
    try sandbox.write("route.yaml", bad)
    let run = try Run(["check", "--fix", "--severity", "error", "route.yaml"], in: sandbox)
    #expect(run.ending == .exit(3))
    #expect(sandbox.file("route.yaml") == bad.replacing("timeoust", with: "timeouts"))
    #expect(run.output.contains("[schema.range]") && !run.output.contains("[schema.unknown]"))
    #expect(run.errors.hasSuffix("1 fixed; 1 error in 1 object of 1 file\n"), "\(run.errors)")
    let zero = try Run(["check", "--fix", "--only", "L01", "route.yaml"], in: sandbox)
    #expect(zero.ending == .exit(0))
    #expect(sandbox.file("route.yaml")?.contains("v1beta1") == true)
  }

  @Test("-o - prints a patch that gives the same text, and writes nothing")
  func patch() throws {
    let sandbox = try Sandbox()
    for (name, text) in [
      ("a.yaml", Self.route), ("b.yaml", String(Self.route.dropLast())),
      ("c.yaml", Self.route.replacing("\n", with: "\r\n")),
    ] {
      try sandbox.write(name, text)
      let run = try Run(["check", "--fix", "-o", "-", name], in: sandbox)
      #expect(run.ending == .exit(0))
      #expect(sandbox.file(name) == text)
      #expect(run.output.hasPrefix("--- \(name)\n+++ \(name)\n@@ -1,"), "\(run.output)")
      #expect(run.errors.contains("3 fixed; "))
      try sandbox.write("patch", run.output)
      try sandbox.write("patched.yaml", text)
      let patched = try Run(["--binary", "patched.yaml", "patch"], program: "patch", in: sandbox)
      #expect(patched.ending == .exit(0), "\(patched.output)\(patched.errors)")
      #expect(try Run(["check", "--fix", name], in: sandbox).ending == .exit(0))
      #expect(sandbox.file("patched.yaml") == sandbox.file(name))
    }
    try sandbox.write("the route.yaml", Self.route)
    let spaced = try Run(["check", "--fix", "-o", "-", "the route.yaml"], in: sandbox)
    try sandbox.write("patch", spaced.output)
    let found = try Run(["-p0", "-i", "patch"], program: "patch", in: sandbox)
    #expect(found.ending == .exit(0), "\(found.output)\(found.errors)")
    let piped = try Run(["check", "--fix", "-o", "-", "-"], in: sandbox, input: Self.route)
    #expect(piped.output.hasPrefix("--- -\n"))
  }

  @Test("a document that a fix adds goes where the route is; what only informs is never written")
  func places() throws {
    let sandbox = try Sandbox()
    let grant =
      "kind: ReferenceGrant\napiVersion: gateway.networking.k8s.io/v1alpha1\n"
      + "metadata: {name: g, namespace: x}\n"
    try sandbox.write("a.yaml", grant)
    try sandbox.write("route.yaml", Self.route)
    let run = try Run(["check", "--fix", "route.yaml", "--with", "."], in: sandbox)
    #expect(run.errors.contains("fixed: route.yaml"))
    #expect(sandbox.file("a.yaml") == grant)
    #expect(sandbox.file("route.yaml") == Self.fixed + Self.policy)
  }

  @Test("two routes of one Gateway get one policy, items of a list are fixed where they stand")
  func together() throws {
    let sandbox = try Sandbox()
    let second = Self.route.replacing("name: chat", with: "name: other")
      .replacing("value: gpt-4o", with: "value: gpt-5")
    try sandbox.write("two.yaml", Self.route + "---\n" + second)
    #expect(try Run(["check", "--fix", "two.yaml"], in: sandbox).ending == .exit(0))
    let text = try #require(sandbox.file("two.yaml"))
    #expect(text.components(separatedBy: "kind: ClientTrafficPolicy").count == 2)
    #expect(text.components(separatedBy: "timeouts:\n").count == 3)
    let items = Self.route.split(separator: "\n").map { "    \($0)\n" }.joined()
    let list = "apiVersion: v1\nkind: List\nitems:\n  -\n\(items)"
    try sandbox.write("list.yaml", list)
    let run = try Run(["check", "--fix", "--severity", "error", "list.yaml"], in: sandbox)
    #expect(run.ending == .exit(0), "\(run.output)")
    #expect(sandbox.file("list.yaml") == list.replacing("timeoust", with: "timeouts"))
  }

  @Test("a file that cannot be read to its end, or not be written, is left alone, with exit 1")
  func leftAlone() throws {
    let sandbox = try Sandbox()
    let broken = Self.route + "---\na: [b\n"
    try sandbox.write("broken.yaml", broken)
    #expect(try Run(["check", "--fix", "broken.yaml"], in: sandbox).ending == .exit(1))
    #expect(sandbox.file("broken.yaml") == broken)
    try sandbox.write("route.yaml", Self.route)
    let run = try Run(
      ["-c", "(ulimit -f 0; '\(Built.wizard)' check --fix route.yaml 2>&1) | cat"], program: "sh",
      in: sandbox)
    #expect(run.output.contains("aigw-wizard: route.yaml: "), "\(run.output)")
    #expect(sandbox.file("route.yaml") == Self.route)
    #expect(sandbox.names() == ["broken.yaml", "route.yaml"])
  }

  @Test("the name of another object is no fix to be made unasked, and that is said")
  func guessedName() throws {
    let sandbox = try Sandbox()
    // Nor is a policy added for what may be misnamed.
    let text =
      Self.fixed + """
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: gv, namespace: team-a}
        spec: {gatewayClassName: eg, listeners: [{name: http, protocol: HTTP, port: 80}]}

        """
    try sandbox.write("route.yaml", text)
    let run = try Run(["check", "--fix", "route.yaml"], in: sandbox)
    #expect(sandbox.file("route.yaml") == text)
    #expect(
      run.errors.contains(
        "not fixed: route.yaml:6:23: write name gv [L21 missing-gateway]: it is a guess"),
      "\(run.errors)")
  }

  @Test("a fix that would lose comments is not made, nor one that adds YAML to JSON")
  func keptTexts() throws {
    let sandbox = try Sandbox()
    let flow = Self.fixed.replacing(
      "timeouts:\n        request: 90s",
      with: "timeouts: {\n        # of the provider\n        backendRequest: 90s}")
    try sandbox.write("flow.yaml", flow)
    let run = try Run(["check", "--fix", "--only", "L28", "flow.yaml"], in: sandbox)
    #expect(sandbox.file("flow.yaml") == flow)
    #expect(run.errors.contains(": comments would be lost\n"), "\(run.errors)")
    let json = """
      {"apiVersion": "aigateway.envoyproxy.io/v1beta1", "kind": "AIGatewayRoute",
       "metadata": {"name": "chat"}, "spec": {"parentRefs": [{"group": "gateway.networking.k8s.io",
       "kind": "Gateway", "name": "gw"}], "rules": [{"timeouts": {"request": "90s"},
       "backendRefs": [{"name": "a"}]}]}}

      """
    try sandbox.write("route.json", json)
    let other = try Run(["check", "--fix", "route.json"], in: sandbox)
    #expect(sandbox.file("route.json") == json)
    #expect(other.errors.contains(": a JSON file holds one document\n"), "\(other.errors)")
  }

  @Test("what a fix adds has a name of its own, and a namespace only where the route has one")
  func addedNames() throws {
    let sandbox = try Sandbox()
    let route = Self.fixed.replacing(", namespace: team-a", with: "")
    let policy = Self.policy.replacing("  namespace: team-a\n", with: "")
    try sandbox.write("route.yaml", route.replacing("name: gw}", with: "name: gw}, {name: gx}"))
    _ = try Run(["check", "--fix", "route.yaml"], in: sandbox)
    let second = policy.replacing("buffer-limit\n", with: "buffer-limit-2\n")
      .replacing("name: gw\n", with: "name: gx\n")
    #expect(
      sandbox.file("route.yaml") == route.replacing("name: gw}", with: "name: gw}, {name: gx}")
        + policy + second)
  }

  @Test("a fix is made though its rule has something else to say of the part afterwards")
  func furtherFinding() throws {
    let sandbox = try Sandbox()
    let text = Self.fixed.replacing(
      "value: gpt-4o", with: "type: RegularExpression, value: gpt-4.1")
    try sandbox.write("route.yaml", text)
    _ = try Run(["check", "--fix", "--only", "L50", "route.yaml"], in: sandbox)
    #expect(sandbox.file("route.yaml") == text.replacing("RegularExpression", with: "Exact"))
  }

  @Test("what aliases lead to is told and fixed once, at the anchor, and stays an alias")
  func aliases() throws {
    let sandbox = try Sandbox()
    let text =
      Self.fixed.replacing("- name: a   # the first one", with: "- &a {name: a, wieght: 1}")
        + """
            - matches: [{headers: [{name: x-ai-eg-model, value: gpt-5}]}]
              timeouts: &t {backendRequest: 90s}
              backendRefs: [*a]
            - matches: [{headers: [{name: x-ai-eg-model, value: gpt-6}]}]
              timeouts: *t
              backendRefs:
                - *a

        """
    try sandbox.write("route.yaml", text)
    let told = try Run(["check", "--only", "L28,schema.unknown", "route.yaml"], in: sandbox)
    #expect(told.output.split(separator: "\n").count == 2, "\(told.output)")
    let run = try Run(
      ["check", "--fix", "--only", "L28,schema.unknown", "route.yaml"], in: sandbox)
    #expect(run.errors.contains("2 fixed"), "\(run.errors)")
    #expect(
      sandbox.file("route.yaml")
        == text.replacing("wieght", with: "weight")
        .replacing("{backendRequest", with: "{request: 90s, backendRequest"))
  }

  @Test("what was fixed is named where it stood in the file that was read")
  func originalPlaces() throws {
    let sandbox = try Sandbox()
    let text = Self.route.replacing("backendRefs:", with: "backendRfs:")
    try sandbox.write("route.yaml", text)
    let run = try Run(["check", "--fix", "-o", "-", "route.yaml"], in: sandbox)
    for place in ["2:13: write", "9:7: rename to timeouts", "11:7: rename to backendRefs"] {
      #expect(run.errors.contains("fixed: route.yaml:\(place)"), "\(run.errors)")
    }
  }

  @Test("nothing is added for what may be meant otherwise, as its change was refused")
  func refusedChange() throws {
    let sandbox = try Sandbox()
    let gateway = """
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: gw, namespace: infra}
      spec: {gatewayClassName: eg, listeners: [{name: http, port: 80, protocol: HTTP}]}

      """
    try sandbox.write("route.yaml", Self.fixed + gateway)
    let run = try Run(["check", "--fix", "--only", "L11,L21,L22", "route.yaml"], in: sandbox)
    #expect(
      run.errors.contains("not fixed: route.yaml:6:16: write namespace infra"), "\(run.errors)")
    #expect(sandbox.file("route.yaml") == Self.fixed + gateway)
  }

  @Test("a value is not moved without the comment on it")
  func movedComment() throws {
    let sandbox = try Sandbox()
    let proxy = """
      apiVersion: gateway.envoyproxy.io/v1alpha1
      kind: EnvoyProxy
      metadata: {name: p, namespace: team-a}
      spec:
        provider:
          type: Kubernetes
          kubernetes:
            envoyDeployment:
              pod:
                # its own account
                serviceAccountName: sa

      """
    try sandbox.write("proxy.yaml", proxy)
    let run = try Run(["check", "--fix", "proxy.yaml"], in: sandbox)
    #expect(run.errors.contains("comments would be lost"), "\(run.errors)")
    #expect(sandbox.file("proxy.yaml") == proxy)
    try sandbox.write("proxy.yaml", proxy.replacing("          # its own account\n", with: ""))
    _ = try Run(["check", "--fix", "proxy.yaml"], in: sandbox)
    let fixed = try #require(sandbox.file("proxy.yaml"))
    #expect(!fixed.contains("envoyDeployment"))
    #expect(fixed.contains("envoyServiceAccount:\n"), "\(fixed)")
  }

  @Test("a fix leaves no empty mapping behind")
  func emptied() throws {
    let sandbox = try Sandbox()
    let policy = """
      ---
      apiVersion: gateway.envoyproxy.io/v1alpha1
      kind: BackendTrafficPolicy
      metadata: {name: p, namespace: team-a}
      spec:
        targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}]
        timeout: {http: {requestTimeout: 30s}}

      """
    try sandbox.write("route.yaml", Self.fixed + policy)
    _ = try Run(["check", "--fix", "--only", "L29", "route.yaml"], in: sandbox)
    #expect(
      sandbox.file("route.yaml")
        == Self.fixed + policy.replacing("  timeout: {http: {requestTimeout: 30s}}\n", with: ""))
  }

  private static let gateway = """
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: edge, namespace: team-a, labels: {tier: front}}
    spec: {gatewayClassName: envoy, listeners: [{name: web, protocol: HTTP, port: 8080}]}
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata: {name: chat, namespace: team-a}
    spec:
      parentRefs: [{name: edge}]
      rules: [{matches: [{headers: [{name: x-ai-eg-model, value: small}]}], backendRefs: [{name: a}]}]

    """

  private static func policy(_ name: String, _ target: String, in namespace: String = "team-a")
    -> String
  {
    """
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: SecurityPolicy
    metadata: {name: \(name), namespace: \(namespace)}
    spec:
      \(target)
      apiKeyAuth: {credentialRefs: [{name: keys}], extractFrom: [{headers: [x-api-key]}]}

    """
  }

  private static func named(_ kind: String, _ name: String) -> String {
    "targetRefs: [{group: gateway.networking.k8s.io, kind: \(kind), name: \(name)}]"
  }

  @Test(
    "no policy is given a target that another one has, or holds for from further away",
    arguments: [
      policy("a", named("Gateway", "edgee")) + policy("b", named("Gateway", "edge")),
      policy("a", named("Gateway", "edge"), in: "other") + policy("b", named("Gateway", "edge")),
      policy("a", named("HTTPRoute", "chatt")) + policy("b", named("Gateway", "edge")),
      policy("a", named("HTTPRoute", "chat"))
        + policy("b", "targetSelectors: [{kind: Gateway, matchLabels: {tier: front}}]"),
    ])
  func rivals(policies: String) throws {
    let sandbox = try Sandbox()
    let text = Self.gateway + policies
    try sandbox.write("route.yaml", text)
    let run = try Run(["check", "--fix", "--only", "L15,L77", "route.yaml"], in: sandbox)
    #expect(sandbox.file("route.yaml") == text)
    #expect(run.errors.contains("not fixed"), "\(run.errors)")
  }

  @Test("authentication of an AI route goes to its Gateway only where no others are served there")
  func otherClients() throws {
    let sandbox = try Sandbox()
    let shop = """
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: shop, namespace: team-a}
      spec: {parentRefs: [{name: edge}], rules: [{backendRefs: [{name: shop, port: 80}]}]}

      """
    let policy = Self.policy("a", Self.named("HTTPRoute", "chat"))
    for (routes, isFixed) in [(Self.gateway, true), (Self.gateway + shop, false)] {
      try sandbox.write("route.yaml", routes + policy)
      _ = try Run(["check", "--fix", "--only", "L77", "route.yaml"], in: sandbox)
      #expect((sandbox.file("route.yaml") != routes + policy) == isFixed)
    }
  }

  @Test("a change in a line with a credential is not in the patch, which says so")
  func patchOfSecret() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      "keys.yaml",
      """
      apiVersion: aigateway.envoyproxy.io/v1beta1
      kind: BackendSecurityPolicy
      metadata: {name: p, namespace: team-a}
      spec:
        targetRefs: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: a}]
        type: APIKey
        apiKey: {secretRef: {name: keys}}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: keys, namespace: team-a}
      stringData:
        api-key: nobody-reads-this

      """)
    let run = try Run(["check", "--fix", "--only", "L104", "-o", "-", "keys.yaml"], in: sandbox)
    #expect(run.output.isEmpty, "\(run.output)")
    #expect(run.errors.contains("holds a credential"), "\(run.errors)")
    _ = try Run(["check", "--fix", "--only", "L104", "keys.yaml"], in: sandbox)
    #expect(sandbox.file("keys.yaml")?.contains("  apiKey: nobody-reads-this") == true)
  }

  @Test("the patch applies where it stands beside a Secret, whose values it does not show")
  func patchBesideSecret() throws {
    let sandbox = try Sandbox()
    let secret = """
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: keys, namespace: team-a}
      stringData:
        apiKey: nobody-reads-this

      """
    try sandbox.write("route.yaml", Self.route + secret)
    let patch = try Run(["check", "--fix", "-o", "-", "route.yaml"], in: sandbox)
    #expect(!patch.output.contains("nobody-reads-this") && !patch.output.contains("***"))
    try sandbox.write("fix.patch", patch.output)
    let applied = try Run(["-p0", "-i", "fix.patch"], program: "patch", in: sandbox)
    #expect(applied.ending == .exit(0), "\(applied.output)")
    #expect(sandbox.file("route.yaml") == Self.fixed + secret + Self.policy)
  }

  @Test(
    "misuse is said with what would be right",
    arguments: [
      (["check", "-o", "-", "x"], "-o requires --fix"),
      (["check", "--fix", "-o", "out.yaml", "x"], "-o - prints the changes"),
      (["check", "--fix", "-"], "--fix -o -"), (["check", "-o", "json", "x"], "--format json?"),
    ])
  func misuse(arguments: [String], words: String) throws {
    let run = try Run(arguments, in: Sandbox())
    #expect(run.ending == .exit(2) && run.output.isEmpty)
    #expect(run.errors.contains(words), "\(run.errors)")
  }
}
