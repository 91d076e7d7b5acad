import RouteForm
import Screen
import Wizard

/// What it costs to work on a route in a file of many other documents, beside one of few.
enum Opening {
  private struct Costs {
    var open = 0.0
    var key = 0.0
    var leave = 0.0
    var review = 0.0
    var draft = 0.0
  }

  static func report() {
    row(
      "",
      ["opened", "key>frame", "left", "review", "checkpoint"].map {
        String(repeating: " ", count: 11 - $0.utf8.count) + $0
      })
    let few = costs(10)
    for (count, costs) in [(10, few)] + [100, 1000, 10_000].map({ ($0, costs($0)) }) {
      row(
        "\(count) documents",
        [costs.open, costs.key, costs.leave, costs.review, costs.draft].map { "  \(fixed($0))" })
      guard count > 10 else { continue }
      row(
        "  ratio to 10",
        [
          costs.open / few.open, costs.key / few.key, costs.leave / few.leave,
          costs.review / few.review, costs.draft / few.draft,
        ].map { "  \(fixed($0))" })
    }
  }

  private static func costs(_ count: Int) -> Costs {
    let bytes = manifests(count)
    guard let file = try? OpenedFile(path: "all.yaml", bytes: bytes) else { return Costs() }
    var start = Wizard.Start(
      form: Recipe.blank.form, asks: false, output: Output(path: nil),
      size: Size(rows: 40, columns: 120))
    start.opened = [file]
    var costs = Costs()
    costs.open = median(of: 3) { _ in
      if let file = try? OpenedFile(path: "all.yaml", bytes: bytes) { start.opened = [file] }
      var wizard = Wizard(start)
      _ = wizard.frame()
    }
    var wizard = Wizard(start)
    func send(_ key: Key) {
      _ = wizard.handle(.input(.key(key)))
      _ = wizard.frame()
    }
    func settle() { if wizard.settle() { _ = wizard.frame() } }
    for key in [.control("t"), .text("route.spec.rules[1].backendRefs[0].weight"), Key.enter] {
      send(key)
    }
    settle()
    costs.key = median(of: 30) { turn in send(turn % 2 == 0 ? .text("7") : .backspace) }
    settle()
    var times: [Double] = []
    for _ in 0..<20 {
      send(.text("7"))
      times.append(
        median(of: 1) { _ in
          send(.tab)
          settle()
        })
      send(.backtab)
      send(.end)
      send(.backspace)
      settle()
    }
    costs.leave = times.sorted()[10]
    send(.text("7"))
    settle()
    costs.draft = median(of: 5) { turn in
      send(turn % 2 == 0 ? .text("7") : .backspace)
      _ = wizard.workspace.draftFiles
    }
    send(.text("7"))
    costs.review = median(of: 1) { _ in
      send(.escape)
      send(.text("8"))
    }
    return costs
  }

  /// A route of three rules, then backends of about 400 bytes each.
  private static func manifests(_ count: Int) -> [UInt8] {
    var text = """
      apiVersion: aigateway.envoyproxy.io/v1beta1
      kind: AIGatewayRoute
      metadata:
        name: big
        namespace: default
      spec:
        parentRefs:
          - name: gw
            kind: Gateway
            group: gateway.networking.k8s.io
        rules:

      """
    for rule in 0..<3 {
      text += """
            - matches:
                - headers:
                    - name: x-ai-eg-model
                      value: model-\(rule)
              backendRefs:
                - name: backend-\(rule)
                  weight: 10

        """
    }
    for backend in 0..<count {
      text += """
        ---
        apiVersion: aigateway.envoyproxy.io/v1beta1
        kind: AIServiceBackend
        metadata:
          name: backend-\(backend)
          namespace: default
          labels:
            team: platform-\(backend % 17)
          annotations:
            note: "backend number \(backend), kept by hand"
        spec:
          schema:
            name: OpenAI
          backendRef:
            name: backend-\(backend)
            kind: Backend
            group: gateway.envoyproxy.io

        """
    }
    return Array(text.utf8)
  }
}
