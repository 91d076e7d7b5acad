import Glibc
import Testing

/// Random keys, pastes and resizes, the same at every run.
@Suite struct WalkTests {
  @Test(
    "no walk kills it, and it leaves with the terminal given back",
    arguments: 1...8 as ClosedRange<UInt64>)
  func walk(seed: UInt64) throws {
    var random = Steps(seed)
    let sandbox = try Sandbox()
    try sandbox.write("old.yaml", "old: 1\n")
    let pty = try Pty(
      seed % 2 == 0 ? ["--recipe", "split", "-o", "old.yaml"] : [], in: sandbox,
      environment: ["EDITOR": "true", "SWIFT_BACKTRACE": "enable=no"])
    try pty.wait(for: seed % 2 == 0 ? "^G Help" : "what do you start from?")
    for _ in 0..<250 {
      switch Int.random(in: 0..<20, using: &random) {
      case 0:
        pty.resize(
          columns: UInt16.random(in: 1...250, using: &random),
          rows: UInt16.random(in: 1...70, using: &random))
      case 1: pty.type("\u{1b}[200~\(random.text(lines: true))\u{1b}[201~")
      case 2...5: pty.type(random.text(lines: false))
      case 6...9: pty.type("\u{1b}\(random.pick(Steps.letters))")
      default: pty.type(random.pick(Steps.keys))
      }
    }
    pty.resize(columns: 120, rows: 40)
    // The text in the shell waits for Enter; all else is closed by ^C, and twice more leaves.
    var ending = Ending.none
    for _ in 0..<20 where ending == .none {
      pty.type("\r\u{3}\u{3}\u{3}\u{3}\u{3}\u{3}")
      ending = pty.end(by: Deadline(1))
    }
    #expect(ending == .exit(130) || ending == .exit(0), "seed \(seed): \(ending)")
    #expect(pty.modes == pty.modesBefore, "seed \(seed)")
    #expect(ScreenModes(after: pty.wire) == .untouched, "seed \(seed)")
    for draft in sandbox.drafts {
      let run = try Run(["render", "--force", "--answers", draft], in: sandbox)
      #expect(run.ending == .exit(0), "seed \(seed): \(run.errors)")
    }
    #expect(!sandbox.names().contains { $0.hasPrefix(".") })
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

  /// Without those that leave, so that the walk goes on.
  static let letters = "jkhl12345678,.:yeptgd!faxD<>uUwWi?c/nrm ".map(String.init)
  static let keys =
    ["\t", "\u{1b}[Z", "\u{1b}[A", "\u{1b}[B", "\u{1b}[C", "\u{1b}[D", "\u{1b}[H", "\u{1b}[F"]
    + ["\u{1b}[5~", "\u{1b}[6~", "\u{1b}[2~", "\u{1b}[3~", "\u{1b}", "\r", "\u{7f}", " ", "\u{1f}"]
    + ["\u{12}", "\u{16}", "\u{19}", "\u{f}", "\u{7}", "\u{14}", "\u{15}", "\u{1a}", "\u{c}"]
    + ["\u{1b}[<0;30;10M", "\u{1b}[<64;90;10M", "\u{1b}[<65;90;10M", "\u{1b}[<0;200;200M"]
    + ["\u{1b}O", "\u{1b}[", "\u{1b}]0;", "\u{ff}", "\u{0}", "1", "q", "add-rule\r", "weight=\r"]
}
