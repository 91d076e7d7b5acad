import Foundation
import Glibc
import Lint
import Testing

/// `check` and `explain` as programs and people see them.
@Suite struct CheckTests {
  private static let good = """
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata: {name: chat, namespace: team-a}
    spec:
      parentRefs: [{name: gw}]
      rules:
        - matches: [{headers: [{name: x-ai-eg-model, value: gpt-4o}]}]
          timeouts: {request: 60s}
          backendRefs: [{name: a}]
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: ClientTrafficPolicy
    metadata: {name: buffer, namespace: team-a}
    spec:
      targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]
      connection: {bufferLimit: 50Mi}

    """

  private static let bad = good.replacing("name: a}", with: "name: a, weight: -1, wieght: \"2\"}")
    .replacing("50Mi", with: "10Gi")

  private struct Finding: Decodable {
    let file: String
    let document: Int
    let kind: String
    let name: String
    let path: String
    let line: Int
    let column: Int
    let severity: String
    let source: String
    let rule: String
    let message: String
    let fix: String?
  }

  private func findings(_ run: Run) throws -> [Finding] {
    try JSONDecoder().decode([Finding].self, from: Data(run.output.utf8))
  }

  @Test("nothing wrong: exit 0, nothing on stdout, a summary on stderr")
  func sound() throws {
    let sandbox = try Sandbox()
    try sandbox.write("good.yaml", Self.good)
    let run = try Run(["check", "--severity", "warning", "good.yaml"], in: sandbox)
    #expect(run.ending == .exit(0), "\(run.output)\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(run.errors == "nothing found in 2 objects of 1 file\n")
    let json = try Run(
      ["check", "--severity", "warning", "--format", "json", "good.yaml"], in: sandbox)
    #expect(json.ending == .exit(0) && json.output == "[]\n")
  }

