import Foundation
import Schemas
import Lint
import YAML
import Testing

/// An independent checker of manifests that works from the CRD files themselves.
enum Oracle {
  /// What it says of one text.
  struct Answer: Decodable {
    /// Nil where it cannot tell.
    let problems: [[String]]?
  }

  static let tool: String? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let beside = root.deletingLastPathComponent().appending(path: "shared").path
    let folder = ProcessInfo.processInfo.environment["AIGW_SHARED"] ?? beside
    let tools = folder + "/tools"
    guard FileManager.default.fileExists(atPath: tools + "/crd_check.py"),
      (try? output(of: "import cel, yaml", [], input: Data())) != nil
    else { return nil }
    return tools
  }()

  private static let script = """
    import json, sys
    sys.path.insert(0, sys.argv[1])
    sys.dont_write_bytecode = True
    import crd_check
    for line in sys.stdin:
        try:
            parts = crd_check.documents(json.loads(line))
            found = crd_check.judge(parts[0])[2] if parts else [("", "empty", "")]
            print(json.dumps({"problems": [[p[0], f"{p[1]}: {p[2]}"] for p in found]}))
        except Exception as error:
            print(json.dumps({"problems": None}))
    """

  static func answers(to texts: [String]) throws -> [Answer] {
    let lines = try texts.map { try JSONEncoder().encode($0) + Data("\n".utf8) }
    let output = try output(of: script, [tool ?? ""], input: lines.reduce(Data(), +))
    return try output.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Answer.self, from: $0)
    }
  }

  private struct Failed: Error {}

  private static func output(of script: String, _ arguments: [String], input: Data) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script] + arguments
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try input.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    process.standardInput = try FileHandle(forReadingFrom: file)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed() }
    return data
  }
}

/// Our verdicts against the oracle's, on manifests that nobody wrote.
@Suite(.enabled(if: Oracle.tool != nil)) struct RandomManifestTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seed = environment["AIGW_SEED"].flatMap(UInt64.init) ?? 20_261_123
  private static let count = environment["AIGW_CASES"].flatMap(Int.init) ?? 2500

  /// All kinds, the route more often than the others, unless some are asked for.
  static let kinds =
    environment["AIGW_KINDS"]?.split(separator: ",").map(String.init)
    ?? ResourceKind.kinds + ["AIGatewayRoute", "AIGatewayRoute", "ClientTrafficPolicy"]

  @Test("random manifests are taken and refused for the same fields")
  func manifests() throws {
    var maker = ManifestMaker(seed: Self.seed)
    try compare(maker: &maker, label: "manifests") { maker, resource in
      let sound = maker.manifest(of: resource)
      let isBroken = Int.random(in: 0..<10, using: &maker.random) > 0
      return yaml(isBroken ? maker.broken(sound) : sound)
    }
  }

  @Test("random slips in the text are taken and refused alike")
  func texts() throws {
    var maker = ManifestMaker(seed: Self.seed &+ 1)
    try compare(maker: &maker, label: "texts") { maker, resource in
      var text = yaml(maker.manifest(of: resource))
      for _ in 0..<Int.random(in: 1...2, using: &maker.random) { text = maker.brokenText(text) }
      return text
    }
  }

  private func yaml(_ node: Node) -> String {
    var printer = Printer()
    return printer.print([node]).text
  }

  private func compare(
    maker: inout ManifestMaker, label: String,
    make: (inout ManifestMaker, ResourceKind) -> String
  ) throws {
    var texts: [String] = []
    for index in 0..<Self.count {
      guard let resource = ResourceKind.find(kind: Self.kinds[index % Self.kinds.count]) else {
        continue
      }
      texts.append(make(&maker, resource))
    }
    let answers = try Oracle.answers(to: texts)
    #expect(answers.count == texts.count)
    var (judged, refused) = (0, 0)
    for (text, answer) in zip(texts, answers) {
      // Meant: a limit's requests are no error, though Kubernetes 1.36 with Envoy Gateway 1.8.1
      // refuses all that does not fit 32 bits, the bound of the field among it.
      let problems = answer.problems?.filter {
        !($0[0].hasSuffix(".limit.requests") && $0[1].contains("format int32"))
      }
      guard let problems else { continue }
      judged += 1
      let ours = Ours(text)
      // Kinds without facts are not judged here, and refused there.
      if problems.contains(where: { $0[1].hasPrefix("Invalid value: no CRD here") }),
        ours.isUnknown
      {
        continue
      }
      // What is posted as it is differs here from what kubectl makes of it.
      if ours.hasOverrides || Variable.isIn(text) { continue }
      if !problems.isEmpty { refused += 1 }
      #expect(
        ours.isRefused == !problems.isEmpty,
        "\(label), seed \(Self.seed): \(problems) but \(ours.messages)\n\(text)")
      // The oracle takes an empty list and 0 for no metadata at all.
      let hasNoMetadata = ours.messages.contains { $0.hasPrefix("metadata: ") }
      guard ours.isRefused, !ours.isUnreadable, !hasNoMetadata else { continue }
      let fields = Set(problems.map { Ours.normal($0[0]) })
      // Of an owner that is null the server misses each field; we miss the owner.
      guard !fields.contains(""), !fields.contains("metadata.ownerReferences") else { continue }
      // The server names the second of three equal items only.
      let isRepeated = problems.contains { $0[1].hasPrefix("Duplicate value") }
      // The oracle reads lengths of time up to the first sign that is none.
      let isLenient = problems.contains { $0[1].contains("(h|m|s|ms)") }
      #expect(
        isLenient
          ? fields.isSubset(of: ours.fields)
          : isRepeated
            ? fields.union(ours.duplicates) == ours.fields
            : ours.fields == fields,
        "\(label), seed \(Self.seed): \(problems) but \(ours.messages)\n\(text)")
    }
    #expect(judged * 10 > texts.count * 9)
    print("\(label): seed \(Self.seed), \(judged) judged, \(refused) refused")
  }
}

