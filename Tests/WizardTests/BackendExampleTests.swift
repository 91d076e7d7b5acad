import Foundation
import Lint
import Resources
import RouteForm
import Screen
import Testing
import YAML

@testable import Wizard

/// Manifests as people write them after upstream's examples, one a family of providers.
@Suite("opened backends")
struct BackendExampleTests {
  /// One edit on the card: the field, what is typed, and the line before and after.
  struct Edit: Sendable, CustomStringConvertible {
    let file: String
    let preset: String
    let field: String
    let text: String
    let old: String
    let new: String

    var description: String { file }
  }

  static let edits = [
    Edit(
      file: "openai", preset: "openai", field: "spec.apiKey.secretRef.name", text: "team-key",
      old: "      name: chat-openai-key # kubectl create secret generic",
      new: "      name: team-key # kubectl create secret generic"),
    Edit(
      file: "azure", preset: "azure-openai", field: "spec.schema.version",
      text: "2025-04-01-preview", old: "    version: 2025-01-01-preview",
      new: "    version: 2025-04-01-preview"),
    Edit(
      file: "aws", preset: "aws-bedrock", field: "spec.awsCredentials.region", text: "us-west-2",
      old: "    region: us-east-1", new: "    region: us-west-2"),
    Edit(
      file: "gcp", preset: "gcp-vertex", field: "spec.gcpCredentials.projectName", text: "other",
      old: "    projectName: acme-models  # gcloud projects list",
      new: "    projectName: other  # gcloud projects list"),
    Edit(
      file: "self-hosted", preset: "vllm", field: "spec.endpoints[0].fqdn.port", text: "9000",
      old: "        port: 8000 # the Service's port", new: "        port: 9000 # the Service's port"
    ),
  ]

  private static func text(_ name: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return try String(
      contentsOf: folder.appending(path: "Fixtures/\(name).yaml"), encoding: .utf8)
  }

  @Test(
    "are recognised, and one edit on the card changes its line only", arguments: edits)
  func edited(_ edit: Edit) throws {
    let text = try Self.text(edit.file)
    var robot = Robot(
      opening: [try OpenedFile(path: "a.yaml", bytes: Array(text.utf8))],
      size: Size(rows: 40, columns: 120))
    #expect(robot.wizard.workspace.analysis.problems.allSatisfy { $0.severity == .info })
    let ref = try #require(robot.form.placedRefs.first)
    guard case .opened(let parts) = robot.form.description(of: ref) else {
      Issue.record("not recognised")
      return
    }
    #expect(robot.form.preset(of: parts)?.name == edit.preset)
    robot.go("route.spec.rules[0].backendRefs[0].name")
    robot.press("<M-b>")
    #expect(robot.screen.contains("Backend chat-"))
    #expect(!robot.wizard.workspace.isDirty)
    #expect(robot.screen.contains("+0 ~0 -0"), "what is shown from now on is no change")
    let field = try #require(
      robot.wizard.page.fields.compactMap { focus -> Address? in
        if case .field(let address) = focus { address } else { nil }
      }.first { "\($0.path)" == edit.field })
    robot.go("\(field)")
    robot.press("<C-u>\(edit.text)<C-o>")
    robot.answerWithDisk()
    robot.press("<Enter>")
    guard case .write(let files)? = robot.takeEffects().last else {
      Issue.record("nothing was saved:\n\(robot.screen)")
      return
    }
    let saved = String(decoding: try #require(files.first).bytes, as: UTF8.self)
    let (before, after) = (text.split(separator: "\n"), saved.split(separator: "\n"))
    let changed = zip(before, after).filter { $0 != $1 }
    #expect(before.count == after.count)
    #expect(
      changed.map { String($0.0) } == [edit.old] && changed.map { String($0.1) } == [edit.new])
  }
}
