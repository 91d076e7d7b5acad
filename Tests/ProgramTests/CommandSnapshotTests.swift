import Foundation
import Testing

/// The commands and options as scripts rely on them, against a committed description.
/// `RECORD_SNAPSHOTS=1 swift test --filter CommandSnapshotTests` writes it anew, and fails.
@Suite struct CommandSnapshotTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots/commands.json")

  @Test("every command has the options, values and words that the description names")
  func commands() throws {
    let run = try Run(["--experimental-dump-help"], in: Sandbox())
    #expect(run.ending == .exit(0) && run.errors.isEmpty)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try Data(run.output.utf8).write(to: Self.file)
      Issue.record("wrote commands.json; run without RECORD_SNAPSHOTS to test")
    } else {
      let known = try String(contentsOf: Self.file, encoding: .utf8)
      #expect(
        run.output == known,
        "RECORD_SNAPSHOTS=1 swift test --filter CommandSnapshotTests writes it anew")
    }
  }
}
