import Testing
import Yams

/// Worked examples, driven by keys and saved; the documents are written out by hand.
@Suite struct WorkedExampleTests {
  @Test("steps 1 and 2: a blank route is filled with Tab, Enter and text alone")
  func blank() throws {
    let tmux = try Tmux.wizard("-o out.yaml", in: Sandbox(), columns: 120, rows: 40)
    try tmux.press("<Enter>")
    try tmux.wait(until: "the form alone") {
      !$0.contains("└") && Tmux.place(on: $0) == "policy.spec.connection.bufferLimit"
    }
    try tmux.tab(to: "< Next: Gateway >")
    try tmux.move("<Enter>")
    try tmux.tab(to: "route.metadata.name")
    try tmux.press("openai-route")
    try tmux.tab(to: "route.spec.parentRefs[0].name")
    try tmux.press("my-gateway")
    try tmux.tab(to: "< Next: Matches >")
    try tmux.move("<Enter>")
    try tmux.tab(to: "route.spec.rules[0].matches[0].headers[0].value")
    try tmux.press("gpt-4o-mini")
    try tmux.tab(to: "< Next: Splits >")
    try tmux.move("<Enter>")
    try tmux.tab(to: "route.spec.rules[0].backendRefs[0].name")
    try tmux.press("openai-backend")
    try WorkedExample.check(
      tmux,
      """
          - matches:
              - headers:
                  - type: Exact
                    name: x-ai-eg-model
                    value: gpt-4o-mini
            backendRefs:
              - name: openai-backend
      """)
  }

  @Test("step 3: two backends share the traffic 80/20")
  func split() throws {
    let tmux = try WorkedExample.start(model: "gpt-4o", backend: "openai-backend")
    try tmux.fill("\(WorkedExample.refs)[0].weight", "80")
    try tmux.run("add-backend")
    try tmux.wait(for: "\(WorkedExample.refs)[1].name")
    try tmux.press("azure-openai-backend<Tab>")
    try tmux.fill("\(WorkedExample.refs)[1].weight", "20")
    try WorkedExample.check(
      tmux,
      """
          - matches:
              - headers:
                  - type: Exact
                    name: x-ai-eg-model
                    value: gpt-4o
            backendRefs:
              - name: openai-backend
                weight: 80
              - name: azure-openai-backend
                weight: 20
      """)
  }

  @Test("step 3: failover by priority, with the retry policy that one button adds")
  func failover() throws {
    let tmux = try WorkedExample.start(model: "gpt-4o", backend: "primary-openai")
    try tmux.fill("\(WorkedExample.refs)[0].priority", "0")
    try tmux.go("\(WorkedExample.refs)[0].name")
    try tmux.tab(to: "< Add backend >")
    #expect(try tmux.move("<Enter>") == "\(WorkedExample.refs)[1].name")
    try tmux.press("fallback-openai<Tab>")
    try tmux.fill("\(WorkedExample.refs)[1].priority", "1")
    try tmux.go("\(WorkedExample.refs)[1].name")
    try tmux.tab(to: "< Write BackendTrafficPolicy")
    try tmux.press("<Space>")
    try WorkedExample.check(
      tmux,
      """
          - matches:
              - headers:
                  - type: Exact
                    name: x-ai-eg-model
                    value: gpt-4o
            backendRefs:
              - name: primary-openai
                priority: 0
              - name: fallback-openai
                priority: 1
      """, retry: true)
  }

  @Test("step 4: without its match the rule takes all models")
  func catchAll() throws {
    let tmux = try WorkedExample.start(model: nil, backend: "my-openai-backend")
    try tmux.go("\(WorkedExample.rule).matches[0].headers[0].value")
    try tmux.run("remove-row")
    try tmux.wait(for: "no matches: this rule takes every model")
    try WorkedExample.check(
      tmux,
      """
          - backendRefs:
              - name: my-openai-backend
      """)
  }

  @Test("step 5: five minutes for long streaming")
  func timeout() throws {
    let tmux = try WorkedExample.start(model: "gpt-4o", backend: "openai-backend")
    try tmux.move("<Esc>5")
    try tmux.tab(to: "< Streaming 300s >")
    try tmux.press("<Enter>")
    try WorkedExample.check(
      tmux,
      """
          - matches:
              - headers:
                  - type: Exact
                    name: x-ai-eg-model
                    value: gpt-4o
            timeouts:
              request: 300s
            backendRefs:
              - name: openai-backend
      """)
  }