/// What we say of a text's first document.
private struct Ours {
  let isUnreadable: Bool
  var fields: Set<String> = []
  var messages: [String] = []
  var duplicates: Set<String> = []
  /// Whether there are no facts of its kind.
  var isUnknown = false
  /// Whether keys replace some that a merge key brought.
  let hasOverrides: Bool
  var isRefused: Bool { isUnreadable || !messages.isEmpty }

  init(_ text: String) {
    let parsed = Parser().parse(Array(text.utf8))
    var linter = Linter(stopsLikeServer: true)
    hasOverrides = parsed.problems.contains { $0.message.contains("<<") && $0.severity != .error }
    let second = parsed.documents.dropFirst().first?.start
    isUnreadable =
      parsed.documents.isEmpty
      || parsed.problems.contains { problem in
        problem.severity == .error && second.map { problem.position < $0 } ?? true
      }
    for document in parsed.documents.prefix(1) {
      let findings = linter.findings(in: [document.root])
      isUnknown = findings.contains { $0.rule == "kind.unchecked" }
      for finding in findings where finding.stage != nil {
        fields.insert(Ours.normal(Ours.spelled(finding.field)))
        if finding.rule == "schema.duplicate" { duplicates.insert(Ours.spelled(finding.field)) }
        messages.append("\(Ours.spelled(finding.field)): \(finding.message) [\(finding.rule)]")
      }
    }
  }

  static func spelled(_ path: Path) -> String {
    path.steps.reduce(into: "") { text, step in
      switch step {
      case .key(let key): text += text.isEmpty ? key : ".\(key)"
      case .index(let index): text += "[\(index)]"
      }
    }
  }

  /// Fields that the two spell differently.
  static func normal(_ field: String) -> String {
    for list in ["ownerReferences", "finalizers", "managedFields"]
    where field.hasPrefix("metadata.\(list)") {
      return "metadata.\(list)"
    }
    switch field {
    case "kind": return "apiVersion"
    case "metadata": return "metadata.name"
    default: return field
    }
  }
}
