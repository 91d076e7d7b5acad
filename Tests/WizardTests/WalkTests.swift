import Corpus
import Foundation
import RouteForm
import Screen
import Testing

@testable import Wizard

@Suite("random walks")
struct WalkTests {
  private static let keys: [Key] = [
    .tab, .tab, .backtab, .enter, .enter, .escape, .escape, .up, .down, .left, .right, .home, .end,
    .pageUp, .pageDown, .backspace, .delete, .insert, .wordLeft, .wordRight, .function(1),
    .function(5), .control("a"), .control("k"), .control("u"), .control("w"), .control("v"),
    .control("y"), .control("g"), .control("t"), .control("r"), .control("_"), .control("_"),
    .control("x"), .control("o"), .control("n"), .control("p"), .control("l"), .control("d"),
  ]
  private static let texts = [
    "a", "7", "0", "x", "D", "<", ">", "u", "U", "f", "y", "n", "/", ".", ",", " ", "gpt-4o", "7O",
    "50Mi", "1", "2", "3", "4", "5", "6", "8", "i", "p", "e", "d", "t", "t", "g", "!", "é", "日本",
    "\u{200b}",
    "yes",
    "open", "add-rule", "add-backend", "use-pool", "remove-rule", "route.spec.rules[0].name",
    "shared",
  ]
  private static let sizes = [
    (24, 80), (16, 60), (40, 120), (60, 200), (10, 30), (29, 100), (0, 0),
  ]

  static func input(_ random: inout Seeded) -> Input {
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<9: return .key(keys.randomElement(using: &random) ?? .tab)
    case 9..<16: return .key(.text(texts.randomElement(using: &random) ?? "a"))
    case 16: return .paste((texts.randomElement(using: &random) ?? "") + "\n x\t")
    case 17:
      let size = sizes.randomElement(using: &random) ?? (24, 80)
      return .resized(Size(rows: size.0, columns: size.1))
    case 18:
      let actions: [MouseEvent.Action] = [.press(.left), .press(.left), .wheelUp, .wheelDown]
      return .mouse(
        MouseEvent(
          actions.randomElement(using: &random) ?? .wheelUp,
          row: Int.random(in: -2..<62, using: &random),
          column: Int.random(in: -2..<202, using: &random)))
    default: return .resumed
    }
  }

  @Test(
    "whatever comes, the screen and the YAML stay sound, and all of it can be undone",
    arguments: 0..<40)
  func walk(seed: Int) {
    var random = Seeded(UInt64(seed))
    let recipe = Recipe.allCases[seed % Recipe.allCases.count]
    var robot = Robot(recipe)
    let first = robot.form
    var trace: [String] = []
    for _ in 0..<150 {
      let input = Self.input(&random)
      trace.append(InputCodec.text(of: input))
      robot.send(input)
      robot.effects = []
      let faults = robot.faults
      if !faults.isEmpty {
        Issue.record(
          "\(faults) after\n\(trace.suffix(25).joined(separator: "\n"))\n\(robot.screen)")
        return
      }
    }
    // In a window that shows nothing no command runs.
    robot.send(.resized(Size(rows: 24, columns: 80)))
    let last = robot.form
    let count = robot.wizard.workspace.history.position
    for _ in 0..<20 where !robot.wizard.panels.isEmpty { robot.send(.key(.escape)) }
    for _ in 0..<(count.total - count.done) { robot.send(.key(.control("r"))) }
    let newest = robot.form
    if count.total == count.done { #expect(newest == last) }
    for _ in 0..<count.total {
      robot.send(.key(.control("_")))
      #expect(robot.faults == [])
    }
    #expect(robot.form == first, "undone to the beginning")
    #expect(!robot.wizard.workspace.isDirty || robot.wizard.workspace.saved != nil)
    for _ in 0..<count.total { robot.send(.key(.control("r"))) }
    #expect(robot.form == newest, "redone to the end")
  }

  @Test("a session replays from its trace", arguments: 0..<10)
  func trace(seed: Int) {
    var random = Seeded(UInt64(900 + seed))
    var robot = Robot()
    var replay = Robot()
    for _ in 0..<100 {
      let input = Self.input(&random)
      let line = InputCodec.text(of: input)
      #expect(!line.contains("\n"))
      robot.send(input)
      _ = robot.wizard.frame()
      guard let again = InputCodec.input(from: Array(line.utf8)[...]) else {
        Issue.record("not read: \(line)")
        continue
      }
      replay.send(again)
      _ = replay.wizard.frame()
    }
    #expect(robot.form == replay.form)
    #expect(robot.effects == replay.effects)
    #expect(robot.screen == replay.screen)
  }

  @Test("a frame drawn over the last one is the frame drawn anew", arguments: 0..<20)
  func incremental(seed: Int) {
    var random = Seeded(UInt64(7000 + seed))
    var robot = Robot(Recipe.allCases[seed % Recipe.allCases.count])
    for _ in 0..<120 {
      let input = Self.input(&random)
      robot.send(input)
      let drawn = robot.screen
      var fresh = robot
      fresh.wizard.drawn = nil
      if fresh.screen != drawn {
        Issue.record("after \(InputCodec.text(of: input)):\n\(drawn)\nanew:\n\(fresh.screen)")
        return
      }
    }
  }

  @Test(
    "while keys come faster than they are judged, the field follows; then all does",
    arguments: 0..<20)
  func typing(seed: Int) {
    var random = Seeded(UInt64(7100 + seed))
    var robot = Robot(Recipe.allCases[seed % Recipe.allCases.count])
    for _ in 0..<150 {
      let input = Self.input(&random)
      let keys = Int.random(in: 0..<3, using: &random) == 0 ? [] : ["a", "7", "b"]
      for input in [input] + keys.map({ Input.key(.text($0)) }) {
        _ = robot.wizard.handle(.input(input))
        let drawn = robot.wizard.frame()
        var fresh = robot.wizard
        fresh.drawn = nil
        let whole = fresh.frame()
        #expect(Self.beforeCursor(drawn) == Self.beforeCursor(whole))
      }
      let drawn = robot.screen
      var fresh = robot
      fresh.wizard.drawn = nil
      if fresh.screen != drawn {
        Issue.record("after \(InputCodec.text(of: input)):\n\(drawn)\nanew:\n\(fresh.screen)")
        return
      }
    }
  }

  /// What stands before the cursor in its row.
  private static func beforeCursor(_ frame: Frame) -> String {
    guard let cursor = frame.cursor else { return "" }
    return String(frame.text(row: cursor.row).prefix(cursor.column))
  }
}
