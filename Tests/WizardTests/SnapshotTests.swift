import Foundation
import RouteForm
import Screen
import Testing

@testable import Wizard

/// What the screen looks like, as text files that are read in review.
///
/// `RECORD_SNAPSHOTS=1 swift test --filter SnapshotTests` writes them anew, and fails so that a
/// recording never passes for a test.
@Suite("snapshots")
struct SnapshotTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Snapshots")
  private static let isRecording =
    ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"

  /// A route half way: names given, two backends, one of them far away and in the second tier.
  private static func robot(_ rows: Int, _ columns: Int) -> Robot {
    var robot = Robot(.weightedSplit, size: Size(rows: rows, columns: columns))
    robot.go("route.metadata.name")
    robot.press("openai-route")
    robot.go("route.spec.parentRefs[0].name")
    robot.press("my-gateway")
    robot.run("add-backend")
    robot.press("bedrock-claude<Tab>shared<Tab><Tab>1")
    return robot
  }

  private static func check(_ robot: inout Robot, _ name: String) throws {
    let file = folder.appendingPathComponent("\(name).txt")
    let frame = robot.wizard.frame()
    let cursor = frame.cursor.map { "cursor \($0.row) \($0.column)\n" } ?? "no cursor\n"
    let text = frame.text + cursor
    if isRecording {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(name); run without RECORD_SNAPSHOTS to test")
      return
    }
    let saved = try? String(contentsOf: file, encoding: .utf8)
    #expect(
      text == saved,
      "\(name) looks different; RECORD_SNAPSHOTS=1 swift test --filter SnapshotTests records it")
  }

  @Test("every step at 80 by 24 and 120 by 40", arguments: [(24, 80), (40, 120)], 1...8)
  func steps(_ size: (Int, Int), _ step: Int) throws {
    var robot = Self.robot(size.0, size.1)
    robot.press("<Esc>\(step)")
    try Self.check(&robot, "step-\(step)-\(size.1)x\(size.0)")
  }

  @Test("Review with problems")
  func problems() throws {
    var robot = Robot(.failoverPair, size: Size(rows: 40, columns: 120))
    robot.go("route.spec.rules[0].backendRefs[0].weight")
    robot.press("7O<Esc>8")
    try Self.check(&robot, "review-problems-120x40")
  }

  @Test("a wide screen has room for everything")
  func wide() throws {
    var robot = Self.robot(60, 200)
    robot.press("<Esc>4")
    try Self.check(&robot, "step-4-200x60")
  }
}
