import Foundation
import Lint
import Manifest
import Testing

/// Reference files that may stand beside the package; tests that need them run where they are.
private enum Shared {
  static let verdicts: String? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let beside = root.deletingLastPathComponent().appending(path: "shared").path
    let folder = ProcessInfo.processInfo.environment["AIGW_SHARED"] ?? beside
    let file = folder + "/conformance/verdicts.jsonl"
    return FileManager.default.fileExists(atPath: file) ? file : nil
  }()
}

/// Verdicts of a real API server, recorded beside the package where they are at hand.
@Suite(.enabled(if: Shared.verdicts != nil)) struct VerdictTests {
  struct Case: Decodable {
    struct Verdict: Decodable {
      struct Part: Decodable { let accepted: Bool }
      let admission: Part
      let generated: Part?
      let controller: Part?
    }
    let id: String
    let about: String
    let yaml: String
    let verdict: Verdict

    var isRefused: Bool {
      [verdict.admission, verdict.generated, verdict.controller].contains {
        $0?.accepted == false
      }
    }
  }

  private static let kinds = [
    "AIGatewayRoute", "ClientTrafficPolicy", "BackendTrafficPolicy", "ReferenceGrant",
  ]

  @Test("every recorded verdict is ours")
  func verdicts() throws {
    let text = try String(contentsOfFile: Shared.verdicts ?? "", encoding: .utf8)
    var judged = 0
    for line in text.split(separator: "\n") {
      let example = try JSONDecoder().decode(Case.self, from: Data(line.utf8))
      let parsed = Parser().parse(Array(example.yaml.utf8))
      let root = parsed.documents.first?.root
      if case .mapping? = root, !Self.kinds.contains(root?["kind"]?.text ?? "") { continue }
      judged += 1
      var linter = Linter()
      let findings = root.map { linter.findings(in: [$0]) } ?? []
      let errors = findings.filter { $0.severity == .error && $0.source != .advice }
      let isRefused = parsed.hasErrors || !errors.isEmpty
      #expect(
        isRefused == example.isRefused,
        "\(example.id) \(example.about): \(errors.map(\.message)) \(parsed.problems.map(\.message))"
      )
    }
    #expect(judged > 200)
  }
}