  @Test("step 6: the backend is sent another model name")
  func override() throws {
    let tmux = try WorkedExample.start(model: "gpt-4o", backend: "azure-openai-backend")
    try tmux.move("<Esc>6")
    try tmux.tab(to: "\(WorkedExample.refs)[0].modelNameOverride")
    try tmux.press("gpt-4o-eu<Tab>")
    try WorkedExample.check(
      tmux,
      """
          - matches:
              - headers:
                  - type: Exact
                    name: x-ai-eg-model
                    value: gpt-4o
            backendRefs:
              - name: azure-openai-backend
                modelNameOverride: gpt-4o-eu
      """)
  }

  @Test("step 7: the rule is sent to an InferencePool, after what stops applying was said")
  func pool() throws {
    let tmux = try WorkedExample.start(model: "llama-3", backend: "openai-backend")
    try tmux.move("<Esc>7")
    try tmux.tab(to: "< Send this rule to an InferencePool")
    try tmux.press("<Space>")
    try tmux.wait(for: "Switch to an InferencePool?")
    try tmux.press("<Enter>")
    try tmux.wait(for: "\(WorkedExample.refs)[0].name")
    try tmux.press("my-inference-pool<Tab>")
    try WorkedExample.check(
      tmux,
      """
          - matches:
              - headers:
                  - type: Exact
                    name: x-ai-eg-model
                    value: llama-3
            backendRefs:
              - name: my-inference-pool
                group: inference.networking.k8s.io
                kind: InferencePool
      """)
  }

  @Test("two rules, the first with two headers and another match, and a backend far away")
  func everything() throws {
    let tmux = try WorkedExample.start(model: "gpt-4o", backend: "openai-backend")
    try tmux.go("\(WorkedExample.rule).matches[0].headers[0].value")
    try tmux.run("add-header")
    try tmux.fill("\(WorkedExample.rule).matches[0].headers[1].name", "x-tenant")
    try tmux.fill("\(WorkedExample.rule).matches[0].headers[1].value", "team-a")
    try tmux.run("add-match")
    try tmux.fill("\(WorkedExample.rule).matches[1].headers[0].value", "gpt-4o-mini")
    try tmux.run("add-rule")
    try tmux.wait(for: "route.spec.rules[1]")
    try tmux.fill("route.spec.rules[1].matches[0].headers[0].value", "claude-3-5-sonnet")
    try tmux.fill("route.spec.rules[1].backendRefs[0].name", "bedrock")
    try tmux.fill("route.spec.rules[1].backendRefs[0].namespace", "shared")
    try tmux.tab(to: "< Write 2 ReferenceGrants for shared")
    try tmux.press("<Space>")
    try WorkedExample.check(
      tmux,
      """
          - matches:
              - headers:
                  - type: Exact
                    name: x-ai-eg-model
                    value: gpt-4o
                  - type: Exact
                    name: x-tenant
                    value: team-a
              - headers:
                  - type: Exact
                    name: x-ai-eg-model
                    value: gpt-4o-mini
            backendRefs:
              - name: openai-backend
          - matches:
              - headers:
                  - type: Exact
                    name: x-ai-eg-model
                    value: claude-3-5-sonnet
            backendRefs:
              - name: bedrock
                namespace: shared
      """, grants: true)
  }
}

/// What the examples have in common.
enum WorkedExample {
  static let rule = "route.spec.rules[0]"
  static let refs = "route.spec.rules[0].backendRefs"

  /// A route with its names, its Gateway and one rule, typed into a blank form.
  static func start(model: String?, backend: String) throws -> Tmux {
    let tmux = try Tmux.wizard("--recipe blank -o out.yaml", in: Sandbox(), columns: 120, rows: 40)
    try tmux.move("<Esc>2")
    try tmux.press("openai-route")
    try tmux.fill("route.spec.parentRefs[0].name", "my-gateway")
    if let model { try tmux.fill("\(rule).matches[0].headers[0].value", model) }
    try tmux.fill("\(refs)[0].name", backend)
    return tmux
  }

