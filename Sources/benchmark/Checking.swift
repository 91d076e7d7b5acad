import Glibc
import Lint

/// How long manifests take to be checked, beside the time PyYAML's C loader takes to parse them.
enum Checking {
  static func report() {
    let few = 1000
    let base = time(of: few)
    row("check \(few) routes", ["  \(fixed(base / 1000)) ms"])
    if let other = timeOfPyYAML(manifests(few)) {
      row("  PyYAML parses", ["  \(fixed(other / 1000)) ms"])
      row("  ratio to PyYAML", ["  \(fixed(base / other)) (1.0 or less is wanted)"])
    } else {
      row("  PyYAML parses", ["  not measured: no python3 with yaml.CSafeLoader"])
    }
    for many in [5000, 20_000] {
      let growth = time(of: many) / base / (Double(many) / Double(few))
      row("  \(many), per route", ["  \(fixed(growth)) times that of \(few)"])
    }
  }

  /// Microseconds from bytes to findings; the best of three.
  private static func time(of routes: Int) -> Double {
    let bytes = manifests(routes)
    return (0..<3).map { _ in
      median(of: 1) { _ in
        _ = LintRun(into: [ManifestFile(name: "routes.yaml", bytes: bytes)]).findings.count
      }
    }.min() ?? 0
  }

  /// Routes of three rules on one Gateway, about 2 kB each.
  private static func manifests(_ routes: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for route in 0..<routes {
      bytes +=
        """
        ---
        apiVersion: aigateway.envoyproxy.io/v1beta1
        kind: AIGatewayRoute
        metadata:
          name: route-\(route)
          namespace: team-\(route % 10)
          labels:
            app.kubernetes.io/managed-by: aigw-wizard
        spec:
          parentRefs:
            - name: envoy-ai-gateway
              kind: Gateway
              group: gateway.networking.k8s.io
              namespace: gateways
          rules:

        """.utf8
      for rule in 0..<3 { bytes += text(ofRule: rule, in: route).utf8 }
    }
    return bytes
  }

  private static func text(ofRule rule: Int, in route: Int) -> String {
    var text = """
          - name: rule-\(rule)
            matches:
              - headers:
                  - type: Exact
                    name: x-ai-eg-model
                    value: model-\(route)-\(rule)-large-instruct
            timeouts:
              request: 120s
            backendRefs:

      """
    for (place, region) in ["us-east-1", "us-east-2", "eu-west-1"].enumerated() {
      text += """
                - name: backend-\(route)-\(rule)-\(region)
                  modelNameOverride: provider/model-\(route)-\(rule)-2025-10-01
                  weight: \(rule * 7 + place + 1)

        """
    }
    return text
  }

  /// Microseconds, the best of three; nil where there is no PyYAML with its C loader.
  private static func timeOfPyYAML(_ bytes: [UInt8]) -> Double? {
    let script = """
      from sys import stdin, stderr
      from time import perf_counter
      from yaml import CSafeLoader, load_all
      text, best = stdin.buffer.read(), 1e9
      for turn in range(3):
          start = perf_counter()
          for document in load_all(text, Loader=CSafeLoader): pass
          best = min(best, perf_counter() - start)
      print(int(best * 1e6), file=stderr)
      """
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    defer { close(ends[0]) }
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    signal(SIGPIPE, SIG_IGN)
    let stream = popen("exec python3 -c '\(script)' 2>&\(ends[1])", "w")
    close(ends[1])
    guard let stream else { return nil }
    fwrite(bytes, 1, bytes.count, stream)
    guard pclose(stream) == 0 else { return nil }
    var answer = [UInt8](repeating: 0, count: 32)
    let count = read(ends[0], &answer, answer.count)
    let digits = answer[..<max(0, count)].filter { $0 >= 48 && $0 <= 57 }
    return Double(String(decoding: digits, as: UTF8.self))
  }
}