  @Test("a finding a line with file, line, column, severity, message and rule; errors exit with 3")
  func text() throws {
    let sandbox = try Sandbox()
    try sandbox.write("bad.yaml", Self.bad)
    let run = try Run(["check", "--severity", "error", "bad.yaml"], in: sandbox)
    #expect(run.ending == .exit(3))
    #expect(
      run.output == """
        bad.yaml:9:39: error: weight -1 is out of range; use 0 to 1000000 [schema.range]
        bad.yaml:9:51: error: unknown field "wieght"; did you mean weight? [schema.unknown]
        bad.yaml:16:29: error: bufferLimit 10Gi is out of range; use 1 to 4294967295 bytes, \
        such as 50Mi [L12 buffer-limit-too-large]

        """)
    #expect(run.errors == "3 errors in 2 objects of 1 file\n")
  }

  @Test("JSON has the keys of the contract, in its order, and says the same as the lines")
  func json() throws {
    let sandbox = try Sandbox()
    try sandbox.write("bad.yaml", Self.bad)
    let run = try Run(["check", "--format", "json", "bad.yaml", "-"], in: sandbox, input: Self.bad)
    #expect(run.ending == .exit(3))
    let keys = [
      "file", "document", "kind", "name", "path", "line", "column", "severity", "source", "rule",
      "slug",
      "message", "fix",
    ]
    for line in run.output.split(separator: "\n") where line.hasPrefix("  {") {
      let places = keys.map { line.range(of: "\"\($0)\": ")?.lowerBound ?? line.endIndex }
      #expect(places == places.sorted() && places.last != line.endIndex, "\(line)")
    }
    let found = try findings(run)
    let limit = try #require(found.first { $0.rule == "L12" })
    #expect(limit.file == "bad.yaml" && limit.document == 1 && limit.name == "buffer")
    #expect(limit.kind == "ClientTrafficPolicy" && limit.source == "controller")
    #expect(limit.path == "spec.connection.bufferLimit" && limit.line == 16)
    #expect(limit.severity == "error" && limit.fix?.isEmpty == false)
    let weight = try #require(found.first { $0.rule == "schema.range" })
    #expect(weight.path == "spec.rules[0].backendRefs[0].weight" && weight.fix == nil)
    #expect(found.contains { $0.file == "-" && $0.rule == "object.duplicate" })
    let text = try Run(["check", "bad.yaml", "-"], in: sandbox, input: Self.bad)
    #expect(
      text.output.split(separator: "\n").map(String.init)
        == found.map {
          "\($0.file):\($0.line):\($0.column): \($0.severity): \($0.message) [\(Rule.label(of: $0.rule))]"
        })
  }

  @Test("--only, --skip and --severity choose, and what is not told does not count")
  func choices() throws {
    let sandbox = try Sandbox()
    try sandbox.write("bad.yaml", Self.bad)
    func rules(_ arguments: String...) throws -> Set<String> {
      let run = try Run(["check", "--format", "json", "bad.yaml"] + arguments, in: sandbox)
      let found = try findings(run)
      #expect((run.ending == .exit(3)) == found.contains { $0.severity == "error" })
      return Set(found.map(\.rule))
    }
    #expect(try rules("--only", "L12") == ["L12"])
    #expect(try rules("--only", "buffer-limit-too-large") == ["L12"])
    #expect(try rules("--only", "schema,l12") == ["schema.range", "schema.unknown", "L12"])
    #expect(try rules("--skip", "schema", "--skip=L12", "--severity", "error") == [])
    #expect(try rules("--severity=error").isSubset(of: rules()))
  }

  @Test("--for judges for an older release")
  func releases() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      "route.yaml", Self.good.replacing("  rules:", with: "  hostnames: [a.b]\n  rules:"))
    for (release, ending) in [("0.6", Int32(3)), ("0.7", 0), ("1.0", 0), ("1.1", 0)] {
      let run = try Run(["check", "--for", release, "route.yaml"], in: sandbox)
      #expect(run.ending == .exit(ending), "\(release): \(run.output)")
    }
  }

  @Test("what comments silence is counted")
  func silenced() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      "bad.yaml",
      Self.bad.replacing(
        "      backendRefs", with: "      # aigw-wizard: ignore schema\n      backendRefs"
      )
      .replacing("10Gi}", with: "10Gi} # aigw-wizard: ignore L12, L13"))
    let run = try Run(["check", "--severity", "error", "bad.yaml"], in: sandbox)
    #expect(run.ending == .exit(0), "\(run.output)")
    #expect(run.errors.contains("3 suppressed by comments"), "\(run.errors)")
  }

  @Test("colour only on a terminal, unless asked for")
  func colors() throws {
    let sandbox = try Sandbox()
    try sandbox.write("bad.yaml", Self.bad)
    #expect(try !Run(["check", "bad.yaml"], in: sandbox).output.contains("\u{1B}"))
    let always = try Run(["check", "--color", "always", "bad.yaml"], in: sandbox)
    #expect(always.output.contains("\u{1B}[1;31merror:\u{1B}[m weight"))
  }

  @Test("control characters of a file reach neither stdout nor stderr")
  func controls() throws {
    let sandbox = try Sandbox()
    let run = try Run(
      ["check", "-"], in: sandbox, input: "kind: \"a\\e]0;x\\a\"\n\"b\\e\": 1\n\"b\\e\": 2\n")
    #expect(!(run.output + run.errors).contains { $0 == "\u{1B}" || $0 == "\u{7}" })
    let json = try Run(
      ["check", "--format", "json", "-"], in: sandbox,
      input: "kind: AIGatewayRoute\n\"\\e\\\\\\\"\": 1\n")
    #expect(try findings(json).contains { $0.path == "[\"\u{1B}\\\"\"]" })
  }

  // MARK: Bad input

  struct Bad: CustomTestStringConvertible, Sendable {
    let name: String
    let bytes: [UInt8]
    let place: String

    var testDescription: String { name }

    init(_ name: String, _ text: String, at place: String) {
      self.init(name, Array(text.utf8), at: place)
    }

    init(_ name: String, _ bytes: [UInt8], at place: String) {
      self.name = name
      self.bytes = bytes
      self.place = place
    }

    static let all: [Bad] = [
      Bad("not YAML", "a: b: c\n", at: "1:5"),
      Bad("a program", [0x7F] + Array("ELF".utf8) + [2, 1, 1, 0, 0, 0xFF], at: "1:1"),
      Bad("not UTF-8", Array("a: 1\nb: ".utf8) + [0xC3, 0x28, 10], at: "2:"),
      Bad("a zero byte", "a: 1\nb: x\0y\n", at: "2:5"),
      Bad("a tab", "a:\n\tb: 1\n", at: "2:1"),
      Bad("brackets without end", String(repeating: "[", count: 10_000), at: "1:101"),
      Bad("braces without end", String(repeating: "{a: ", count: 10_000), at: "1:401"),
      Bad(
        "10000 levels",
        (0..<10_000).map { String(repeating: " ", count: $0 % 300) + "a:\n" }
          .joined(), at: ""),
      Bad("an alias bomb", bomb, at: ""),
      Bad("many items", "a: [" + String(repeating: "1,", count: 1 << 19) + "]\n", at: "1:"),
      Bad("many anchors", (0..<51_000).map { "k\($0): &a\($0) x\n" }.joined(), at: "10001:"),
      Bad("many documents", String(repeating: "---\na\n", count: 51_000), at: "20001:1"),
    ]

    private static var bomb: String {
      var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
      for level in 1...50 {
        let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
        text += "a\(level): &a\(level) [\(aliases)]\n"
      }
      return text
    }
  }

  @Test("bad input: one error with its place, exit 1, bounded memory", arguments: Bad.all)
  func bad(input: Bad) throws {
    let sandbox = try Sandbox()
    #expect(
      FileManager.default.createFile(atPath: sandbox.full("bad"), contents: Data(input.bytes)))
    try sandbox.write("good.yaml", Self.good)
    // What the program takes for nothing, and ten times the file beyond that.
    let limit = (40 << 10) + 10 * (input.bytes.count >> 10)
    let run = try Run(
      [
        "-c", "ulimit -d \(limit); exec '\(Built.wizard)' check --format json bad good.yaml",
      ], program: "sh", in: sandbox)
    #expect(run.ending == .exit(1), "\(run.errors.prefix(500))")
    let found = try findings(run)
    let here = found.filter { $0.rule == "yaml.syntax" }
    #expect(here.count == 1 && here.first?.file == "bad", "\(run.output.prefix(500))")
    if let only = here.first {
      #expect("\(only.line):\(only.column)".hasPrefix(input.place), "\(only)")
      #expect(run.errors.contains("bad:\(only.line):\(only.column): "))
    }
    #expect(run.errors.utf8.count < 1000)
    #expect(found.allSatisfy { $0.file == "bad" || $0.severity == "info" })
  }

  @Test("what cannot be read is complained about once; the other files are judged")
  func unreadable() throws {
    let sandbox = try Sandbox()
    try sandbox.write("bad.yaml", Self.bad)
    try sandbox.write("empty.yaml", "")
    try sandbox.write("words.yaml", "# nothing\n---\n# here\n")
    try sandbox.write("closed.yaml", Self.good, mode: 0)
    mkdir(sandbox.full("folder"), 0o755)
    mkfifo(sandbox.full("pipe"), 0o644)
    let large = open(sandbox.full("large.yaml"), O_WRONLY | O_CREAT, 0o644)
    ftruncate(large, 100 << 20)
    close(large)
    var cases = [
      "none.yaml": "no such file", "folder": "no manifest is in it", "pipe": "nobody writes",
      "empty.yaml": "no document", "words.yaml": "no document", "large.yaml": "64 MiB",
      "/dev/zero": "not a regular file",
    ]
    if !Built.isRoot { cases["closed.yaml"] = "permission denied" }
    for (name, words) in cases {
      let run = try Run(["check", name, "bad.yaml", "--only", "L12"], in: sandbox)
      #expect(run.ending == .exit(1))
      let complaints = run.errors.split(separator: "\n").filter { $0.contains(name) }
      #expect(complaints.count == 1 && complaints[0].contains(words), "\(run.errors)")
      #expect(run.output.hasPrefix("bad.yaml:16:29: error: "), "\(run.output)")
    }
    let nothing = try Run(["check", "-"], in: sandbox)
    #expect(nothing.ending == .exit(1) && nothing.errors.contains("-: no document"))
  }

  @Test("a full stdout is said, with exit 1")
  func fullOutput() throws {
    let sandbox = try Sandbox()
    try sandbox.write("bad.yaml", Self.bad)
    let run = try Run(
      ["-c", "'\(Built.wizard)' check bad.yaml > /dev/full"], program: "sh", in: sandbox)
    #expect(run.ending == .exit(1) && run.errors.contains("cannot write"))
  }

  // MARK: The command line

  @Test(
    "misuse is said with what would be right, and exits with 2",
    arguments: [
      (["check"], "needs files"), (["check", "-", "-"], "once"),
      (["check", "--format", "xml", "-"], "'text', 'json', 'sarif' or 'github'"),
      (["check", "--only", "L4x", "-"], "no rule L4x"), (["check", "--skip", ",", "-"], "L33"),
      (["check", "--severity", "bad", "-"], "'error', 'warning' or 'info'"),
      (["check", "--for", "2.0", "-"], "'0.6', '0.7', '1.0' or '1.1'"),
      (["check", "--recipe", "split", "-"], "unknown option"),
      (["explain", "L33", "L34"], "unexpected argument 'L34'"),
      (["explain", "wieght"], "did you mean weight?"),
      (["explain", "route.spec.rules[0].backendRefs[0].wieght"], "did you mean"),
      (["explain", "route.wieght"], "nothing is called"),
      (["explain", "schema.unknwn"], "did you mean schema.unknown?"),
      (["explain", "route.spec.rulez"], "did you mean spec.rules?"),
      (["explain", "spec.rules[0].bakendRefs"], "backendRefs"),
      (["explain", "AIGatewayRuote"], "AIGatewayRoute"), (["explain", "spec..x"], "neither"),
    ])
  func misuse(arguments: [String], words: String) throws {
    let run = try Run(arguments, in: Sandbox())
    #expect(run.ending == .exit(2) && run.output.isEmpty)
    #expect(run.errors.contains(words), "\(run.errors)")
  }

  @Test(
    "explain tells what a rule or a field is",
    arguments: [
      (["L33"], ["L33 priority-without-retry: priorities without", "bad:", "good:"]),
      (["closed-circuit"], ["L157 zero-circuit-breaker: a circuit breaker", "bad:"]),
      (["priority-without-retry"], ["source: envoyproxy/ai-gateway v1.1.0, site/docs"]),
      (["schema.unknown"], ["Strict decoding"]), (["yaml.syntax"], ["admission"]),
      (["cel"], ["cel.T1", "cel.C9"]),
      (["route.spec.rules[0].backendRefs[0].weight"], ["0 to 1000000", "default 1", "share"]),
      (["spec.rules[].timeouts"], ["request", "backendRequest"]),
      (["policy.spec.connection.bufferLimit"], ["ClientTrafficPolicy", "a size"]),
      (["AIGatewayRoute"], ["v1alpha1", "metadata", "spec"]),
      (["grant[0].spec"], ["from", "to"]),
      (["modelNameOverride"], ["AIGatewayRoute spec.rules[0].backendRefs[0]", "for example"]),
      (
        ["weight"],
        ["AIGatewayRoute.spec.rules[].backendRefs[].weight\n  The share", "HTTPRoute.spec"]
      ),
      (["route.weight"], ["AIGatewayRoute spec.rules[0].backendRefs[0].weight"]),
      ([], ["L33", "yaml.strict", "AIGatewayRoute", "ReferenceGrant"]),
    ])
  func explain(topic: [String], words: [String]) throws {
    let run = try Run(["explain"] + topic, in: Sandbox())
    #expect(run.ending == .exit(0) && run.errors.isEmpty)
    for word in words { #expect(run.output.contains(word), "\(run.output)") }
  }
}
