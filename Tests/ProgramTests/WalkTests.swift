import Foundation
import Glibc
import Testing

/// Random keys, broken sequences, pastes, clicks and resizes, the same at every run. `EVENTS=250000
/// SEEDS=11,12,13,14 swift test --filter ProgramTests.WalkTests` makes longer walks, from other seeds.
@Suite struct WalkTests {
  private static func setting(_ name: String) -> [Int] {
    (ProcessInfo.processInfo.environment[name] ?? "").split(separator: ",").compactMap { Int($0) }
  }

  private static let events = setting("EVENTS").first ?? 250
  private static let seeds: [UInt64] =
    setting("SEEDS").isEmpty ? Array(1...8) : setting("SEEDS").map(UInt64.init)

  @Test("no walk kills it, and it leaves with the terminal given back", arguments: seeds)
  func walk(seed: UInt64) throws {
    var random = Steps(seed)
    let sandbox = try Sandbox()
    try sandbox.write("old.yaml", "old: 1\n")
    var left = Self.events
    var sessions = 0
    while left > 0 {
      try Self.session(&left, &random, seed, in: sandbox)
      sessions += 1
    }
    for draft in sandbox.drafts {
      let run = try sandbox.manifests(of: draft)
      #expect(run.ending == .exit(0), "seed \(seed): \(run.errors)")
    }
    #expect(!sandbox.names().contains { $0.hasPrefix(".") })
    if Self.events > 1000 {
      print("walked \(Self.events) events from seed \(seed) in \(sessions) sessions")
    }
  }

  /// One session, which may leave by itself; counts down what was done in it.
  private static func session(
    _ left: inout Int, _ random: inout Steps, _ seed: UInt64, in sandbox: Sandbox
  ) throws {
    let pty = try Pty(
      seed % 2 == 0 ? ["--recipe", "split", "-o", "old.yaml"] : [], in: sandbox,
      environment: ["EDITOR": "true", "SWIFT_BACKTRACE": "enable=no"])
    try pty.wait(for: "aigw-wizard")
    var ending = Ending.none
    while left > 0, ending == .none {
      left -= 1
      step(pty, &random)
      if left % 50 == 0 {
        // What a broken paste swallows is not to swallow the rest of the walk, and the text in the
        // shell waits for Enter.
        pty.type("\u{1b}[201~\u{7}\r")
        ending = pty.end(by: Deadline(0))
      }
      if left % 5000 == 0, ending == .none { ending = try expectAlive(pty) }
    }
    pty.resize(columns: 120, rows: 40)
    // The text in the shell waits for Enter; all else is closed by ^C, and twice more leaves.
    // On a busy machine it is some thousand keys behind.
    let deadline = Deadline(600)
    while ending == .none, deadline.left > 0 {
      pty.type("\u{1b}[201~\u{7}\r\u{3}\u{3}\u{3}\u{3}\u{3}\u{3}")
      ending = pty.end(by: Deadline(1))
    }
    #expect(ending == .exit(130) || ending == .exit(0), "seed \(seed), \(left) left: \(ending)")
    #expect(pty.modes == pty.modesBefore, "seed \(seed)")
    #expect(ScreenModes(after: pty.wire) == .untouched, "seed \(seed)")
  }

  private static func step(_ pty: Pty, _ random: inout Steps) {
    switch Int.random(in: 0..<40, using: &random) {
    case 0:
      pty.resize(
        columns: UInt16.random(in: 1...500, using: &random),
        rows: UInt16.random(in: 1...200, using: &random))
    case 1: pty.type(random.broken)
    case 2...3: pty.type("\u{1b}[200~\(random.text(lines: true))\u{1b}[201~")
    case 4...11: pty.type(random.text(lines: false))
    case 12...19: pty.type("\u{1b}\(random.pick(Steps.letters))")
    default: pty.type(random.pick(Steps.keys))
    }
  }

  /// It answers still, or Enter ended it: a redraw writes to the terminal.
  private static func expectAlive(_ pty: Pty) throws -> Ending {
    pty.resize(columns: 120, rows: 40)
    pty.forget()
    var ending = Ending.none
    let deadline = Deadline()
    // The text in the shell waits for an Enter that comes after it.
    while ending == .none, deadline.left > 0, !pty.plain().contains("aigw-wizard") {
      pty.type("\r\u{c}")
      ending = pty.end(by: Deadline(1))
    }
    if ending == .none { try pty.wait(for: "aigw-wizard") }
    return ending
  }
}

/// What a walk does next.
private struct Steps: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func pick(_ choices: [String]) -> String {
    choices[Int.random(in: 0..<choices.count, using: &self)]
  }

  mutating func text(lines: Bool) -> String {
    let pieces = ["a", "gpt-4o", "0", "-", ".", " ", "é", "漢", "\u{1F469}\u{200D}\u{1F469}", "x:"]
    let ends = ["\n", "\r\n", "\t", "\u{18}", "\u{1b}"]
    return (0..<Int.random(in: 1...6, using: &self))
      .map { _ in pick(lines ? pieces + ends : pieces) }.joined()
  }

  /// A sequence that begins as one and goes on as it likes.
  var broken: String {
    mutating get {
      let starts = [
        "\u{1b}[", "\u{1b}O", "\u{1b}]", "\u{1b}P", "\u{1b}[<", "\u{1b}[M", "\u{1b}[200",
      ]
      let rest = "0123456789;<>?=!$ ~mMABCDRuZ\u{1b}\u{7}\\\u{fffd}é".map(String.init)
      return pick(starts)
        + (0..<Int.random(in: 0...12, using: &self)).map { _ in pick(rest) }.joined()
    }
  }

  /// Without those that leave, so that the walk goes on.
  static let letters = "jkhl12345678,.:yeptgd!faxD<>uUwWi?c/nrm ".map(String.init)
  static let keys =
    ["\t", "\u{1b}[Z", "\u{1b}[A", "\u{1b}[B", "\u{1b}[C", "\u{1b}[D", "\u{1b}[H", "\u{1b}[F"]
    + ["\u{1b}[5~", "\u{1b}[6~", "\u{1b}[2~", "\u{1b}[3~", "\u{1b}", "\r", "\u{7f}", " ", "\u{1f}"]
    + ["\u{12}", "\u{16}", "\u{19}", "\u{f}", "\u{7}", "\u{14}", "\u{15}", "\u{1a}", "\u{c}"]
    + ["\u{1b}[<0;30;10M", "\u{1b}[<64;90;10M", "\u{1b}[<65;90;10M", "\u{1b}[<0;200;200M"]
    + ["\u{1b}O", "\u{1b}[", "\u{1b}]0;", "\u{ff}", "\u{0}", "1", "q", "add-rule\r", "weight=\r"]
}