  /// Saves, leaves, and compares the file with the expected documents; then has the same file
  /// written by the command that was printed, and from a draft of the same form.
  static func check(
    _ tmux: Tmux, _ rules: String, retry: Bool = false, grants: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try tmux.save("out.yaml", sourceLocation: sourceLocation)
    let expected = documents(rules: rules, retry: retry, grants: grants)
    let saved = try #require(tmux.sandbox.file("out.yaml"), sourceLocation: sourceLocation)
    #expect(saved == expected, sourceLocation: sourceLocation)
    let kinds = try Yams.compose_all(yaml: saved).map { $0["kind"]?.string }
    #expect(
      kinds == ["ClientTrafficPolicy"] + (grants ? ["ReferenceGrant", "ReferenceGrant"] : [])
        + ["AIGatewayRoute"] + (retry ? ["BackendTrafficPolicy"] : []),
      sourceLocation: sourceLocation)
    try tmux.leave(sourceLocation: sourceLocation)
    let lines = try tmux.command("capture-pane -p -J").filter { !$0.isEmpty }
    #expect(
      Array(lines.prefix(2)) == ["wrote out.yaml", "kubectl apply -f out.yaml"],
      sourceLocation: sourceLocation)
    let command = try #require(
      lines.first { $0.hasPrefix("aigw-wizard render ") }, sourceLocation: sourceLocation)
    let again = try Run(
      ["-c", "rm out.yaml; '\(Built.wizard)'\(command.dropFirst("aigw-wizard".count))"],
      program: "sh", in: tmux.sandbox)
    #expect(again.ending == .exit(0), "\(again.errors)", sourceLocation: sourceLocation)
    #expect(tmux.sandbox.file("out.yaml") == saved, sourceLocation: sourceLocation)
  }

  static func documents(rules: String, retry: Bool = false, grants: Bool = false) -> String {
    var documents = [policy]
    if grants { documents += [grantOfBackends, grantOfRoutes] }
    documents.append(
      """
      apiVersion: aigateway.envoyproxy.io/v1alpha1
      kind: AIGatewayRoute
      metadata:
        name: openai-route
        namespace: default
      spec:
        parentRefs:
          - name: my-gateway
            kind: Gateway
            group: gateway.networking.k8s.io
        rules:
      \(rules)

      """)
    if retry { documents.append(retryPolicy) }
    return documents.joined(separator: "---\n")
  }

  private static let policy = """
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: ClientTrafficPolicy
    metadata:
      name: client-buffer-limit
      namespace: default
    spec:
      targetRefs:
        - group: gateway.networking.k8s.io
          kind: Gateway
          name: my-gateway
      connection:
        bufferLimit: 50Mi

    """

  private static let retryPolicy = """
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: BackendTrafficPolicy
    metadata:
      name: openai-route-retry
      namespace: default
    spec:
      targetRefs:
        - group: gateway.networking.k8s.io
          kind: HTTPRoute
          name: openai-route
      retry:
        numAttemptsPerPriority: 1
        numRetries: 5
        retryOn:
          triggers:
            - connect-failure
            - refused-stream
            - reset
            - retriable-status-codes
          httpStatusCodes:
            - 429
            - 500
            - 502
            - 503
            - 504

    """

  private static let grantOfBackends = """
    apiVersion: gateway.networking.k8s.io/v1beta1
    kind: ReferenceGrant
    metadata:
      name: allow-airoute-default
      namespace: shared
    spec:
      from:
        - group: aigateway.envoyproxy.io
          kind: AIGatewayRoute
          namespace: default
      to:
        - group: aigateway.envoyproxy.io
          kind: AIServiceBackend

    """

  private static let grantOfRoutes = """
    apiVersion: gateway.networking.k8s.io/v1beta1
    kind: ReferenceGrant
    metadata:
      name: allow-httproute-default
      namespace: shared
    spec:
      from:
        - group: gateway.networking.k8s.io
          kind: HTTPRoute
          namespace: default
      to:
        - group: gateway.envoyproxy.io
          kind: Backend

    """
}
