import Foundation
import Lint
import YAML
import Testing

/// What a real API server said of manifests, and of what a controller makes of them.
@Suite struct RecordedServerTests {
  struct Case: Decodable {
    let id: String
    let about: String
    /// Whether the server takes the manifest itself.
    let admitted: Bool
    /// Whether the server and the controllers take it and all that comes of it.
    let accepted: Bool
    /// The fields that the server names.
    let fields: [String]
    let yaml: String
  }

  static let cases: [Case] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/recorded-responses.jsonl")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").compactMap {
      try? JSONDecoder().decode(Case.self, from: Data($0.utf8))
    }
  }()

  @Test("every recorded response is ours")
  func responses() {
    #expect(Self.cases.count == 273)
    // What has variables is judged only after substitution, and was posted without.
    for example in Self.cases where !Variable.isIn(example.yaml) {
      let parsed = Parser().parse(Array(example.yaml.utf8))
      let findings = findings(in: parsed)
      let errors = findings.filter { $0.severity == .error && $0.source != .advice }
      let said = "\(example.id) \(example.about): \(errors.map(\.message))"
      #expect((parsed.hasErrors || !errors.isEmpty) != example.accepted, "\(said)")
      let refusals = errors.filter { $0.source == .admission }
      #expect((parsed.hasErrors || !refusals.isEmpty) != example.admitted, "\(said)")
      let fields = Set(refusals.map(\.field.description))
      #expect(Set(example.fields).isSubset(of: fields), "\(said) \(fields)")
    }
  }

  @Test("the fields named are the server's, no more and no less")
  func sameFields() {
    for example in Self.cases where !example.fields.isEmpty && !Variable.isIn(example.yaml) {
      let parsed = Parser().parse(Array(example.yaml.utf8))
      let refusals = findings(in: parsed).filter { $0.source == .admission && $0.stage != nil }
      #expect(
        Set(refusals.map(\.field.description)) == Set(example.fields),
        "\(example.id) \(example.about)")
    }
  }

  private func findings(in parsed: Parsed) -> [Finding] {
    var linter = Linter(stopsLikeServer: true)
    return parsed.documents.first.map { linter.findings(in: [$0.root]) } ?? []
  }
}
